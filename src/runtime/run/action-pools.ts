import { availableParallelism } from 'node:os'
import pidusage from 'pidusage'
import { memoryOf, residentMemoryOf } from '../../programs/process-family.ts'
import { membersOf } from '../../programs/process-session.ts'
import { listProcesses } from '../../programs/process-table.ts'
import { createPrecedence, type Precedence } from '../../tasks/precedence.ts'
import { createSharedQueue } from '../../tasks/shared-queue.ts'
import type { ActionProcessOptions } from './action-environment.ts'
import {
  type ActionProcess,
  type RunResult,
  startActionProcess,
  UNEXPECTED_EXIT,
} from './action-process.ts'
import { failedRun, type RunEnd, type RunTask } from './action-run.ts'
import type { Action } from './action.ts'
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
  /** Whether the last process could not be started or could not load its action, and there is none since. */
  isBroken: () => boolean
}

/**
 * When all processes have been at the same work for so long, in milliseconds, one is started for whoever else may come: work that
 * is shorter makes room sooner than that.
 */
const LONG_WORK_MS = 500

/** How long processes that are more than usual, or go behind others, are kept after the last work, in milliseconds. */
const NEEDLESS_MS = 10_000

/** What pools are made with. */
export interface ActionPoolsOptions extends ActionProcessOptions {
  /** See {@link LONG_WORK_MS}, which it is unless given. */
  readonly longWorkMs?: number
  /** See {@link NEEDLESS_MS}, which it is unless given. */
  readonly needlessMs?: number
  /** Who goes before whom, with the work of others counted in; the clients of these pools alone are counted unless given. */
  readonly precedence?: Precedence
}

/** Nobody is ever told so either. */
const NEEDLESS = 'There are more processes than work for them.'

/**
 * Makes a pool for one action. Clients share its processes: whoever has all of them keeps nobody else from one, since there are
 * more for others then. Processes at the work of a client who has had much {@link Precedence step aside} for others, and do the work
 * of such clients from then on.
 *
 * @param options.maxProcesses - processes of this action at a time, besides those that only wait for the end of what they run
 * @param options.isAlone - whether there must never be more of them, nor another in the place of one, whoever waits
 */
