import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Activations, collectActivations } from '../../../cases/case-activations.ts'
import { type CaseRunner, createCaseRunner } from '../../../cases/case-runner.ts'
import { type EndedCase, unfitResult } from '../../../cases/ended-case.ts'
import { CASES_AT_ONCE, type Mocks, NO_MOCKS, runCase } from '../../../cases/run-cases.ts'
import type { ReadyCase, UnfitCase } from '../../../cases/test-case.ts'
import type { ServiceClient } from '../../../client/service-client.ts'
import { createQueue, type Queue } from '../../../tasks/queue.ts'
import type { CaseResult } from '../api.ts'
import type { CancelRequests } from '../requests/runs.ts'
import type { Updates } from '../update-channel.ts'
import type { CaseService, MockedService, StartMocked } from './case-service.ts'
import { withoutNeedlessLog } from './case-view.ts'

/** The last run of a case. */
export interface CaseRun {
  readonly result: CaseResult
  /** The rendition that was made, if any; there until the case is run again. */
  readonly actual: string | undefined
}

/** Runs cases in the background, and knows how each ended the last time. */
export interface CaseRuns {
  /** Of a case by its action and name, such as `worker/width-only`; undefined when it was not run. */
  of: (name: string) => CaseRun | undefined
  /**
   * Begins to run cases; nothing for those that are under way.
   *
   * @param isTestMode - whether they are run one after the other as Adobe's command does
   */
  start: (cases: readonly (ReadyCase | UnfitCase)[], isTestMode?: boolean) => void
  /**
   * Ends those that are queued or running as stopped, and the activations that work for them.
   *
   * @param only - the name of one, after which the others go on
   */
  interrupt: (only?: string) => Promise<void>
  /** Makes a case one that has passed, since its rendition is the expected one now. */
  accept: (each: ReadyCase) => void
  /** Lets a case be one that was not run, since it is another one of the same name. */
  forget: (name: string) => void
  /** Begins no further case, waits for none, and ends what was started for them. */
  stop: () => Promise<void>
}

/** What a case has to say before it has ended. */
const NOTHING_YET = { message: '', differences: [], output: '', log: [], hasActual: false }

/** A run of a case that is to come, or under way. */
interface WantedCase {
  readonly each: ReadyCase
  /** Whether it has not been stopped, nor its case been begun anew since. */
  readonly isWanted: () => boolean
}

/** A service with all that cases need of it. */
interface Running {
  readonly service: CaseService
  readonly activations: Activations
  readonly mocks: Mocks
  readonly queue: Queue
  /** Makes what runs them, in test mode. */
  readonly testRunner?: MockedService['testRunner']
}

/** Whether a case is queued or running. */
export function isCaseUnderWay(run: CaseRun | undefined): boolean {
  return run?.result.state === 'queued' || run?.result.state === 'running'
}

/**
 * Makes what runs cases.
 *
 * @param options.service - runs the cases without mocks
 * @param options.startMocked - starts what runs the others
 * @param options.cancel - ends requests of the client that `service` connects
 * @param options.fullName - the name of an action with its package
 * @param options.folder - for the renditions, and the state of services with mocks
 */
