import { availableParallelism } from 'node:os'
import pidusage from 'pidusage'
import { memoryOf } from '../../programs/process-family.ts'
import { membersOf } from '../../programs/process-session.ts'
import { listProcesses } from '../../programs/process-table.ts'
import type { Action } from './action.ts'
import type { ActionProcessOptions } from './action-environment.ts'
import { type ActionProcess, startActionProcess, UNEXPECTED_EXIT } from './action-process.ts'
import { failedRun, type RunEnd, type RunTask } from './action-run.ts'
import { CANCELLED } from './activation-outcome.ts'

/** How often an activation is given to another process because the one it was sent to died before it took it up. */
const MAX_LOSSES = 3

/** Nobody is ever told so, since nothing runs in a process that is retired. */
const RETIRED = 'The action was replaced or deleted.'

/** The warm processes of one action, and the activations that wait for one. */
export interface ActionPool {
  readonly action: Action
  /** Runs an activation in a process that has room, at once or in its turn; never rejects. */
  run: (task: RunTask) => Promise<RunEnd>
  /** Starts a process before anybody asks for one. */
  warm: () => void
  /**
   * Ends every process as soon as nothing runs or waits here any more; nothing new may be run from now on.
   * Resolves when the last one has left the system.
   */
  retire: () => Promise<void>
  /** Kills every process and takes nothing new; all that runs, waits or comes later fails with `message`. */
  close: (message: string) => Promise<void>
  processes: () => readonly ActionProcess[]
  /** How many activations wait for a process. */
  queued: () => number
}

/**
 * Makes a pool for one action.
 *
 * @param maxProcesses - processes of this action at a time, besides those that only wait for the end of what they run
 */
function createActionPool(
  action: Action,
  maxProcesses: number,
  options: ActionProcessOptions,
): ActionPool {
  const processes = new Set<ActionProcess>()
  const queue: { begin: (process: ActionProcess) => void; giveUp: (end: RunEnd) => void }[] = []
  let closed: string | undefined
  let retired: PromiseWithResolvers<void> | undefined

  function start(): ActionProcess {
    const process = startActionProcess(action, options)
    processes.add(process)
    void process.exited.then(() => {
      processes.delete(process)
      // Whatever waited for this process gets a new one.
      next()
      endRetired()
    })
    return process
  }

  function findRoom(): ActionProcess | undefined {
    const staying = [...processes].filter((process) => !process.leaving())
    const withRoom = staying
      .filter((process) => process.alive() && process.running() < action.limits.concurrency)
      .toSorted((a, b) => a.running() - b.running())
    return withRoom[0] ?? (staying.length < maxProcesses ? start() : undefined)
  }

  function next(): void {
    while (queue.length > 0) {
      try {
        const process = findRoom()
        if (process === undefined) return
        queue.shift()?.begin(process)
      } catch (error) {
        // Such as an environment that is larger than the system allows.
        const why = error instanceof Error ? error.message : String(error)
        const failed = failedRun(`The action could not be started: ${why}`)
        queue.shift()?.giveUp({ ...failed, fault: 'unloaded' })
      }
    }
  }

  function endRetired(): void {
    if (retired === undefined || queue.length > 0) return
    for (const process of processes) if (process.running() === 0) process.kill(RETIRED)
    if (processes.size === 0) retired.resolve()
  }

  return {
    action,
    run: (task) =>
      new Promise((resolve) => {
        let losses = 0
        const waiting = {
          giveUp: resolve,
          begin: (process: ActionProcess) => {
            void process.run(task).then((result) => {
              if (typeof result === 'object') resolve(result)
              else if (closed !== undefined) resolve(failedRun(closed))
              else if (task.signal.aborted) resolve(failedRun(CANCELLED))
              else if (losses === MAX_LOSSES)
                resolve({ ...failedRun(UNEXPECTED_EXIT), fault: 'died' })
              else queue.unshift(waiting)
              if (result === 'lost') losses += 1
              next()
              endRetired()
            })
          },
        }
        if (closed !== undefined) {
          resolve(failedRun(closed))
          return
        }
        queue.push(waiting)
        task.signal.addEventListener('abort', () => {
          const place = queue.indexOf(waiting)
          if (place === -1) return
          queue.splice(place, 1)
          resolve(failedRun(CANCELLED))
          endRetired()
        })
        next()
      }),
    warm() {
      if (processes.size > 0 || closed !== undefined) return
      try {
        start()
      } catch {
        // Whoever runs the action is told why.
      }
    },
    retire() {
      retired ??= Promise.withResolvers()
      endRetired()
      return retired.promise
    },
    async close(message) {
      closed = message
      for (const { giveUp } of queue.splice(0)) giveUp(failedRun(message))
      for (const process of processes) process.kill(message)
      await Promise.all([...processes].map((process) => process.exited))
    },
    processes: () => [...processes],
    queued: () => queue.length,
  }
}

