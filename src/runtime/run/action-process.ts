import { existsSync } from 'node:fs'
import { endSession, membersOf } from '../../programs/process-session.ts'
import { firstChildOf } from '../../programs/process-table.ts'
import { lowerPriority } from '../../tasks/priority.ts'
import type { ActionProcessOptions } from './action-environment.ts'
import {
  type ActionRun,
  createActionRun,
  hearProcess,
  listenToOutput,
  type ProcessListener,
  type RunEnd,
  type RunTask,
} from './action-run.ts'
import { type Action, missingCode } from './action.ts'
import {
  type ActivationFault,
  type ActivationOutcome,
  CANCELLED,
  developerError,
} from './activation-outcome.ts'
import { forkAction } from './fork-action.ts'
import { createNearbyAnswers, NOT_NEARBY } from './nearby-answers.ts'
import { createLineTeller, type LineTeller } from './printed-lines.ts'
import { newMark } from './process-mark.ts'

/** How long a process may take to load its action; the time limit of an activation begins after that. */
const LONGEST_LOAD_MS = 30_000

/** How long a process that has ended may have its output held open by a program that it has started and cannot be found. */
const LONGEST_OUTPUT_MS = 500

/** What OpenWhisk says of an action whose process has died. */
export const UNEXPECTED_EXIT =
  'The action did not produce a valid response and exited unexpectedly.'

/** What is said of an action that speaks in place of the runner in its process. */
function disturbed(how: string): string {
  return `The action disturbed the runtime and was aborted: it has ${how}.`
}

/** Nobody is ever told so, since nothing runs in such a process any more. */
const FORSAKEN = 'An activation that was cancelled may still be running in it.'

/**
 * What came of a run: its end; or that the process ended before it took the run up, so that another process may. It did so
 * by itself (`lost`), or for the sake of an activation that was cancelled (`spared`).
 */
export type RunResult = RunEnd | 'lost' | 'spared'

/** One warm process of an action. */
export interface ActionProcess {
  readonly pid: number | undefined
  /** The one of its processes that runs the action: itself, or one in its sandbox, of which nobody knows until that has loaded. */
  readonly runner: () => number | undefined
  /** What it and all that it starts have in their environment, and nothing else has. */
  readonly mark: string
  /** How many activations run in it at this moment. */
  readonly running: () => number
  /** Whether it has loaded its action, be it alive or not. */
  readonly loaded: () => boolean
  /** False once it has been killed or has died. */
  readonly alive: () => boolean
  /** Whether it takes no new activation and ends after those that it has, since a cancelled one may still run in it. */
  readonly leaving: () => boolean
  /** Whether it goes behind others where processors are short, for the rest of its life. */
  readonly isAside: () => boolean
  /** Has it go behind others, with all that it has started and will start. */
  stepAside: () => void
  /** Runs the action once; never rejects. */
  run: (task: RunTask) => Promise<RunResult>
  /** Ends the process at once; every activation in it fails with `message`. */
  kill: (message: string) => void
  /** Resolves when the process has left the system. */
  readonly exited: Promise<void>
}

/**
 * Starts a process of an action and loads the action in it.
 *
 * @throws {Error} for an environment that the system refuses
 */
