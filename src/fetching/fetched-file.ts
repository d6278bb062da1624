/** A file behind a URL, open for reading. */
export interface FetchedFile {
  /** The bytes, in chunks of any size; fails with a {@link FetchError} when they cannot be had to the end. */
  readonly content: AsyncIterable<Uint8Array>
  /** Writes all of {@link content} into a file at once, where it is on this machine and not large; false when that fails. */
  readonly saveAtOnce?: (file: string) => boolean
  /** The bytes of the whole file; undefined when only its end will tell. */
  readonly size: number | undefined
  /** When it was last changed; undefined when nobody says. */
  readonly date: Date | undefined
  /** Where in the file {@link content} starts: 0, or where it was asked to start. */
  readonly start: number
  /** What another content under the same URL would not have; undefined when nobody says. */
  readonly version: string | undefined
}

/**
 * Opens the file behind a URL.
 *
 * @param request.from - the first byte that is of interest; a source may start at 0 all the same
 * @param request.signal - ends the fetching, of the content too
 * @throws {@link FetchError} when there is no such file
 */
export type OpenSource = (
  url: string,
  request: { readonly from: number; readonly signal: AbortSignal },
) => Promise<FetchedFile>

/** A file that cannot be fetched, or put. The message completes a sentence: "… could not be fetched from …: <message>." */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  /** Whether the same may work a moment later. */
  readonly temporary: boolean
  /** The status of HTTP that says so; undefined when there is no answer, or it is not at fault. */
  readonly status: number | undefined

  constructor(message: string, { temporary = false, status, ...options }: FetchErrorOptions = {}) {
    super(message, options)
    this.temporary = temporary
    this.status = status
  }
}

interface FetchErrorOptions extends ErrorOptions {
  temporary?: boolean
  status?: number
}
