import { REASONS, type Reason } from '../base/errors.ts'
import { nearestName } from '../base/nearest-name.ts'

/**
 * The classes of errors that a worker may throw, with the reason that the event of each has (`@adobe/asset-compute-commons`,
 * lib/errors.js). Adobe's command takes their names for reasons, too.
 */
const REASON_OF_CLASS: Readonly<Record<string, Reason>> = {
  GenericError: 'GenericError',
  ArgumentError: 'GenericError',
  SourceFormatUnsupportedError: 'SourceFormatUnsupported',
  RenditionFormatUnsupportedError: 'RenditionFormatUnsupported',
  SourceUnsupportedError: 'SourceUnsupported',
  SourceCorruptError: 'SourceCorrupt',
  RenditionTooLarge: 'RenditionTooLarge',
}

/** What a failure is called: by the reason, and by the name of the error where that is known. */
export interface NamedFailure {
  readonly errorReason: string | undefined
  readonly errorName?: string | undefined
}

/** Whether a failure is the one that a case expects, by its reason or by the class of its error. */
export function isExpectedFailure(
  expected: string,
  { errorReason, errorName }: NamedFailure,
): boolean {
  if (expected === errorReason || expected === errorName) return true
  return errorReason !== undefined && REASON_OF_CLASS[expected] === errorReason
}

/**
 * Says which reason somebody may have meant, to go on with behind a sentence.
 *
 * @returns nothing for a reason that there is, and for what resembles none: workers may have reasons of their own
 */
export function tellMeantReason(expected: string): string {
  const known = [...REASONS, ...Object.keys(REASON_OF_CLASS)]
  if (known.includes(expected)) return ''
  const nearest = nearestName(expected, known)
  return nearest === undefined ? '' : `; did you mean '${nearest}'?`
}
