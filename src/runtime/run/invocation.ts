import { ServiceError } from '../../base/errors.ts'
import { isTooDeep, MOST_LEVELS } from '../../base/json.ts'
import { PROGRAM_IDS, PROGRAMS } from '../../programs/programs.ts'
import type { ActionPools } from './action-pools.ts'
import type { Action, BuiltInAction, Runnable, Sequence } from './action.ts'
import {
  type ActivationFault,
  type ActivationOutcome,
  CANCELLED,
  developerError,
} from './activation-outcome.ts'
import type { Activation } from './activation.ts'
import type { HttpExchange } from './protocol.ts'
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
 * in the order they ended. Of one whose process died there are those that had ended before; the fault tells of that.
 */
export type EndListener = (
  activation: Activation,
  params: Readonly<Record<string, unknown>>,
  exchanges: readonly HttpExchange[],
  fault: ActivationFault | undefined,
) => void

/**
 * Checks whether an action may be invoked.
 *
 * @param underWay - activations that the namespace has under way
 * @throws {ServiceError} 400 for parameters that are nested too deep or must not be overridden, 429 with too much under way
 */
export function checkInvocation(
  action: Runnable,
  params: Record<string, unknown>,
  underWay: number,
): void {
  if (isTooDeep(params)) {
    throw new ServiceError(
      'invalid',
      `The parameters are nested more than ${MOST_LEVELS} levels deep, the most they may be.`,
    )
  }
  const final = Object.keys(params).find((name) => Object.hasOwn(action.inputs, name))
  if (action.final && final !== undefined) {
    throw new ServiceError(
      'invalid',
      `The parameter ${JSON.stringify(final)} of the action "${action.name}" is final; a caller must not set it.`,
    )
  }
  if (underWay >= MAX_CONCURRENT_ACTIVATIONS) {
    // OpenWhisk's words; the sender may try again after a second.
    throw new ServiceError(
      'too_many_requests',
      `Too many concurrent requests in flight (count: ${underWay + 1}, allowed: ${MAX_CONCURRENT_ACTIVATIONS}).`,
      { headers: { 'Retry-After': '1' } },
    )
  }
}

/** What an activation has come to, as its record needs it. */
export interface ActivationEnd {
  /** Milliseconds since 1970. */
  start: number
  outcome: ActivationOutcome
  logs: string[]
  exchanges: readonly HttpExchange[]
  fault?: ActivationFault | undefined
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
  /** Tells whose work an activation is by its parameters; the processes of an action are shared out among them. */
  clientOf: (params: Record<string, unknown>) => string
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
  { pools, bindParams, clientOf }: ActivationMeans,
): Promise<ActivationEnd> {
  const { activationId, begun, signal } = task
  const ended = await pools.of(action).run({
    activationId,
    client: clientOf(params),
    params: () => bindParams({ ...action.inputs, ...withoutPrograms(action, params) }),
    begun,
    signal,
  })
  const { outcome, logs, exchanges, fault, start = invokedAt, initTime, timedOut = false } = ended
  const waitTime = Math.max(start - invokedAt - (initTime ?? 0), 0)
  const annotations = {
    waitTime,
    ...(initTime !== undefined && { initTime }),
    timeout: timedOut,
  }
  return { start, outcome, logs, exchanges, fault, annotations }
}

/** Which variables, and so which inputs, say where programs of the machine are. */
const PROGRAM_INPUTS: ReadonlySet<string> = new Set(PROGRAM_IDS.map((id) => PROGRAMS[id].variable))

/**
 * The parameters that a caller may set: what an action runs with the rights of the service is none of them, or whoever is held in a
 * sandbox had a program of its own run outside.
 */
function withoutPrograms(
  { deployed }: Action,
  params: Record<string, unknown>,
): Record<string, unknown> {
  if (deployed !== undefined) return params
  return Object.fromEntries(Object.entries(params).filter(([name]) => !PROGRAM_INPUTS.has(name)))
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
