import { OperationError } from '../../base/operation-error.ts'
import { nameUrl } from '../../base/redact.ts'
import { FetchError, type OpenSource } from '../../fetching/fetched-file.ts'

/** More than any watermark, and little for an action; in bytes. */
const MAX_BYTES = 32 * 1024 * 1024
const TIME_LIMIT_MS = 30_000

/**
 * Gets the file behind a watermark's URL. Whoever sends a request chooses it, so neither an endless file nor a server
 * that stalls holds the others up.
 *
 * @param options.signal - gives it up
 * @throws {@link OperationError} saying what is wrong with which URL
 */
export async function fetchWatermark(
  url: string,
  { fetch, signal }: { readonly fetch: OpenSource; readonly signal: AbortSignal },
): Promise<Buffer> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS)
  try {
    return await readAll(url, fetch, AbortSignal.any([signal, limit]))
  } catch (error) {
    signal.throwIfAborted()
    const problem = limit.aborted
      ? `it took more than ${TIME_LIMIT_MS / 1000} seconds`
      : explain(error)
    if (problem === undefined) throw error
    const place = nameUrl(url)
    throw new OperationError('watermark_unavailable', { place, problem }, { cause: error })
  }
}

async function readAll(url: string, fetch: OpenSource, signal: AbortSignal): Promise<Buffer> {
  const { content } = await fetch(url, { from: 0, signal })
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
