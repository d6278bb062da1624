import { FetchError, type OpenSource } from './fetched-file.ts'
import { openUrl } from './open-url.ts'

/** How much of what is behind a URL is waited for. */
export interface WholeOptions {
  /** The most that the file may have, in bytes. */
  readonly mostBytes: number
  /** How long all of it may take, in milliseconds. */
  readonly timeMs: number
  /** Ends the fetching. */
  readonly signal?: AbortSignal
  /** Opens the URL; as a stranger's unless given. */
  readonly open?: OpenSource
}

/**
 * Gets all of the file behind a URL that somebody else has chosen. Neither an endless file nor a server that stalls holds
 * whoever asks up.
 *
 * @throws {@link FetchError} when there is no such file, or when it has too many bytes or takes too long
 */
export async function fetchWhole(
  url: string,
  { mostBytes, timeMs, signal, open = openUrl }: WholeOptions,
): Promise<Buffer> {
  const timeout = AbortSignal.timeout(timeMs)
  try {
    const either = signal ? AbortSignal.any([timeout, signal]) : timeout
    const { content } = await open(url, { from: 0, signal: either })
    return await readAll(content, mostBytes)
  } catch (error) {
    signal?.throwIfAborted()
    if (!timeout.aborted) throw error
    throw new FetchError(`it took more than ${timeMs / 1000} seconds`, { cause: error })
  }
}

async function readAll(content: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of content) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > mostBytes) throw new FetchError(`it has more than ${mostBytes} bytes`)
  }
  return Buffer.concat(chunks)
}
