import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { OperationError } from '../../base/operation-error.ts'
import { nameUrl } from '../../base/redact.ts'
import { FetchError, type OpenSource } from '../../fetching/fetched-file.ts'
import { retrying } from '../../fetching/resume.ts'

/** A file that somebody else has chosen, and where it stands among them, from 0. */
export interface RequestedUrl {
  readonly index: number
  readonly url: string
}

/**
 * Streams the file behind a URL to the disk.
 *
 * @throws {@link OperationError} naming it, when there is none
 */
export async function fetchFile(
  { index, url }: RequestedUrl,
  path: string,
  { fetch, signal }: { readonly fetch: OpenSource; readonly signal: AbortSignal },
): Promise<void> {
  const protocol = URL.parse(url)?.protocol
  if (protocol !== 'https:' && protocol !== 'data:') {
    const place = protocol === undefined ? undefined : nameUrl(url)
    throw new OperationError('file_url_invalid', { index, place })
  }
  try {
    const { content } = await retrying(fetch)(url, { from: 0, signal })
    await pipeline(content, createWriteStream(path), { signal })
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    const fields = { index, place: nameUrl(url), problem: error.message }
    throw new OperationError('file_unavailable', fields, { cause: error })
  }
}
