import { type NearbyObject, nearbyService } from '../base/nearby-service.ts'
import { chunksOf, copyAtOnce } from '../base/read-slices.ts'
import { FetchError } from './fetched-file.ts'
import type { UrlFile } from './open-url.ts'

/**
 * Opens the object behind a presigned URL of the storage of the service that has started this process, as a file of this machine.
 *
 * @param signal - ends the reading
 * @returns undefined where a connection is needed. The content of a file fails with a {@link FetchError} when it cannot be read to its end;
 *   by a connection it may be
 */
export async function openNearby(url: string, signal: AbortSignal): Promise<UrlFile | undefined> {
  const opened = await nearbyService()?.open(url)
  if (opened === undefined) return undefined
  const { object, end } = opened
  return {
    content: read(object, signal, end),
    ...(object.size <= MOST_AT_ONCE_BYTES && {
      saveAtOnce: (file) => tryAtOnce(object, file, end),
    }),
    size: object.size,
    // A header tells it in seconds.
    date: new Date(Math.floor(object.modified / 1000) * 1000),
    start: 0,
    version: object.etag,
    url,
    contentType: object.contentType,
    disposition: object.disposition,
  }
}

/** As much is copied at once, in bytes: a hundredth of a second. */
const MOST_AT_ONCE_BYTES = 16 * 1024 ** 2

function tryAtOnce({ files }: NearbyObject, file: string, end: () => void): boolean {
  try {
    copyAtOnce(files, file)
  } catch {
    // It fails otherwise as well, and is told then.
    return false
  }
  end()
  return true
}

async function* read(
  { files }: NearbyObject,
  signal: AbortSignal,
  end: () => void,
): AsyncGenerator<Uint8Array> {
  let hasFailed = false
  try {
    for await (const chunk of chunksOf(files)) {
      signal.throwIfAborted()
      yield chunk
    }
  } catch (error) {
    hasFailed = true
    signal.throwIfAborted()
    throw new FetchError('its storage has not all of it', { temporary: true, cause: error })
  } finally {
    if (!hasFailed) end()
  }
}
