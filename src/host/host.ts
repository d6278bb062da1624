import { availableParallelism } from 'node:os'
import { HttpError } from '../contract/errors.ts'
import { type ActionPool, createActionPool, tooManyActivations } from './action-pool.ts'
import { startActionProcess } from './action-process.ts'
import { type Activation, newActivationId, recordActivation } from './activation.ts'
import { createActivationRecords } from './activation-records.ts'
import type { Action } from './manifest.ts'
import { watchMemory } from './memory-watch.ts'

/** Activations under way or waiting in a namespace; beyond it Adobe I/O Runtime answers 429. */
export const MAX_CONCURRENT_ACTIVATIONS = 100

/** An activation under way. */
export interface Invocation {
  activationId: string
  /** The record, once it has ended; never rejects. */
  ended: Promise<Activation>
}

/** A laptop-sized OpenWhisk: runs the actions of one namespace in processes of their own. */
export interface Host {
  readonly namespace: string
  /** @throws {HttpError} 404 when the namespace has no such action */
  action: (name: string) => Action
  actions: () => readonly Action[]
  /**
   * Starts an activation.
   *
   * @throws {HttpError} 404 for an unknown action, 429 with too much under way, 503 while stopping
   */
  invoke: (name: string, params: Record<string, unknown>) => Invocation
  /** The record of an activation that has ended and is still kept. */
  activation: (activationId: string) => Activation | undefined
  /** Whether an activation is waiting or running. */
  isUnderWay: (activationId: string) => boolean
  /** Records of ended activations, newest first. */
  activations: () => readonly Activation[]
  /** Tells `listener` of every activation that ends. */
  onActivationEnd: (listener: (activation: Activation) => void) => void
  /** Starts a process of the action `name`, so that its first request finds a warm one. */
  warm: (name: string) => void
  /**
   * Takes nothing new, lets what runs come to its end for `graceMs` milliseconds, then kills what is left.
   * Resolves when no process of an action is alive.
   */
  stop: (graceMs: number) => Promise<void>
}

/**
 * Opens a namespace with the given actions.
 *
 * @param options.environment - what every process of an action has in `process.env`, besides its `__OW_*` variables
 * @param options.bindParams - adds what only the platform may put into an activation's parameters
 * @param options.directory - working directory of the processes
 */
export function createHost(options: {
  namespace: string
  apiKey: string
  actions: readonly Action[]
  environment: () => Record<string, string>
  bindParams: (params: Record<string, unknown>) => Record<string, unknown>
  directory: string
  now: () => number
}): Host {
  const { namespace, now } = options
  const actions = new Map(options.actions.map((action) => [action.name, action]))
  const pools = new Map<string, ActionPool>()
  const underWay = new Map<string, Promise<Activation>>()
  const records = createActivationRecords()
  const listeners: ((activation: Activation) => void)[] = []
  let stopping: Promise<void> | undefined

  function findAction(name: string): Action {
    const action = actions.get(name)
    if (action === undefined) {
      throw new HttpError(404, `The namespace "${namespace}" has no action "${name}".`)
    }
    return action
  }

  function poolOf(action: Action): ActionPool {
    const existing = pools.get(action.name)
    if (existing !== undefined) return existing
    const pool = createActionPool({
      concurrency: action.limits.concurrency,
      maxProcesses: availableParallelism(),
      start: () =>
        startActionProcess({
          action,
          directory: options.directory,
          now,
          environment: {
            ...options.environment(),
            __OW_NAMESPACE: namespace,
            __OW_API_KEY: options.apiKey,
            __OW_ACTION_NAME: `/${namespace}/${action.name}`,
            __OW_ACTION_VERSION: '0.0.1',
            __OW_ALLOW_CONCURRENT: String(action.limits.concurrency > 1),
          },
        }),
    })
    pools.set(action.name, pool)
    return pool
  }

  function processes() {
    return [...pools].flatMap(([name, pool]) =>
      pool.processes().map((process) => ({
        process,
        memorySize: findAction(name).limits.memorySize,
      })),
    )
  }

  async function run(
    activationId: string,
    action: Action,
    params: Record<string, unknown>,
  ): Promise<Activation> {
    const invokedAt = now()
    let start = invokedAt
    const { outcome, logs } = await poolOf(action).run(activationId, () => {
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
    })
    const waitTime = start - invokedAt
    const end = now()
    return recordActivation({
      activationId,
      namespace,
      action,
      start,
      end,
      waitTime,
      outcome,
      logs,
    })
  }

  function keep(activation: Activation): void {
    underWay.delete(activation.activationId)
    records.keep(activation)
    for (const listener of listeners) listener(activation)
  }

  const endMemoryWatch = watchMemory(() =>
    processes().filter(({ process }) => process.running() > 0),
  )

  async function stopAll(graceMs: number): Promise<void> {
    const grace = Promise.withResolvers<void>()
    const timer = setTimeout(grace.resolve, graceMs)
    await Promise.race([Promise.all(underWay.values()), grace.promise])
    clearTimeout(timer)
    const message = 'The service was stopped before the action ended.'
    await Promise.all([...pools.values()].map((pool) => pool.close(message)))
    await Promise.all(underWay.values())
    endMemoryWatch()
  }

  return {
    namespace,
    action: findAction,
    actions: () => [...actions.values()],
    invoke(name, params) {
      const action = findAction(name)
      if (stopping !== undefined) throw new HttpError(503, 'The service is stopping.')
      if (underWay.size >= MAX_CONCURRENT_ACTIVATIONS) {
        throw tooManyActivations(underWay.size + 1, MAX_CONCURRENT_ACTIVATIONS)
      }
      const activationId = newActivationId()
      const ended = run(activationId, action, params).then((activation) => {
        keep(activation)
        return activation
      })
      underWay.set(activationId, ended)
      return { activationId, ended }
    },
    activation: records.find,
    isUnderWay: (activationId) => underWay.has(activationId),
    activations: records.list,
    onActivationEnd: (listener) => void listeners.push(listener),
    warm(name) {
      const action = actions.get(name)
      if (action !== undefined && stopping === undefined) poolOf(action).warm()
    },
    stop: (graceMs) => (stopping ??= stopAll(graceMs)),
  }
}
