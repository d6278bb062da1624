import { OperationError } from '../../base/operation-error.ts'
import { nameUrl } from '../../base/redact.ts'
import { fetchWhole } from '../../fetching/fetch-whole.ts'
import { FetchError, type OpenSource } from '../../fetching/fetched-file.ts'

/** More than any watermark, and little for an action. */
const LIMITS = { mostBytes: 32 * 1024 * 1024, timeMs: 30_000 }

/**
 * Gets the file behind a watermark's URL, which whoever sends a request chooses.
 *
 * @param options.signal - gives it up
 * @throws {@link OperationError} saying what is wrong with which URL
 */
export async function fetchWatermark(
  url: string,
  { fetch, signal }: { readonly fetch: OpenSource; readonly signal: AbortSignal },
): Promise<Buffer> {
  try {
    return await fetchWhole(url, { ...LIMITS, open: fetch, signal })
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    const fields = { place: nameUrl(url), problem: error.message }
    throw new OperationError('watermark_unavailable', fields, { cause: error })
  }
}
