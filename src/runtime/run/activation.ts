import { randomBytes } from 'node:crypto'
import type { Runnable } from './action.ts'
import {
  ACTIVATION_STATUS,
  type ActivationOutcome,
  type ActivationStatus,
} from './activation-outcome.ts'

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
    result: ActivationOutcome['result']
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
  outcome: ActivationOutcome
  logs: string[]
  cause?: string | undefined
}): Activation {
  const { action, cause } = run
  const { timeout, memorySize, concurrency } = action.limits
  const owner = 'owner' in action ? action.owner : run.namespace
  const outcome = 'owner' in action ? withoutParams(run.outcome) : run.outcome
  const statusCode = ACTIVATION_STATUS.indexOf(outcome.status)
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
      status: outcome.status,
      statusCode,
      success: outcome.status === 'success',
      result: outcome.result,
    },
    logs: run.logs,
    annotations: Object.entries(annotations).map(([key, value]) => ({ key, value })),
    ...(cause !== undefined && { cause }),
    publish: false,
  }
}

/** What a built-in action hands on are its parameters: the access token of a web call is none of a record's. */
function withoutParams(outcome: ActivationOutcome): ActivationOutcome {
  return outcome.status === 'success' ? { ...outcome, result: {} } : outcome
}

const MOST_RECORDS = 1000
const MOST_BYTES = 64 * 1024 * 1024

/** The records of activations that have ended. */
export interface ActivationRecords {
  keep: (activation: Activation) => void
  find: (activationId: string) => Activation | undefined
  /** Newest first. */
  list: () => readonly Activation[]
}

/**
 * Keeps the records of the latest activations in memory: {@link MOST_RECORDS} of them, with {@link MOST_BYTES} of logs and
 * results in all, and the very last one whatever its size. The oldest go first.
 */
export function createActivationRecords(): ActivationRecords {
  const records = new Map<string, { activation: Activation; bytes: number }>()
  let total = 0

  return {
    keep(activation) {
      const bytes = sizeOf(activation)
      records.set(activation.activationId, { activation, bytes })
      total += bytes
      for (const [id, oldest] of records) {
        if (records.size === 1 || (records.size <= MOST_RECORDS && total <= MOST_BYTES)) break
        records.delete(id)
        total -= oldest.bytes
      }
    },
    find: (activationId) => records.get(activationId)?.activation,
    list: () => [...records.values()].map(({ activation }) => activation).toReversed(),
  }
}

function sizeOf({ logs, response }: Activation): number {
  const result = JSON.stringify(response.result)
  return logs.reduce((sum, line) => sum + Buffer.byteLength(line), Buffer.byteLength(result))
}