export function startActionProcess(action: Action, options: ActionProcessOptions): ActionProcess {
  const runs = new Map<string, { run: ActionRun; resolve: (result: RunResult) => void }>()
  let ready = false
  let hasTold = false
  let alive = true
  let leaving = false
  let isAside = false
  let inSandbox: number | undefined
  /** Why the process ends; `culprit` is the activation that brought it about. */
  let death: { message: string; culprit?: string; isCancelled?: boolean; isWanted?: boolean } = {
    message: UNEXPECTED_EXIT,
  }
  let outputTimer: NodeJS.Timeout | undefined
  const says: ProcessListener = {
    load(load) {
      clearTimeout(loadTimer)
      hasTold = true
      options.onLoad?.(action, load)
      if (load.type === 'unloadable') {
        kill({ message: `The action could not be loaded: ${load.message}` })
      } else {
        ready = true
        if (place !== undefined && child.pid !== undefined) inSandbox = findInSandbox(child.pid)
        for (const added of runs.values()) send(added, true)
      }
    },
    report: (report) => runs.get(report.activationId)?.run.report(report),
    ask: (ask, bytes) => answers?.answer(ask, bytes) ?? false,
    print(stream, text, isOwn, activationId) {
      const printing = activationId === undefined ? runs.values() : [runs.get(activationId)]
      for (const each of printing) each?.run.print(stream, text, isOwn)
      // Those runs have told it.
      if (activationId === undefined && runs.size === 0) teller?.write(stream, text, isOwn)
    },
    endStream: (stream, activationId) => runs.get(activationId)?.run.endStream(stream),
  }

  const tellerOf = (activationId?: string): LineTeller | undefined =>
    options.onPrint && createLineTeller(action, activationId, options.onPrint)
  const teller = tellerOf()

  // What was deployed gets nothing of this machine but by a connection.
  const answers =
    action.deployed === undefined
      ? createNearbyAnswers({
          nearby: options.nearby ?? NOT_NEARBY,
          isRunning: (activationId) => runs.has(activationId),
          tell: (answer) => channel.send(answer),
        })
      : undefined
  const mark = newMark()
  const {
    process: child,
    place,
    ...channel
  } = forkAction(action, options, mark, {
    hear(said, bytes) {
      if (!hearProcess(said, bytes, says))
        kill({ message: disturbed('sent what the runtime does not know') })
    },
    ended(violation) {
      kill({ message: violation === undefined ? UNEXPECTED_EXIT : disturbed(violation) })
    },
  })

  const forget =
    child.pid === undefined ? undefined : options.record?.note({ pid: child.pid, mark })

  /** Ends what it has started, too, which may hold its output open and must not outlive it. */
  function endProcesses(): void {
    if (child.pid !== undefined) endSession({ leader: child.pid, variable: mark })
  }

  function kill(why: typeof death): void {
    if (!alive) return
    alive = false
    death = why
    endProcesses()
  }

  function send({ run }: { run: ActionRun }, wasLoading: boolean): void {
    // A process that dies at this moment is noticed by its 'close' event.
    run.send({ wasLoading, send: (message) => channel.send(message) })
  }

  function leave(activationId: string, result: RunResult): void {
    const left = runs.get(activationId)
    runs.delete(activationId)
    answers?.end(activationId)
    left?.resolve(result)
    if (leaving && runs.size === 0) kill({ message: FORSAKEN })
  }

  /**
   * Ends a run that is cancelled. What the process was given can be stopped only with the process, so it goes too: at once
   * when nothing else has begun in it, or else after the others.
   */
  function cancel(activationId: string): void {
    const cancelled = runs.get(activationId)
    if (cancelled === undefined) return
    const others = [...runs.values()].filter((other) => other !== cancelled)
    if (cancelled.run.sent() && !others.some(({ run }) => run.begun())) {
      kill({ message: CANCELLED, culprit: activationId, isCancelled: true })
    } else {
      leaving ||= cancelled.run.sent()
      cancelled.run.end(developerError(CANCELLED))
    }
  }

  function outcomeOfDeath(activationId: string): ActivationOutcome {
    const others = death.culprit !== undefined && death.culprit !== activationId
    return developerError(
      others ? `Another activation in the same process ended it: ${death.message}` : death.message,
    )
  }

  /** What is cancelled, or takes too long, is ended from outside. */
  function faultOfDeath(): ActivationFault | undefined {
    if (death.culprit !== undefined) return undefined
    return ready ? 'died' : 'unloaded'
  }

  function endWithProcess(activationId: string, run: ActionRun): void {
    const isCulprit = death.culprit === activationId
    if (ready && !run.begun() && !isCulprit) {
      run.giveBack()
      leave(activationId, death.isCancelled === true ? 'spared' : 'lost')
    } else {
      // Nobody but an activation that takes too long or is cancelled is the cause of its own end.
      run.end(outcomeOfDeath(activationId), {
        timedOut: isCulprit && death.isCancelled !== true,
        fault: faultOfDeath(),
      })
    }
  }

  // One that is debugged may stop at each of its lines.
  const loadTimer =
    action.inspector === undefined
      ? setTimeout(() => {
          const message = `The action could not be loaded within ${LONGEST_LOAD_MS} milliseconds.`
          kill({ message })
        }, LONGEST_LOAD_MS)
      : undefined

  listenToOutput(child, says)
  child.on('error', (error) => {
    const isMissing = action.deployed !== undefined && !existsSync(action.file)
    const message = `The action could not be started: ${error.message}`
    kill({ message: isMissing ? missingCode(action.name) : message })
  })

  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => {
      alive = false
      endProcesses()
      outputTimer = setTimeout(() => {
        // One turn later whatever the process itself has printed is read, however busy this one was.
        setImmediate(() => {
          child.stdout?.destroy()
          child.stderr?.destroy()
          channel.close()
        })
      }, LONGEST_OUTPUT_MS)
    })
    // 'close' comes after the last of the output, so that the log of a crash is whole.
    child.on('close', () => {
      alive = false
      clearTimeout(loadTimer)
      clearTimeout(outputTimer)
      teller?.end()
      if (!hasTold && death.isWanted !== true) {
        options.onLoad?.(action, { type: 'unloadable', message: death.message, modules: [] })
      }
      for (const [activationId, { run }] of runs) endWithProcess(activationId, run)
      // What cannot be removed now will be at the next start.
      const removed = place?.remove().catch(() => undefined)
      void Promise.all([forget?.(), removed]).then(() => resolve())
    })
  })

  return {
    pid: child.pid,
    runner: () => inSandbox ?? child.pid,
    mark,
    running: () => runs.size,
    loaded: () => ready,
    alive: () => alive,
    leaving: () => leaving,
    isAside: () => isAside,
    stepAside() {
      const { pid } = child
      if (pid === undefined || isAside || !alive) return
      isAside = true
      // Elsewhere than on Linux only the process itself is known.
      const members = membersOf({ leader: pid, variable: mark })
      for (const member of new Set([pid, ...members])) lowerPriority(member)
    },
    exited,
    kill: (message) => kill({ message, isWanted: true }),
    run: (task) =>
      new Promise((resolve) => {
        const { activationId } = task
        const { timeout } = action.limits
        const run = createActionRun({
          task,
          timeout,
          now: options.now,
          teller: tellerOf(activationId),
          expired: () => {
            const message = `The action exceeded its time limits of ${timeout} milliseconds.`
            kill({ message, culprit: activationId })
          },
          ended: (end) => leave(activationId, end),
        })
        const added = { run, resolve }
        runs.set(activationId, added)
        task.signal.addEventListener('abort', () => {
          if (runs.get(activationId) === added) cancel(activationId)
        })
        if (ready) send(added, false)
      }),
  }
}

/** The process that bubblewrap has started in its sandbox, below the one that is the first there. */
function findInSandbox(bubblewrap: number): number | undefined {
  const first = firstChildOf(bubblewrap)
  return first === undefined ? undefined : firstChildOf(first)
}
