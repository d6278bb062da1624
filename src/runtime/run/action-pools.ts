import { availableParallelism } from 'node:os'
import type { Action } from './action.ts'
import type { ProcessOptions } from './action-environment.ts'
import { type ActionPool, createActionPool } from './action-pool.ts'
import { watchMemory } from './memory-watch.ts'

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
export function createActionPools(options: ProcessOptions): ActionPools {
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
