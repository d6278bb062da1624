import { ServiceError } from '../../base/errors.ts'
import { isTooDeep, MOST_LEVELS } from '../../base/nesting.ts'
import type { Runnable } from './action.ts'
import type { Activation } from './activation.ts'
import type { HttpExchange } from './protocol.ts'

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
  exchanges: readonly HttpExchange[],
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
