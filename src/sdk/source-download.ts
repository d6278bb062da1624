import type { WorkerParams } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { FetchError } from '../fetching/fetched-file.ts'
import { retrying } from '../fetching/resume.ts'
import { saveFile } from '../fetching/save-file.ts'
import { readMaxBytes } from './parameters.ts'
import { openNamed } from './reach.ts'
import { RenditionError } from './rendition-error.ts'

/** What is sent along is the client's, but for what the connection is made of. */
const OWN_HEADERS =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|range|accept-encoding|content-.*|proxy-.*)$/i

const sourceSchema = z.object({
  url: z.string(),
  headers: z._default(z.record(z.string(), z.string()), {}),
})

/** Whether {@link downloadSource} has to fetch a source; the SDK decodes data URLs, and takes files of tests. */
export function isRemote(source: unknown): boolean {
  return /^https:/i.test(typeof source === 'string' ? source : String(urlOf(source)))
}

/**
 * Downloads the source of an activation.
 *
 * The SDK's own download follows redirects to `http:`, tries errors that stay for a minute, and has no limit of size or time
 * (@adobe/httptransfer).
 *
 * @param path - the file that it becomes
 * @throws {@link RenditionError} when it cannot be had, is too large, or comes too slowly
 */
export async function downloadSource(params: WorkerParams, path: string): Promise<void> {
  const { success, data } = z.safeParse(sourceSchema, params['source'])
  if (!success) {
    throw new RenditionError('GenericError', 'source.headers must be an object of texts.')
  }
  const { url, headers } = data
  const kept = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !OWN_HEADERS.test(name))
  const open = retrying((each, request) =>
    openNamed(each, { ...request, headers: Object.fromEntries(kept) }),
  )
  const { signal } = new AbortController()
  try {
    await saveFile(url, path, {
      open,
      mostBytes: readMaxBytes(params),
      signal,
      onProgress: (bytes, size) => console.log(describeProgress(bytes, size)),
    })
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    const host = URL.parse(url)?.host ?? 'nowhere'
    throw new RenditionError(
      'GenericError',
      `The source could not be fetched from ${host}: ${error.message}.`,
      { cause: error },
    )
  }
}

function describeProgress(bytes: number, size: number | undefined): string {
  const come = bytes.toLocaleString('en')
  return size === undefined
    ? `The source is being fetched: ${come} bytes so far.`
    : `The source is being fetched: ${come} of ${size.toLocaleString('en')} bytes so far.`
}

function urlOf(source: unknown): unknown {
  return typeof source === 'object' && source !== null ? Reflect.get(source, 'url') : undefined
}
