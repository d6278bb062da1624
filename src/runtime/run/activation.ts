import { randomBytes } from 'node:crypto'
import type { Runnable } from './action.ts'

/** How an activation ended, in OpenWhisk's words and codes. */
export const ACTIVATION_STATUS = [
  'success',
  'application error',
  'action developer error',
  'whisk internal error',
] as const

/** One of {@link ACTIVATION_STATUS}. */
export type ActivationStatus = (typeof ACTIVATION_STATUS)[number]

/** What came of running an action once. */
export interface Outcome {
  status: ActivationStatus
  /** What the action returned, or `{ error }`. */
  result: Record<string, unknown>
}

/** The record of one run of an action, in the shape of OpenWhisk's REST API. Times are milliseconds since 1970. */
export interface Activation {
  activationId: string
  namespace: string
  name: string
  version: string
  subject: string
  start: number
  end: number
  duration: number
  statusCode: number
  response: {
    status: ActivationStatus
    statusCode: number
    success: boolean
    result: Outcome['result']
  }
  /** The activation of the sequence that it was a part of. */
  cause?: string
  logs: string[]
  annotations: { key: string; value: unknown }[]
  publish: false
}

/** A fresh activation id: 32 hexadecimal digits. */
export function newActivationId(): string {
  return randomBytes(16).toString('hex')
}

/**
 * Writes the record of an activation that has ended.
 *
 * @param run.annotations - what there is to say besides the path, the kind and the limits of the action
 * @param run.cause - the activation of the sequence that it was a part of
 */
export function recordActivation(run: {
  activationId: string
  namespace: string
  action: Runnable
  start: number
  end: number
  annotations: Record<string, unknown>
  outcome: Outcome
  logs: string[]
  cause?: string | undefined
}): Activation {
  const { action, cause } = run
  const { timeout, memorySize, concurrency } = action.limits
  const owner = 'owner' in action ? action.owner : run.namespace
  const statusCode = ACTIVATION_STATUS.indexOf(run.outcome.status)
  const annotations = {
    path: `${owner}/${action.name}`,
    kind: action.kind,
    ...(cause !== undefined && { causedBy: 'sequence' }),
    ...run.annotations,
    limits: { timeout, memory: memorySize, concurrency },
  }
  return {
    activationId: run.activationId,
    namespace: run.namespace,
    name: action.name.slice(action.name.lastIndexOf('/') + 1),
    version: action.version,
    subject: run.namespace,
    start: run.start,
    end: run.end,
    duration: run.end - run.start,
    statusCode,
    response: {
      status: run.outcome.status,
      statusCode,
      success: run.outcome.status === 'success',
      result: run.outcome.result,
    },
    logs: run.logs,
    annotations: Object.entries(annotations).map(([key, value]) => ({ key, value })),
    ...(cause !== undefined && { cause }),
    publish: false,
  }
}
