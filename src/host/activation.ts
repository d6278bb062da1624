import { randomBytes } from 'node:crypto'
import type { Action } from './manifest.ts'

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
  response: { status: ActivationStatus; statusCode: number; success: boolean; result: unknown }
  logs: string[]
  annotations: { key: string; value: unknown }[]
  publish: false
}

/** A fresh activation id: 32 hexadecimal digits. */
export function newActivationId(): string {
  return randomBytes(16).toString('hex')
}

/** Writes the record of an activation that has ended. */
export function recordActivation(run: {
  activationId: string
  namespace: string
  action: Action
  start: number
  end: number
  /** Milliseconds between the invocation and the start of the run. */
  waitTime: number
  outcome: Outcome
  logs: string[]
}): Activation {
  const statusCode = ACTIVATION_STATUS.indexOf(run.outcome.status)
  return {
    activationId: run.activationId,
    namespace: run.namespace,
    name: run.action.name.slice(run.action.name.lastIndexOf('/') + 1),
    version: '0.0.1',
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
    annotations: [
      { key: 'path', value: `${run.namespace}/${run.action.name}` },
      { key: 'kind', value: 'nodejs:24' },
      { key: 'waitTime', value: run.waitTime },
      {
        key: 'limits',
        value: {
          timeout: run.action.limits.timeout,
          memory: run.action.limits.memorySize,
          concurrency: run.action.limits.concurrency,
        },
      },
    ],
    publish: false,
  }
}
