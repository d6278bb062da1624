import type { Action, BuiltInAction, Runnable, Sequence } from './action.ts'
import type { ActionPools } from './action-pools.ts'
import { type ActivationOutcome, CANCELLED, developerError } from './activation-outcome.ts'
import type { HttpExchange } from './protocol.ts'
import { createComponentCount, runSequence, type SequenceRun } from './sequence.ts'

/** What an activation has come to, as its record needs it. */
export interface ActivationEnd {
  /** Milliseconds since 1970. */
  start: number
  outcome: ActivationOutcome
  logs: string[]
  exchanges: readonly HttpExchange[]
  annotations: Record<string, unknown>
}

/** An activation that is to run. */
export interface ActivationTask {
  activationId: string
  params: Record<string, unknown>
  /** When it was asked for, in milliseconds since 1970. */
  invokedAt: number
  /** Is told when it begins to run: milliseconds since 1970. */
  begun: (start: number) => void
  /** Aborts when it is cancelled. */
  signal: AbortSignal
  /** Of a component of a sequence. */
  part?: SequenceRun | undefined
}

/** What activations run with. */
export interface ActivationMeans {
  pools: ActionPools
  /** Adds what only the platform may put into the parameters of an action. */
  bindParams: (params: Record<string, unknown>) => Record<string, unknown>
  /** Runs a component of a sequence to its end; undefined when there is no such action. */
  runPart: (
    component: string,
    params: Record<string, unknown>,
    part: SequenceRun,
  ) => Promise<{ activationId: string; outcome: ActivationOutcome } | undefined>
}

/** Runs whatever can be invoked to its end. */
export function runActivation(
  runnable: Runnable,
  task: ActivationTask,
  means: ActivationMeans,
): Promise<ActivationEnd> {
  if ('file' in runnable) return runAction(runnable, task, means)
  return 'components' in runnable
    ? runComponents(runnable, task, means)
    : runBuiltIn(runnable, task)
}

async function runAction(
  action: Action,
  { params, invokedAt, ...task }: ActivationTask,
  { pools, bindParams }: ActivationMeans,
): Promise<ActivationEnd> {
  const { activationId, begun, signal } = task
  const ended = await pools.of(action).run({
    activationId,
    params: () => bindParams({ ...action.inputs, ...params }),
    begun,
    signal,
  })
  const { outcome, logs, exchanges, start = invokedAt, initTime, timedOut = false } = ended
  const waitTime = Math.max(start - invokedAt - (initTime ?? 0), 0)
  const annotations = {
    waitTime,
    ...(initTime !== undefined && { initTime }),
    timeout: timedOut,
  }
  return { start, outcome, logs, exchanges, annotations }
}

async function runComponents(
  sequence: Sequence,
  { activationId, params, invokedAt: start, begun, signal, part }: ActivationTask,
  { runPart }: ActivationMeans,
): Promise<ActivationEnd> {
  begun(start)
  const count = part?.count ?? createComponentCount()
  const { outcome, logs } = await runSequence(
    sequence,
    { ...sequence.inputs, ...params },
    count,
    async (component, given) =>
      // What it comes to then is overruled below.
      signal.aborted
        ? undefined
        : runPart(component, given, { cause: activationId, count, signal }),
  )
  return {
    start,
    outcome: signal.aborted ? developerError(CANCELLED) : outcome,
    logs,
    exchanges: [],
    annotations: { topmost: part === undefined },
  }
}

async function runBuiltIn(
  action: BuiltInAction,
  { params, invokedAt: start, begun, signal }: ActivationTask,
): Promise<ActivationEnd> {
  begun(start)
  const { promise: cancelled, resolve } = Promise.withResolvers<ActivationOutcome>()
  signal.addEventListener('abort', () => resolve(developerError(CANCELLED)))
  const outcome = await Promise.race([action.run(params), cancelled])
  return { start, outcome, logs: [], exchanges: [], annotations: { waitTime: 0 } }
}
