import {
  GenericError,
  RenditionFormatUnsupportedError,
  RenditionTooLarge,
  SourceCorruptError,
  SourceFormatUnsupportedError,
  SourceUnsupportedError,
} from '@adobe/asset-compute-sdk'
import { type Reason, RenditionError } from '../base/errors.ts'

const SDK_ERRORS: Readonly<Record<Reason, (message: string, location: string) => Error>> = {
  GenericError: (message, location) => new GenericError(message, location),
  SourceFormatUnsupported: (message) => new SourceFormatUnsupportedError(message),
  RenditionFormatUnsupported: (message) => new RenditionFormatUnsupportedError(message),
  SourceUnsupported: (message) => new SourceUnsupportedError(message),
  SourceCorrupt: (message) => new SourceCorruptError(message),
  RenditionTooLarge: (message) => new RenditionTooLarge(message),
}

/**
 * The error that the SDK understands, so that the `rendition_failed` event carries the right `errorReason`. What is no
 * {@link RenditionError} is a fault of this program: its message may name paths, so it stays in the log.
 *
 * @param location - a short text to search logs and metrics for, such as `image_worker`
 */
export function toSdkError(error: unknown, location: string): Error {
  const { reason, message } =
    error instanceof RenditionError
      ? error
      : { reason: 'GenericError' as const, message: 'The worker failed unexpectedly; see its log.' }
  const sdkError = SDK_ERRORS[reason](message, location)
  // Seen in the log, as causes are, but not in the activation's result, which is the enumerable part of an error.
  const cause = error instanceof RenditionError ? error.cause : error
  if (cause !== undefined) {
    Object.defineProperty(sdkError, 'cause', { value: cause, enumerable: false })
  }
  return sdkError
}