function createActionPool(
  action: Action,
  { maxProcesses, isAlone }: { maxProcesses: number; isAlone: boolean },
  options: ActionPoolsOptions & { readonly precedence: Precedence },
): ActionPool {
  const { longWorkMs = LONG_WORK_MS, needlessMs = NEEDLESS_MS, precedence } = options
  const mostProcesses = isAlone ? maxProcesses : 2 * maxProcesses
  const { concurrency } = action.limits
  // A process is nobody's where several have work in it at a time.
  const stepsAside = concurrency === 1 && !isAlone
  const queue = createSharedQueue({
    places: maxProcesses * concurrency,
    most: mostProcesses * concurrency,
  })
  const processes = new Set<ActionProcess>()
  const closing = new AbortController()
  /** How many activations have been given to this pool and have not ended. */
  let underWay = 0
  let longWork: NodeJS.Timeout | undefined
  let tidying: NodeJS.Timeout | undefined
  let closed: string | undefined
  let retired: PromiseWithResolvers<void> | undefined
  let hasFailed = false

  function start(): ActionProcess {
    const process = startActionProcess(action, options)
    processes.add(process)
    void process.exited.then(() => {
      processes.delete(process)
      hasFailed = !process.loaded()
      watchWork()
      endRetired()
    })
    return process
  }

  /** Those that take new work. */
  function staying(): ActionProcess[] {
    return [...processes].filter((process) => !process.leaving())
  }

  const running = (): number => [...processes].reduce((sum, each) => sum + each.running(), 0)

  /**
   * Finds a process for one more activation of a client, or starts one; undefined while too many are about to end. What runs first in
   * a process takes twice as long there, so those who have had much get the newest, and leave those that have run for others.
   */
  function findRoom(client: string): ActionProcess | undefined {
    const all = staying()
    const withRoom = all
      .filter((process) => process.alive() && process.running() < concurrency)
      .toSorted((a, b) => a.running() - b.running())
    if (precedence.hasMuch(client)) {
      const aside = withRoom.find((process) => process.isAside())
      const newest = withRoom.findLast((process) => process.running() === 0 && process.loaded())
      const found = aside ?? newest ?? withRoom[0]
      if (found !== undefined) return found
    }
    const own = withRoom.find((process) => !process.isAside())
    if (own !== undefined) return own
    return all.length < mostProcesses ? start() : withRoom[0]
  }

  async function runInProcess(task: RunTask): Promise<RunEnd> {
    for (let losses = 0; ;) {
      if (closed !== undefined) return failedRun(closed)
      if (task.signal.aborted) return failedRun(CANCELLED)
      let process: ActionProcess | undefined
      try {
        process = findRoom(task.client)
      } catch (error) {
        hasFailed = true
        // Such as an environment that is larger than the system allows.
        const why = error instanceof Error ? error.message : String(error)
        return { ...failedRun(`The action could not be started: ${why}`), fault: 'unloaded' }
      }
      const result = await (process === undefined ? anyExit() : runIn(process, task))
      if (typeof result === 'object') return result
      if (result !== undefined && losses === MAX_LOSSES)
        return { ...failedRun(UNEXPECTED_EXIT), fault: 'died' }
      if (result === 'lost') losses += 1
    }
  }

  async function anyExit(): Promise<undefined> {
    await Promise.race([...processes].map(({ exited }) => exited))
  }

  async function runIn(process: ActionProcess, task: RunTask): Promise<RunResult> {
    const leave = precedence.begin(task.client, () => {
      if (!stepsAside) return
      process.stepAside()
      if (staying().every((each) => each.isAside())) startAnother()
    })
    const result = process.run(task)
    watchWork()
    try {
      return await result
    } finally {
      leave()
    }
  }

  /** Has a process ready for others when all of them are at long work, and ends those that are not needed. */
  function watchWork(): void {
    clearTimeout(longWork)
    const all = staying().filter((process) => process.alive())
    const isFull = all.length >= maxProcesses && all.every((each) => each.running() >= concurrency)
    if (isFull) longWork = setTimeout(startAnother, longWorkMs).unref()
    clearTimeout(tidying)
    const isIdle = all.some((process) => process.running() === 0)
    if (isIdle) tidying = setTimeout(tidy, needlessMs).unref()
  }

  /** Ends what is left over of busier times: processes that go behind others, and of the others those beyond their usual number. */
  function tidy(): void {
    const all = staying().filter((process) => process.alive())
    const idle = all.filter((process) => process.running() === 0)
    // Those aside first, and then the newest, which may still have to load the action.
    const order = idle.toReversed().toSorted((a, b) => Number(b.isAside()) - Number(a.isAside()))
    let needless = all.filter((process) => !process.isAside()).length - maxProcesses
    for (const process of order) {
      if (!process.isAside()) needless -= 1
      if (process.isAside() || needless >= 0) process.kill(NEEDLESS)
    }
  }

  /** Starts a process that nobody has asked for yet, if there may be one more. */
  function startAnother(): void {
    if (closed !== undefined || retired !== undefined) return
    if (staying().length >= mostProcesses) return
    try {
      start()
    } catch {
      hasFailed = true
      // Whoever runs the action is told why.
    }
  }

  function endRetired(): void {
    // What waits, or is between two processes, needs one of them.
    if (retired === undefined || underWay > running()) return
    for (const process of processes) if (process.running() === 0) process.kill(RETIRED)
    if (processes.size === 0) retired.resolve()
  }

  return {
    action,
    async run(task) {
      if (closed !== undefined) return failedRun(closed)
      underWay += 1
      const ending = AbortSignal.any([task.signal, closing.signal])
      try {
        return await queue.run(task.client, () => runInProcess(task), ending)
      } catch (error) {
        if (!ending.aborted) throw error
        return failedRun(closed ?? CANCELLED)
      } finally {
        underWay -= 1
        watchWork()
        endRetired()
      }
    },
    warm() {
      if (processes.size === 0) startAnother()
    },
    retire() {
      retired ??= Promise.withResolvers()
      clearTimeout(longWork)
      endRetired()
      return retired.promise
    },
    async close(message) {
      closed = message
      clearTimeout(longWork)
      clearTimeout(tidying)
      closing.abort()
      for (const process of processes) process.kill(message)
      await Promise.all([...processes].map((process) => process.exited))
    },
    processes: () => [...processes],
    queued: () => underWay - running(),
    isBroken: () => hasFailed && ![...processes].some((process) => process.loaded()),
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
export function createActionPools(options: ActionPoolsOptions): ActionPools {
  const maxProcesses = availableParallelism()
  const { precedence = createPrecedence() } = options
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
      const isAlone = action.inspector !== undefined
      const pool = createActionPool(
        action,
        { maxProcesses: isAlone ? 1 : maxProcesses, isAlone },
        { ...options, precedence },
      )
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
type MeasuredProcess = Pick<ActionProcess, 'pid' | 'runner' | 'mark'>

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
  const pids = processes.flatMap(({ runner }) => runner() ?? [])
  if (pids.length === 0) return new Map()
  const usage = await measureEach(pids)
  const all = whole ? listProcesses() : []
  return new Map(
    processes.flatMap((process) => {
      const { pid, mark } = process
      const runner = process.runner()
      const memory = runner === undefined ? undefined : usage.get(runner)
      if (pid === undefined || memory === undefined) return []
      const members = membersOf({ leader: pid, variable: mark }, all)
      const others = members.filter((each) => each !== runner)
      return [[process, memory + memoryOf(others)]]
    }),
  )
}

/** What processes alone hold, by their numbers. */
async function measureEach(pids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (process.platform === 'linux') {
    return new Map(pids.flatMap((pid) => pair(pid, residentMemoryOf(pid))))
  }
  // It starts programs of the machine.
  const usage = await pidusage([...pids]).catch(() => undefined)
  return new Map(pids.flatMap((pid) => pair(pid, usage?.[pid]?.memory)))
}

function pair(pid: number, memory: number | undefined): [number, number][] {
  return memory === undefined ? [] : [[pid, memory]]
}
