import { RenditionError } from '../base/errors.ts'
import { nameUrl } from '../base/redact.ts'
import { FetchError } from '../fetching/fetched-file.ts'
import { openUrl } from '../fetching/open-url.ts'

/** More than any watermark, and little for an action; in bytes. */
const MAX_BYTES = 32 * 1024 * 1024
const TIME_LIMIT_MS = 30_000

/**
 * Gets the file behind a watermark's URL. Whoever sends a request chooses it, so neither an endless file nor a server
 * that stalls holds the worker up.
 *
 * @throws {@link RenditionError} GenericError saying what is wrong with which URL
 */
export async function downloadWatermark(url: string): Promise<Buffer> {
  const signal = AbortSignal.timeout(TIME_LIMIT_MS)
  try {
    return await readAll(url, signal)
  } catch (error) {
    const what = signal.aborted
      ? `it took more than ${TIME_LIMIT_MS / 1000} seconds`
      : explain(error)
    if (what === undefined) throw error
    const sentence = `The watermark could not be fetched from ${nameUrl(url)}: ${what}.`
    throw new RenditionError('GenericError', sentence, { cause: error })
  }
}

async function readAll(url: string, signal: AbortSignal): Promise<Buffer> {
  const { content } = await openUrl(url, { signal })
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of content) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw new FetchError(`it has more than ${MAX_BYTES} bytes`)
  }
  return Buffer.concat(chunks)
}

function explain(error: unknown): string | undefined {
  return error instanceof FetchError ? error.message : undefined
}
