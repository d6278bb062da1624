import { ServiceError } from '../../base/errors.ts'
import { type ActionPoolsOptions, createActionPools } from './action-pools.ts'
import type { Action, Runnable } from './action.ts'
import type { ActivationOutcome } from './activation-outcome.ts'
import {
  type Activation,
  createActivationRecords,
  newActivationId,
  recordActivation,
} from './activation.ts'
import {
  type ActivationEnd,
  type ActivationMeans,
  type BeginListener,
  checkInvocation,
  type EndListener,
  type Invocation,
  runActivation,
} from './invocation.ts'
import { type ActionSources, createNamespaceActions } from './namespace-actions.ts'
import { type RunnableStatus, readStatus } from './runnable-status.ts'
import type { SequenceRun } from './sequence.ts'

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
export interface Runtime extends Actions {
  readonly namespace: string
  /** The actions that were given to the runtime alone, whatever is deployed under their names. */
  readonly own: Actions
  /** Whether a sequence may have this component, such as `/namespace/package/action`. */
  hasComponent: (path: string) => boolean
  /** The record of an activation that has ended and is still kept. */
  activation: (activationId: string) => Activation | undefined
  /** Whether an activation is waiting or running. */
  isUnderWay: (activationId: string) => boolean
  /** How many wait or run. */
  underWay: () => number
  /**
   * Ends an activation that waits or runs, and whatever it is a sequence of. Its process goes with it, at once unless
   * other activations run there. Resolves when its record is kept; false when it was not under way.
   */
  cancel: (activationId: string) => Promise<boolean>
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
  status: () => Promise<RunnableStatus[]>
  /** The names of the actions that run from where they are and can have no process, see {@link ActionPool.isBroken}. */
  broken: () => readonly string[]
  /** Starts a process of the runtime's own action `name`, so that its first request finds a warm one. */
  warm: (name: string) => void
  /** As {@link Runtime.warm}, for an action that runs from where it is. */
  load: (action: Action) => void
  /**
   * Gives up the processes of the actions `name` that run from where they are, each after the activations in it; what is
   * invoked later loads the action anew. Resolves when they have left the system.
   */
  reload: (name: string) => Promise<void>
  /** As {@link Runtime.reload}, for an action that was replaced or deleted. */
  retire: (action: Action) => Promise<void>
  /**
   * Takes nothing new, lets what runs come to its end for `graceMs` milliseconds, then kills what is left.
   * Resolves when no process of an action is alive.
   */
  stop: (graceMs: number) => Promise<void>
}

/** Opens a namespace. */
export function createRuntime(
  options: ActionPoolsOptions & ActionSources & Pick<ActivationMeans, 'bindParams' | 'clientOf'>,
): Runtime {
  const { namespace, now, bindParams, clientOf } = options
  const { own, ofProject, deployed, find, findComponent } = createNamespaceActions(options)
  const local = [...ofProject.values(), ...own.values()]
  const pools = createActionPools(options)
  const underWay = new Map<string, { ended: Promise<Activation>; cancel: () => void }>()
  const records = createActivationRecords()
  const beginListeners: BeginListener[] = []
  const endListeners: EndListener[] = []
  let stopping: Promise<void> | undefined

  const runPart: ActivationMeans['runPart'] = async (path, params, part) => {
    const component = findComponent(path)
    if (component === undefined) return undefined
    const { activationId, ended, outcome } = begin(component, params, part)
    await ended
    return { activationId, outcome: await outcome }
  }

  /** @param part - of the sequence that it is a component of */
  function begin(
    action: Runnable,
    params: Record<string, unknown>,
    part?: SequenceRun,
  ): Invocation & { outcome: Promise<ActivationOutcome> } {
    const { name } = action
    const activationId = newActivationId()
    const invokedAt = now()
    const cancelling = new AbortController()
    const signal = part ? AbortSignal.any([part.signal, cancelling.signal]) : cancelling.signal
    const begun = (start: number): void => {
      for (const listener of beginListeners) listener({ activationId, name, start }, params)
    }
    const task = { activationId, params, invokedAt, begun, signal, part }
    const running = runActivation(action, task, { pools, bindParams, clientOf, runPart }).catch(
      (error: unknown): ActivationEnd => {
        const message = error instanceof Error ? error.message : String(error)
        const outcome: ActivationOutcome = {
          status: 'whisk internal error',
          result: { error: message },
        }
        return { start: invokedAt, outcome, logs: [], exchanges: [], annotations: {} }
      },
    )
    const ended = running.then(({ exchanges, fault, ...end }) => {
      const about = { activationId, namespace, action, cause: part?.cause }
      const activation = recordActivation({ ...about, ...end, end: now() })
      underWay.delete(activationId)
      records.keep(activation)
      for (const listener of endListeners) listener(activation, params, exchanges, fault)
      return activation
    })
    underWay.set(activationId, { ended, cancel: () => cancelling.abort() })
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
        checkInvocation(found, params, underWay.size)
        const { activationId, ended } = begin(found, params)
        return { activationId, ended }
      },
    }
  }

  const isLocal = (action: Action): boolean => local.some((each) => each === action)

  const allEnded = (): Promise<unknown> =>
    Promise.all(Array.from(underWay.values(), ({ ended }) => ended))

  async function stopAll(graceMs: number): Promise<void> {
    const grace = Promise.withResolvers<void>()
    const timer = setTimeout(grace.resolve, graceMs)
    await Promise.race([allEnded(), grace.promise])
    clearTimeout(timer)
    await pools.close('The service was stopped before the action ended.')
    await allEnded()
  }

  return {
    namespace,
    ...actionsOf(find),
    own: actionsOf((name) => own.get(name)),
    hasComponent: (path) => findComponent(path) !== undefined,
    activation: records.find,
    isUnderWay: (activationId) => underWay.has(activationId),
    async cancel(activationId) {
      const found = underWay.get(activationId)
      if (found === undefined) return false
      found.cancel()
      await found.ended
      return true
    },
    activations: records.list,
    onActivationBegin: (listener) => void beginListeners.push(listener),
    onActivationEnd: (listener) => void endListeners.push(listener),
    status: () =>
      readStatus({
        namespace,
        own: [...own.values()],
        ofProject: [...ofProject.values()],
        find,
        deployed: deployed.runnables(),
        pools: pools.all(),
      }),
    broken: () =>
      pools
        .all()
        .filter(({ action, isBroken }) => isLocal(action) && isBroken())
        .map(({ action }) => action.name),
    underWay: () => underWay.size,
    warm(name) {
      const action = own.get(name)
      if (action !== undefined) pools.of(action).warm()
    },
    load: (action) => pools.of(action).warm(),
    async reload(name) {
      await Promise.all(local.filter((action) => action.name === name).map(pools.retire))
    },
    retire: pools.retire,
    stop: (graceMs) => (stopping ??= stopAll(graceMs)),
  }
}