export function createCaseRuns(options: {
  service: CaseService
  startMocked: StartMocked
  cancel: CancelRequests
  fullName: (action: string) => string
  folder: string
  updates: Updates
}): CaseRuns {
  const { service, startMocked, cancel, fullName, folder, updates } = options
  const runs = new Map<string, CaseRun>()
  const runners = new Set<CaseRunner>()
  /** The requests of cases that are running. */
  const requests = new Map<string, WantedCase>()
  const mockedBatches = createQueue(1)
  let mocked: Promise<MockedService> | undefined
  /** The cases for which that was started. */
  let mockedCases: readonly WantedCase[] = []
  let stopped = false
  const unmocked: Running = {
    service,
    activations: collectActivations(service.onActivationEnd),
    mocks: NO_MOCKS,
    queue: createQueue(CASES_AT_ONCE),
  }

  function tell(
    { name, action }: Pick<ReadyCase, 'name' | 'action'>,
    result: CaseResult,
    actual?: string,
  ): void {
    runs.set(name, { result, actual })
    updates.publish({
      about: 'case',
      action,
      name: path.basename(name),
      result: withoutNeedlessLog(result),
    })
  }

  const countOf = (name: string): number => runs.get(name)?.result.run ?? 0

  function begin(each: ReadyCase | UnfitCase): void {
    const last = runs.get(each.name)?.actual
    // The state folder is cleared at the next start, whatever comes of this.
    if (last !== undefined) void rm(path.dirname(last), { recursive: true }).catch(() => undefined)
    tell(each, { ...NOTHING_YET, state: 'queued', run: countOf(each.name) + 1 })
  }

  function end(each: ReadyCase | UnfitCase, ended: EndedCase): void {
    const { verdict, milliseconds, log, actual } = ended
    const result = {
      ...NOTHING_YET,
      ...verdict,
      differences: 'differences' in verdict ? [...verdict.differences] : [],
      log: [...log],
      milliseconds,
      hasActual: actual !== undefined,
      run: countOf(each.name),
    }
    tell(each, result, actual)
  }

  function wanted(each: ReadyCase): WantedCase {
    const run = countOf(each.name)
    const isWanted = () => countOf(each.name) === run && isCaseUnderWay(runs.get(each.name))
    return { each, isWanted }
  }

  const isRequestWanted = (requestId: string): boolean =>
    requests.get(requestId)?.isWanted() === true

  /** A client that sends nothing for a case which was stopped meanwhile. */
  function guarded(client: ServiceClient): ServiceClient {
    return {
      ...client,
      async process(requestId, body) {
        if (!isRequestWanted(requestId)) throw new Error('The case was stopped.')
        await client.process(requestId, body)
        if (!isRequestWanted(requestId)) await cancel([requestId])
      },
    }
  }

  async function makeRunner({ service: on }: Running, out: string): Promise<CaseRunner> {
    return createCaseRunner(guarded(await on.connect()), {
      out,
      workerUrl: ({ action, instructions }) => on.workerUrl(fullName(action), instructions),
    })
  }

  async function runOn(on: Running, cases: readonly WantedCase[]): Promise<void> {
    if (stopped || !cases.some(({ isWanted }) => isWanted())) return
    const out = path.join(folder, 'renditions')
    const runner = on.testRunner?.(out) ?? (await makeRunner(on, out))
    runners.add(runner)
    const run = async (one: WantedCase): Promise<void> => {
      const { each, isWanted } = one
      if (stopped || !isWanted()) return
      tell(each, { ...NOTHING_YET, state: 'running', run: countOf(each.name) })
      const requestId = randomUUID()
      requests.set(requestId, one)
      const ended = await runCase(each, { ...on, runner, requestId })
      requests.delete(requestId)
      if (isWanted()) end(each, ended)
    }
    // One case that somebody waits for goes before the rest of all.
    await Promise.all(cases.map((one) => on.queue.run(cases.length, () => run(one))))
    runners.delete(runner)
    runner.end()
  }

  async function runMocked(cases: readonly WantedCase[], isTestMode: boolean): Promise<void> {
    const still = cases.filter(({ isWanted }) => isWanted())
    if (stopped || still.length === 0) return
    mockedCases = still
    mocked = startMocked(
      path.join(folder, isTestMode ? 'test-mode' : 'mocked'),
      still.map(({ each }) => each),
      isTestMode,
    )
    const { mocks, stop, testRunner, ...mockedService } = await mocked
    const activations = collectActivations(mockedService.onActivationEnd)
    try {
      const queue = createQueue(1)
      await runOn({ service: mockedService, activations, mocks, queue, testRunner }, still)
    } finally {
      // All have ended, or nobody waits for them.
      await stop(0)
      mocked = undefined
    }
  }

  async function runAll(cases: readonly WantedCase[], isTestMode: boolean): Promise<void> {
    if (isTestMode) return mockedBatches.run(0, () => runMocked(cases, true))
    await runOn(
      unmocked,
      cases.filter(({ each }) => each.mocks.length === 0),
    )
    const withMocks = cases.filter(({ each }) => each.mocks.length > 0)
    if (withMocks.length > 0) await mockedBatches.run(0, () => runMocked(withMocks, false))
  }

  async function stopMocked(): Promise<void> {
    const running = await mocked?.catch(() => undefined)
    await running?.stop(0)
  }

  /** What went wrong with none of the cases, but before them. */
  function fail(cases: readonly WantedCase[], error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    for (const { each, isWanted } of cases) {
      const { name, action } = each
      if (!isWanted()) continue
      const reason = `The case could not be run: ${message}`
      const unfit = { state: 'invalid' as const, name, action, reason }
      end(unfit, unfitResult(unfit))
    }
  }

  return {
    of: (name) => runs.get(name),
    start(cases, isTestMode = false) {
      const idle = cases.filter(({ name }) => !isCaseUnderWay(runs.get(name)))
      for (const each of idle) begin(each)
      for (const each of idle) if (each.state !== 'ready') end(each, unfitResult(each))
      const ready = idle.filter((each) => each.state === 'ready').map(wanted)
      void runAll(ready, isTestMode).catch((error: unknown) => fail(ready, error))
    },
    async interrupt(only) {
      for (const [name, run] of runs) {
        if (!isCaseUnderWay(run) || (only !== undefined && name !== only)) continue
        const action = path.dirname(name)
        tell({ name, action }, { ...NOTHING_YET, state: 'stopped', run: run.result.run })
      }
      const stale = [...requests].filter(([, { isWanted }]) => !isWanted())
      await cancel(stale.map(([id]) => id))
      // What is mocked is so for all of them: the last one ends it.
      if (!mockedCases.some(({ isWanted }) => isWanted())) await stopMocked()
    },
    accept(each) {
      const run = runs.get(each.name)
      if (run === undefined || isCaseUnderWay(run)) return
      const { log, milliseconds, hasActual, run: count } = run.result
      tell(
        each,
        // Counted as a run, since there is another expected rendition under the address of the old one.
        { ...NOTHING_YET, state: 'passed', log, milliseconds, hasActual, run: count + 1 },
        run.actual,
      )
    },
    forget: (name) => void runs.delete(name),
    async stop() {
      stopped = true
      for (const runner of runners) runner.end()
      await stopMocked()
    },
  }
}
