/**
 * The reasons with which a rendition may fail, verbatim from `@adobe/asset-compute-commons` (lib/errors.js)
 * and the "Error reasons" table of the Asset Compute HTTP API.
 */
export const REASONS = [
  'GenericError',
  'SourceFormatUnsupported',
  'RenditionFormatUnsupported',
  'SourceUnsupported',
  'SourceCorrupt',
  'RenditionTooLarge',
] as const

/** Why a rendition failed; the `errorReason` of a `rendition_failed` event. */
export type Reason = (typeof REASONS)[number]

/** True when `value` is one of the documented reasons. */
export function isReason(value: unknown): value is Reason {
  return REASONS.some((reason) => reason === value)
}

/** A rendition that cannot be made: a documented reason and one sentence for the person who asked for it. */
export class RenditionError extends Error {
  override readonly name = 'RenditionError'
  readonly reason: Reason

  constructor(reason: Reason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** An HTTP request that is refused: a status and one sentence saying what was wrong and what would be right. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number
  /** Response headers that belong to this refusal, such as `Retry-After` (seconds). */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    options: ErrorOptions & { headers?: Record<string, string> } = {},
  ) {
    super(message, options)
    this.status = status
    this.headers = options.headers ?? {}
  }
}
