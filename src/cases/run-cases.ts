import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { createQueue } from '../tasks/queue.ts'
import { type Activations, NO_WORK } from './case-activations.ts'
import type { CaseOutcome, CaseRunner } from './case-runner.ts'
import { type EndedCase, unfitResult } from './ended-case.ts'
import type { MockCalls } from './mocks/mock-server.ts'
import type { ReadyCase, UnfitCase } from './test-case.ts'
import { judge, refuseFalseGreen } from './verdict.ts'

/**
 * Cases under way at a time: for each core one that a worker works on, and one in upload, download or comparison. More make
 * the cases slower and the run no faster.
 */
export const CASES_AT_ONCE = 2 * availableParallelism()

/** Lets hosts answer as the `mock-HOST.json` of a case say. */
export interface Mocks {
  /** @throws {Error} one sentence that names the file which is wrong */
  begin: (files: readonly string[]) => Promise<void>
  /** @returns what they were asked since then */
  end: () => MockCalls
}

const NO_CALLS: MockCalls = { calls: [], uncalled: [] }

/** Those of cases without such files. */
export const NO_MOCKS: Mocks = { begin: () => Promise.resolve(), end: () => NO_CALLS }

/**
 * Runs cases beside each other, and after them, one at a time, those with mocks: what a host answers, and how often, is a
 * matter of one case.
 *
 * @param options.atOnce - how many there may be under way, {@link CASES_AT_ONCE} unless given
 * @returns the results in the order of the cases; none of them rejects
 */
export function runCases(
  cases: readonly (ReadyCase | UnfitCase)[],
  options: { runner: CaseRunner; activations: Activations; mocks: Mocks; atOnce?: number },
): Promise<EndedCase>[] {
  const { atOnce = CASES_AT_ONCE } = options
  const [beside, alone] = [createQueue(atOnce), createQueue(1)]
  const run = async (each: ReadyCase | UnfitCase): Promise<EndedCase> =>
    each.state === 'ready' ? runCase(each, options) : unfitResult(each)
  const running = cases.map((each) =>
    each.state === 'ready' && each.mocks.length > 0 ? undefined : beside.run(0, () => run(each)),
  )
  const quiet = Promise.all(running.filter((each) => each !== undefined))
  return cases.map(
    (each, index) => running[index] ?? quiet.then(() => alone.run(0, () => run(each))),
  )
}

/**
 * Runs one case. Never rejects.
 *
 * @param options.requestId - by which it can be ended before its end; one that nobody knows unless given
 */
export async function runCase(
  each: ReadyCase,
  {
    runner,
    activations,
    mocks,
    requestId = randomUUID(),
  }: Omit<Parameters<typeof runCases>[1], 'atOnce'> & { requestId?: string },
): Promise<EndedCase> {
  const followed = activations.follow(requestId)
  const start = performance.now()
  const run = () => runner.run(each, requestId)
  const { outcome, calls, uncalled } = await (each.mocks.length === 0
    ? { outcome: await run(), ...NO_CALLS }
    : runMocked(each, mocks, run))
  const judged = await judge(each, outcome).catch((error: unknown) => ({
    state: 'error' as const,
    message: `The renditions cannot be compared: ${String(error)}`,
    differences: [],
    output: '',
  }))
  const milliseconds = performance.now() - start
  // A request that was refused has no activation to wait for.
  const isIdle = outcome.state === 'refused' && outcome.invoked !== true
  const work = isIdle ? NO_WORK : await followed.work()
  followed.end()
  return {
    name: path.basename(each.folder),
    verdict: refuseFalseGreen(judged, { fault: work.fault, calls, uncalled }),
    milliseconds,
    workerMilliseconds: work.milliseconds,
    log: [...work.log, ...calls],
    testCase: each,
    actual: outcome.state === 'created' ? outcome.file : undefined,
  }
}

async function runMocked(
  each: ReadyCase,
  mocks: Mocks,
  run: () => Promise<CaseOutcome>,
): Promise<{ outcome: CaseOutcome } & MockCalls> {
  try {
    await mocks.begin(each.mocks)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { outcome: { state: 'refused', message }, ...NO_CALLS }
  }
  const outcome = await run()
  return { outcome, ...mocks.end() }
}
