import { isReason, type Reason } from '../base/errors.ts'
import { isRecord } from '../base/json.ts'
import { hideLocalPaths } from '../base/local-paths.ts'
import { redact } from '../base/redact.ts'
import type { RenditionEvent } from '../contract/event.ts'
import type { OrderFailure } from '../orders/door.ts'

/** Why a rendition failed, in the words of the Asset Compute API. */
export interface RenditionFailure {
  readonly reason: Reason
  readonly message: string
}

/** Why a rendition failed that no worker has reported; what its activation left as its result says most. */
export function toRenditionFailure({ code, message, result }: OrderFailure): RenditionFailure {
  const failure: RenditionFailure =
    code === 'unreported' ? readResult(result) : { reason: 'GenericError', message }
  return { ...failure, message: tellFailure(failure.message) }
}

/** Of a rendition without a `fmt`, as custom workers get them (`@adobe/asset-compute-sdk`, lib/worker.js). */
const NO_FORMAT = "for rendition fmt='undefined'"

/** What a worker says of a failure as whoever has asked for the rendition may hear it: nothing secret, and no local paths. */
export function tellFailure(message: string): string {
  return hideLocalPaths(redact(message)).replace(NO_FORMAT, 'for a rendition without fmt')
}

function readResult(result: unknown): RenditionFailure {
  const error = isRecord(result) && 'error' in result ? result['error'] : undefined
  if (typeof error === 'string') return { reason: 'GenericError', message: error }
  if (!isRecord(error)) {
    return {
      reason: 'GenericError',
      message: 'The worker ended without a word about this rendition.',
    }
  }
  const { reason, message } = error
  return {
    reason: isReason(reason) ? reason : 'GenericError',
    message:
      typeof message === 'string' && message !== ''
        ? message
        : 'The worker failed without saying why.',
  }
}

/**
 * Whether an event says only that something failed before any rendition was begun, such as the download of the source.
 * The SDK then reports each rendition with this message (`@adobe/asset-compute-sdk`, lib/worker.js, cleanup()) and ends
 * its activation with the error itself.
 */
export function isWithoutReason({ type, errorMessage }: RenditionEvent): boolean {
  return type === 'rendition_failed' && errorMessage === 'Unknown error'
}
