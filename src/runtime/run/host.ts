import { ServiceError } from '../../base/errors.ts'
import { isTooDeep, MOST_LEVELS } from '../../base/nesting.ts'
import type { Deployments } from '../deploy/deployments.ts'
import type { Action, BuiltInAction, Runnable } from './action.ts'
import { tooManyActivations } from './action-pool.ts'
import { createActionRuns, type Ran, type RunOptions } from './action-runs.ts'
import { type ActionStatus, readStatus } from './action-status.ts'
import { type Activation, newActivationId, type Outcome, recordActivation } from './activation.ts'
import { createActivationRecords } from './activation-records.ts'
import type { Exchange } from './protocol.ts'
import { createComponentCount, runSequence, type SequenceRun } from './sequence.ts'

/** Activations under way or waiting in a namespace; beyond it Adobe I/O Runtime answers 429. */
export const MAX_CONCURRENT_ACTIVATIONS = 100

/** An activation under way. */
export interface Invocation {
  activationId: string
  /** The record, once it has ended; never rejects. */
  ended: Promise<Activation>
}

/** An activation that has begun. */
export interface Begun {
  activationId: string
  /** Package and name of the action. */
  name: string
  /** Milliseconds since 1970, as its record will have it. */
  start: number
}

/** Is told of an activation that has begun, with the parameters of its invocation. */
export type BeginListener = (begun: Begun, params: Readonly<Record<string, unknown>>) => void

/**
 * Is told of an activation that has ended, with the parameters of its invocation and the HTTP requests that its code made,
 * in the order they ended. Of one whose process died there are those that had ended before.
 */
export type EndListener = (
  activation: Activation,
  params: Readonly<Record<string, unknown>>,
  exchanges: readonly Exchange[],
) => void

/** Finds and starts what a namespace has by name. */
export interface Actions {
  /** @throws {ServiceError} 404 when there is no such action */
  action: (name: string) => Runnable
  /**
   * Starts an activation.
   *
   * @throws {ServiceError} 404 for an unknown action, 400 for parameters that may not be overridden or are nested too
   *   deep, 429 with too much under way, 503 while stopping
   */
  invoke: (name: string, params: Record<string, unknown>) => Invocation
}

/** A laptop-sized OpenWhisk: runs the actions of one namespace in processes of their own. */
export interface Host extends Actions {
  readonly namespace: string
  /** The actions that were given to the host alone, whatever is deployed under their names. */
  readonly own: Actions
  /** Whether a sequence may have this component, such as `/namespace/package/action`. */
  hasComponent: (path: string) => boolean
  /** The record of an activation that has ended and is still kept. */
  activation: (activationId: string) => Activation | undefined
  /** Whether an activation is waiting or running. */
  isUnderWay: (activationId: string) => boolean
  /** Records of ended activations, newest first. */
  activations: () => readonly Activation[]
  /**
   * Tells `listener` of every activation that begins: one of an action when a process has taken it up. One that no process
   * took up only ends.
   */
  onActivationBegin: (listener: BeginListener) => void
  /** Tells `listener` of every activation that ends. */
  onActivationEnd: (listener: EndListener) => void
  /** All actions and sequences, and what their processes do at this moment; measures the memory of these. */
  status: () => Promise<ActionStatus[]>
  /** Starts a process of the host's own action `name`, so that its first request finds a warm one. */
  warm: (name: string) => void
  /**
   * Gives up the processes of the host's own action `name`, each after the activations in it; what is invoked later
   * loads the action anew. Resolves when they have left the system.
   */
  reload: (name: string) => Promise<void>
  /** As {@link Host.reload}, for an action that was replaced or deleted. */
  retire: (action: Action) => Promise<void>
  /**
   * Takes nothing new, lets what runs come to its end for `graceMs` milliseconds, then kills what is left.
   * Resolves when no process of an action is alive.
   */
  stop: (graceMs: number) => Promise<void>
}

/**
 * Opens a namespace with the given actions.
 *
 * @param options.actions - its own actions, which run from where they are
 * @param options.deployed - what was deployed to the namespace, which goes before the own action of its name
 * @param options.builtIn - actions of other namespaces that sequences may have, by their full names
 */
