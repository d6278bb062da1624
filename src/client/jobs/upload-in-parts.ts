import { setTimeout } from 'node:timers/promises'
import { refuseBad, ServiceRefusal } from '../refusal.ts'

/** How much goes in one request, in bytes: what a slow line brings within the five minutes that a request may take. */
const REQUEST_BYTES = 64 * 1024 * 1024

/** How often requests may fail while nothing comes through, and how long to wait in between, in milliseconds. */
const MOST_FAILURES = 5
const PAUSE_MS = 1000

const VERSION = { 'Tus-Resumable': '1.0.0' }

/**
 * Sends a file in parts, as tus has it. What breaks off goes on where the service says that it is.
 *
 * @param url - where the upload is begun
 * @param options.requestBytes - {@link REQUEST_BYTES} unless given
 * @param options.pauseMs - {@link PAUSE_MS} unless given
 * @throws {ServiceRefusal} what the service says of the file; what `fetch` throws when the service is not reached any more
 */
export async function uploadInParts(
  url: string,
  file: Blob,
  options: {
    filename: string
    signal?: AbortSignal | undefined
    requestBytes?: number
    pauseMs?: number
  },
): Promise<void> {
  const { filename, requestBytes = REQUEST_BYTES, pauseMs = PAUSE_MS } = options
  const signal = options.signal === undefined ? {} : { signal: options.signal }

  async function send(to: string, method: string, headers: Record<string, string>, body?: Blob) {
    const sent = { ...VERSION, ...headers }
    return refuseBad(
      await fetch(to, { method, headers: sent, ...signal, ...(body !== undefined && { body }) }),
    )
  }

  const begun = await send(url, 'POST', {
    'Upload-Length': String(file.size),
    'Upload-Metadata': `filename ${Buffer.from(filename).toString('base64')}`,
  })
  const upload = new URL(begun.headers.get('location') ?? '', url).href
  let offset = 0
  let failures = 0
  let isLost = false
  while (offset < file.size) {
    try {
      const answer = isLost
        ? await send(upload, 'HEAD', {})
        : await send(
            upload,
            'PATCH',
            patchHeaders(offset),
            file.slice(offset, offset + requestBytes),
          )
      const reached = Number(answer.headers.get('upload-offset'))
      if (reached > offset) failures = 0
      offset = reached
      isLost = false
    } catch (error) {
      failures += 1
      if (failures > MOST_FAILURES || options.signal?.aborted || !mayComeThrough(error)) throw error
      isLost = true
      await setTimeout(pauseMs, undefined, signal)
    }
  }
}

function patchHeaders(offset: number): Record<string, string> {
  return {
    'Upload-Offset': String(offset),
    'Content-Type': 'application/offset+octet-stream',
  }
}

/** Whether it makes sense to ask where the upload is, and to go on there. */
function mayComeThrough(error: unknown): boolean {
  if (!(error instanceof ServiceRefusal)) return error instanceof TypeError
  return error.status >= 500 || error.status === 409 || error.status === 423
}
