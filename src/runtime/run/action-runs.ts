import { availableParallelism } from 'node:os'
import type { Action } from './action.ts'
import { type ActionPools, createActionPools } from './action-pools.ts'
import { startActionProcess } from './action-process.ts'
import { newActivationId, type Outcome } from './activation.ts'
import type { Exchange } from './protocol.ts'

/** What an activation has come to, as its record needs it. */
export interface Ran {
  /** Milliseconds since 1970. */
  start: number
  outcome: Outcome
  logs: string[]
  exchanges: readonly Exchange[]
  annotations: Record<string, unknown>
}

/** What the processes of the actions of a namespace are given. */
export interface RunOptions {
  namespace: string
  /** `user:password` of the namespace. */
  apiKey: string
  /** What every process has in `process.env`, besides its `__OW_*` variables. */
  environment: () => Record<string, string>
  /** Adds what only the platform may put into an activation's parameters. */
  bindParams: (params: Record<string, unknown>) => Record<string, unknown>
  /** Working directory of the actions that were not deployed. */
  directory: string
  now: () => number
}

/** Runs actions in processes of their own, with the parameters and the environment that Adobe I/O Runtime gives them. */
export interface ActionRuns extends Pick<ActionPools, 'warm' | 'retire' | 'poolsOf' | 'close'> {
  /**
   * Runs an action to its end; never rejects.
   *
   * @param begun - is told when a process has taken it up, and when it was given to it (milliseconds since 1970)
   */
  run: (
    activationId: string,
    action: Action,
    params: Record<string, unknown>,
    begun: (start: number) => void,
  ) => Promise<Ran>
}

/** Makes the {@link ActionRuns} of a namespace. */
export function createActionRuns(options: RunOptions): ActionRuns {
  const { namespace, now } = options
  const pools = createActionPools({
    maxProcesses: availableParallelism(),
    start: (action) =>
      startActionProcess({
        action,
        directory: options.directory,
        now,
        environment: {
          ...options.environment(),
          ...(action.deployed && { NODE_COMPILE_CACHE: action.deployed.cache }),
          ...action.deployed?.environment,
          __OW_NAMESPACE: namespace,
          __OW_API_KEY: options.apiKey,
          __OW_ACTION_NAME: `/${namespace}/${action.name}`,
          __OW_ACTION_VERSION: action.version,
          __OW_ALLOW_CONCURRENT: String(action.limits.concurrency > 1),
        },
      }),
  })

  return {
    warm: pools.warm,
    retire: pools.retire,
    poolsOf: pools.poolsOf,
    close: pools.close,
    async run(activationId, action, params, begun) {
      const invokedAt = now()
      let start = invokedAt
      const ended = await pools.run(action, activationId, {
        prepare() {
          start = now()
          return {
            activationId,
            params: options.bindParams({ ...action.inputs, ...params }),
            environment: {
              __OW_ACTIVATION_ID: activationId,
              __OW_TRANSACTION_ID: newActivationId(),
              __OW_DEADLINE: String(start + action.limits.timeout),
            },
          }
        },
        begun: () => begun(start),
      })
      const { outcome, logs, exchanges, initTime, timedOut = false } = ended
      const waitTime = Math.max(start - invokedAt - (initTime ?? 0), 0)
      return {
        start,
        outcome,
        logs,
        exchanges,
        annotations: { waitTime, ...(initTime !== undefined && { initTime }), timeout: timedOut },
      }
    },
  }
}
