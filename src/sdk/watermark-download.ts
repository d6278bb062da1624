import { RenditionError } from '../base/errors.ts'
import { nameUrl } from '../base/redact.ts'
import { fetchWhole } from '../fetching/fetch-whole.ts'
import { FetchError } from '../fetching/fetched-file.ts'

/** More than any watermark, and little for an action. */
const LIMITS = { mostBytes: 32 * 1024 * 1024, timeMs: 30_000 }

/**
 * Gets the file behind a watermark's URL, which whoever sends a request chooses.
 *
 * @throws {@link RenditionError} GenericError saying what is wrong with which URL
 */
export async function downloadWatermark(url: string): Promise<Buffer> {
  try {
    return await fetchWhole(url, LIMITS)
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    const sentence = `The watermark could not be fetched from ${nameUrl(url)}: ${error.message}.`
    throw new RenditionError('GenericError', sentence, { cause: error })
  }
}
