import type { Action } from './action.ts'
import { type ActionPool, createActionPool } from './action-pool.ts'
import { type ActionProcess, type Ended, failed, type Task } from './action-process.ts'
import { watchMemory } from './memory-watch.ts'

/** The processes of all actions. An action is told by its object: one that was replaced has processes of its own. */
export interface ActionPools {
  /** Runs an activation of an action, see {@link ActionPool.run}. */
  run: (action: Action, activationId: string, task: Task) => Promise<Ended>
  /** Starts a process of an action before anybody asks for one. */
  warm: (action: Action) => void
  /**
   * Gives up the processes that an action has, each as soon as nothing runs in it; what is run later gets new ones.
   * Resolves when all of them have left the system.
   */
  retire: (action: Action) => Promise<void>
  /** The pools of an action, also those that end what they were given before it was loaded anew. */
  poolsOf: (action: Action) => readonly ActionPool[]
  /** Kills every process and takes nothing new; whatever is given up so fails with `message`. */
  close: (message: string) => Promise<void>
}

/**
 * Makes the pools of the processes of actions, and watches how much memory they take.
 *
 * @param options.maxProcesses - processes of one action at a time, unless it is being debugged
 */
export function createActionPools(options: {
  start: (action: Action) => ActionProcess
  maxProcesses: number
}): ActionPools {
  const pools = new Map<Action, ActionPool>()
  /** Pools that still run what they were given before their action was retired. */
  const retired = new Map<ActionPool, Action>()
  let closed: string | undefined

  function poolOf(action: Action): ActionPool {
    const existing = pools.get(action)
    if (existing !== undefined) return existing
    const pool = createActionPool({
      concurrency: action.limits.concurrency,
      // A debugger is attached to one.
      maxProcesses: action.inspector === undefined ? options.maxProcesses : 1,
      start: () => options.start(action),
    })
    pools.set(action, pool)
    return pool
  }

  const allPools = (): { action: Action; pool: ActionPool }[] => [
    ...Array.from(pools, ([action, pool]) => ({ action, pool })),
    ...Array.from(retired, ([pool, action]) => ({ action, pool })),
  ]

  const endMemoryWatch = watchMemory(() =>
    allPools().flatMap(({ action, pool }) =>
      pool
        .processes()
        .filter((process) => process.running() > 0)
        .map((process) => ({ process, memorySize: action.limits.memorySize })),
    ),
  )

  return {
    async run(action, activationId, task) {
      if (closed !== undefined) return failed(closed)
      return poolOf(action).run(activationId, task)
    },
    warm(action) {
      if (closed === undefined) poolOf(action).warm()
    },
    async retire(action) {
      const pool = pools.get(action)
      if (pool === undefined) return
      pools.delete(action)
      retired.set(pool, action)
      await pool.retire()
      retired.delete(pool)
    },
    poolsOf: (action) =>
      allPools()
        .filter((one) => one.action === action)
        .map(({ pool }) => pool),
    async close(message) {
      closed = message
      await Promise.all(allPools().map(({ pool }) => pool.close(message)))
      endMemoryWatch()
    },
  }
}