/** The pools of all actions. An action is told by its object: one that was replaced has processes of its own. */
export interface ActionPools {
  /** The pool that runs what is invoked of an action now. */
  of: (action: Action) => ActionPool
  /** All pools, also those that end what they were given before their action was retired. */
  all: () => readonly ActionPool[]
  /**
   * Gives up the processes that an action has, each as soon as nothing runs in it; what is run later gets new ones.
   * Resolves when all of them have left the system.
   */
  retire: (action: Action) => Promise<void>
  /** Kills every process and starts none any more; whatever is given up so fails with `message`. */
  close: (message: string) => Promise<void>
}

/** Makes the pools of a namespace, and watches how much memory their processes take. */
export function createActionPools(options: ActionProcessOptions): ActionPools {
  const maxProcesses = availableParallelism()
  const current = new Map<Action, ActionPool>()
  const retired = new Set<ActionPool>()
  let closed: string | undefined

  const all = (): ActionPool[] => [...current.values(), ...retired]
  const endMemoryWatch = watchMemory(all)

  return {
    of(action) {
      const existing = current.get(action)
      if (existing !== undefined) return existing
      // A debugger is attached to one process.
      const pool = createActionPool(action, action.inspector ? 1 : maxProcesses, options)
      current.set(action, pool)
      if (closed !== undefined) void pool.close(closed)
      return pool
    },
    all,
    async retire(action) {
      const pool = current.get(action)
      if (pool === undefined) return
      current.delete(action)
      retired.add(pool)
      await pool.retire()
      retired.delete(pool)
    },
    async close(message) {
      closed = message
      await Promise.all(all().map((pool) => pool.close(message)))
      endMemoryWatch()
    },
  }
}

const INTERVAL_MS = 250

/** To look for what processes have started means to look at all of the machine, some milliseconds: it is done every so many times. */
const LOOKS_A_SEARCH = 4

const BYTES_PER_MEGABYTE = 1024 * 1024

/**
 * Kills every process that runs something and holds more memory than its action may, with all that it has started. JavaScript's
 * own heap is limited by V8; this sees what native code such as an image decoder takes as well. Looks {@link INTERVAL_MS}
 * milliseconds apart.
 *
 * @returns a function that ends the watch
 */
function watchMemory(pools: () => readonly ActionPool[]): () => void {
  let looks = 0

  async function look(): Promise<void> {
    looks += 1
    const busy = pools().flatMap(({ action, processes }) =>
      processes()
        .filter((process) => process.running() > 0)
        .map((process) => ({ process, memorySize: action.limits.memorySize })),
    )
    const memory = await measureMemory(
      busy.map(({ process }) => process),
      looks % LOOKS_A_SEARCH === 0,
    )
    for (const { process, memorySize } of busy) {
      const used = memory.get(process)
      if (used !== undefined && used > memorySize * BYTES_PER_MEGABYTE) {
        process.kill(`The action exhausted its memory and was aborted (limit: ${memorySize} MB).`)
      }
    }
  }

  const timer = setInterval(() => void look(), INTERVAL_MS)
  return () => clearInterval(timer)
}

/** A process to measure. */
type MeasuredProcess = Pick<ActionProcess, 'pid' | 'mark'>

/**
 * Measures how many bytes processes hold in memory, with all that they have started, by process. One that has ended is left out,
 * and so are all where the system does not tell; never rejects.
 *
 * @param whole - false leaves out what they have started
 */
export async function measureMemory(
  processes: readonly MeasuredProcess[],
  whole = true,
): Promise<ReadonlyMap<MeasuredProcess, number>> {
  const pids = processes.flatMap(({ pid }) => pid ?? [])
  if (pids.length === 0) return new Map()
  const usage = await pidusage(pids).catch(() => undefined)
  const all = whole ? listProcesses() : []
  return new Map(
    processes.flatMap((process) => {
      const { pid, mark } = process
      const memory = pid === undefined ? undefined : usage?.[pid]?.memory
      if (pid === undefined || memory === undefined) return []
      const others = membersOf({ leader: pid, variable: mark }, all).filter((each) => each !== pid)
      return [[process, memory + memoryOf(others)]]
    }),
  )
}
