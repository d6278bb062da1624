import { parseJson } from '../../base/json.ts'
import { isTooDeep, MOST_LEVELS } from '../../base/nesting.ts'
import { isRecord } from '../../base/record.ts'
import { redactSecrets } from '../../base/redact.ts'
import { type ActivationOutcome, developerError } from './activation-outcome.ts'
import type { ProcessMessage } from './protocol.ts'

/** Adobe I/O Runtime allows a result of 1 MB. */
const LARGEST_RESULT_BYTES = 1024 * 1024

/** Judges what an action gave back, by the rules of OpenWhisk's Node runtime. */
export function judgeResult(message: Extract<ProcessMessage, { json: string }>): ActivationOutcome {
  const bytes = Buffer.byteLength(message.json)
  if (bytes > LARGEST_RESULT_BYTES) {
    return developerError(
      `The action produced a response that exceeded the allowed length: ${bytes} > ${LARGEST_RESULT_BYTES} bytes.`,
    )
  }
  // An error quotes what it failed with, such as a presigned URL.
  const value = parseJson(message.type === 'threw' ? redactSecrets(message.json) : message.json)
  if (isTooDeep(value)) {
    return developerError(
      `The action produced a response that is nested more than ${MOST_LEVELS} levels deep.`,
    )
  }
  if (message.type === 'threw') return { status: 'application error', result: { error: value } }
  if (!isRecord(value)) return developerError('The action did not return a dictionary.')
  return { status: 'error' in value ? 'application error' : 'success', result: value }
}