export function createHost(
  options: RunOptions & {
    actions: readonly Action[]
    deployed?: Pick<Deployments, 'find' | 'runnables'>
    builtIn?: ReadonlyMap<string, BuiltInAction>
  },
): Host {
  const { namespace, now } = options
  const ownActions = new Map(options.actions.map((action) => [action.name, action]))
  const runs = createActionRuns(options)
  const underWay = new Map<string, Promise<Activation>>()
  const records = createActivationRecords()
  const beginListeners: BeginListener[] = []
  const endListeners: EndListener[] = []
  let stopping: Promise<void> | undefined

  const findOwn = (name: string): Runnable | undefined => ownActions.get(name)

  const find = (name: string): Runnable | undefined => options.deployed?.find(name) ?? findOwn(name)

  function findComponent(path: string): Runnable | undefined {
    const [, owner = '', ...name] = path.split('/')
    const isOwn = owner === namespace || owner === '_'
    return isOwn ? find(name.join('/')) : options.builtIn?.get(path)
  }

  async function runNow(
    activationId: string,
    action: Runnable,
    params: Record<string, unknown>,
    run: SequenceRun | undefined,
  ): Promise<Ran> {
    const { name } = action
    const begun = (start: number): void => {
      for (const listener of beginListeners) listener({ activationId, name, start }, params)
    }
    if ('file' in action) return runs.run(activationId, action, params, begun)
    const start = now()
    begun(start)
    if ('components' in action) {
      const count = run?.count ?? createComponentCount()
      const { outcome, logs } = await runSequence(
        action,
        { ...action.inputs, ...params },
        count,
        async (path, given) => {
          const component = findComponent(path)
          if (component === undefined) return undefined
          const part = begin(component, given, { cause: activationId, count })
          await part.ended
          return { activationId: part.activationId, outcome: await part.outcome }
        },
      )
      return { start, outcome, logs, exchanges: [], annotations: { topmost: run === undefined } }
    }
    const outcome = await action.run(params)
    return { start, outcome, logs: [], exchanges: [], annotations: { waitTime: 0 } }
  }

  /** @param run - what it is a part of */
  function begin(
    action: Runnable,
    params: Record<string, unknown>,
    run?: SequenceRun,
  ): Invocation & { outcome: Promise<Outcome> } {
    const activationId = newActivationId()
    const start = now()
    const running = runNow(activationId, action, params, run).catch((error: unknown): Ran => {
      const message = error instanceof Error ? error.message : String(error)
      const outcome: Outcome = { status: 'whisk internal error', result: { error: message } }
      return { start, outcome, logs: [], exchanges: [], annotations: {} }
    })
    const ended = running.then(({ exchanges, ...ran }) => {
      const activation = recordActivation({
        activationId,
        namespace,
        action,
        end: now(),
        cause: run?.cause,
        ...ran,
        outcome: 'owner' in action ? withoutParams(ran.outcome) : ran.outcome,
      })
      underWay.delete(activationId)
      records.keep(activation)
      for (const listener of endListeners) listener(activation, params, exchanges)
      return activation
    })
    underWay.set(activationId, ended)
    return { activationId, ended, outcome: running.then(({ outcome }) => outcome) }
  }

  function actionsOf(lookUp: (name: string) => Runnable | undefined): Actions {
    function action(name: string): Runnable {
      const found = lookUp(name)
      if (found !== undefined) return found
      throw new ServiceError('not_found', `The namespace "${namespace}" has no action "${name}".`)
    }

    return {
      action,
      invoke(name, params) {
        const found = action(name)
        if (stopping !== undefined) throw new ServiceError('stopping', 'The service is stopping.')
        refuseDeep(params)
        refuseFinal(found, params)
        if (underWay.size >= MAX_CONCURRENT_ACTIVATIONS) {
          throw tooManyActivations(underWay.size + 1, MAX_CONCURRENT_ACTIVATIONS)
        }
        const { activationId, ended } = begin(found, params)
        return { activationId, ended }
      },
    }
  }

  async function stopAll(graceMs: number): Promise<void> {
    const grace = Promise.withResolvers<void>()
    const timer = setTimeout(grace.resolve, graceMs)
    await Promise.race([Promise.all(underWay.values()), grace.promise])
    clearTimeout(timer)
    await runs.close('The service was stopped before the action ended.')
    await Promise.all(underWay.values())
  }

  return {
    namespace,
    ...actionsOf(find),
    own: actionsOf(findOwn),
    hasComponent: (path) => findComponent(path) !== undefined,
    activation: records.find,
    isUnderWay: (activationId) => underWay.has(activationId),
    activations: records.list,
    onActivationBegin: (listener) => void beginListeners.push(listener),
    onActivationEnd: (listener) => void endListeners.push(listener),
    status: () =>
      readStatus({
        namespace,
        own: [...ownActions.values()],
        deployed: options.deployed?.runnables() ?? [],
        poolsOf: runs.poolsOf,
      }),
    warm(name) {
      const action = ownActions.get(name)
      if (action !== undefined) runs.warm(action)
    },
    async reload(name) {
      const action = ownActions.get(name)
      if (action !== undefined) await runs.retire(action)
    },
    retire: runs.retire,
    stop: (graceMs) => (stopping ??= stopAll(graceMs)),
  }
}

/** What a built-in action hands on are its parameters: the access token of a web call is none of a record's. */
function withoutParams(outcome: Outcome): Outcome {
  return outcome.status === 'success' ? { ...outcome, result: {} } : outcome
}

function refuseDeep(params: Record<string, unknown>): void {
  if (!isTooDeep(params)) return
  throw new ServiceError(
    'invalid',
    `The parameters are nested more than ${MOST_LEVELS} levels deep, the most they may be.`,
  )
}

function refuseFinal(action: Runnable, params: Record<string, unknown>): void {
  if (!action.final) return
  const final = Object.keys(params).find((name) => Object.hasOwn(action.inputs, name))
  if (final === undefined) return
  throw new ServiceError(
    'invalid',
    `The parameter ${JSON.stringify(final)} of the action "${action.name}" is final; a caller must not set it.`,
  )
}
