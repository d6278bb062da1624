import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { type Duplex, pipeline, Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { FetchError, type FetchedFile } from './fetched-file.ts'

const MAX_REDIRECTS = 5
const IDLE_MS = 30_000

/** How a URL is opened. */
export interface DownloadOptions {
  /** Ends the download, its content too. */
  readonly signal: AbortSignal
  /** The first byte that is of interest; a server may send the others too. */
  readonly from?: number
  /** How long a server may be silent, in milliseconds. */
  readonly idleMs?: number
}

/** What may be gone a moment later: a connection that was refused or broke, or a name server that was too busy. */
const TEMPORARY_CODES: readonly unknown[] = [
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]

/** How servers compress, even when they were asked not to. */
const DECODERS: ReadonlyMap<string | undefined, () => Duplex> = new Map<string, () => Duplex>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/**
 * Opens a URL that somebody else has chosen. So only `https:` (and `data:`, which fetches nothing) is followed, through
 * redirects too, and a server that falls silent does not hold the worker up.
 *
 * @returns the file, whose content fails with a {@link FetchError} when it breaks off
 * @throws {@link FetchError} when there is no such file; {@link FetchError.temporary} when another attempt may help
 */
export async function openUrl(
  url: string,
  { signal, from = 0, idleMs = IDLE_MS }: DownloadOptions,
): Promise<FetchedFile> {
  if (/^\s*data:/i.test(url)) return openDataUrl(url)
  let next = URL.parse(url)
  if (next?.protocol !== 'https:') throw new FetchError('it is no https: or data: URL')
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await getResponse(next, { signal, from, idleMs })
    const { statusCode = 0, headers } = response
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) {
      return readResponse(response, from)
    }
    response.destroy()
    next = URL.parse(headers.location, next.href)
    if (next?.protocol !== 'https:')
      throw new FetchError('it redirects to a URL that is not https:')
  }
  throw new FetchError(`it redirects more than ${MAX_REDIRECTS} times`)
}

async function openDataUrl(url: string): Promise<FetchedFile> {
  try {
    const data = Buffer.from(await (await fetch(url)).arrayBuffer())
    return {
      content: Readable.from([data]),
      size: data.length,
      date: undefined,
      start: 0,
      version: undefined,
    }
  } catch (error) {
    throw new FetchError('there is no data in it', { cause: error })
  }
}

async function getResponse(
  url: URL,
  { signal, from, idleMs }: Required<DownloadOptions>,
): Promise<IncomingMessage> {
  const range = from === 0 ? {} : { range: `bytes=${from}-` }
  const headers = { 'accept-encoding': 'identity', ...range }
  try {
    return await new Promise((resolve, reject) => {
      const outgoing = request(url, { signal, headers, timeout: idleMs }, (response) => {
        // Nobody may be reading when it fails.
        response.on('error', () => undefined)
        outgoing.on('timeout', () => response.destroy(tooSlow(idleMs)))
        resolve(response)
      })
      outgoing.on('timeout', () => outgoing.destroy(tooSlow(idleMs)))
      outgoing.on('error', reject)
      outgoing.end()
    })
  } catch (error) {
    signal.throwIfAborted()
    throw explain(error, 'there is no connection')
  }
}

function readResponse(response: IncomingMessage, from: number): FetchedFile {
  try {
    return readHeaders(response, from)
  } catch (error) {
    response.destroy()
    throw error
  }
}

function readHeaders(response: IncomingMessage, from: number): FetchedFile {
  const { statusCode = 0, headers } = response
  const isPart = statusCode === 206
  if (statusCode !== 200 && !isPart) {
    const temporary = statusCode >= 500 || statusCode === 429
    throw new FetchError(`the server answered ${statusCode}`, { temporary })
  }
  const [, first, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []
  const start = isPart ? Number(first) : 0
  if (start !== 0 && start !== from) throw new FetchError('the server sent another part of it')
  const decoder = DECODERS.get(headers['content-encoding']?.toLowerCase())?.()
  const length = isPart ? total : headers['content-length']
  const size = decoder !== undefined || length === undefined ? undefined : Number(length)
  const date = new Date(headers['last-modified'] ?? Number.NaN)
  const body = decoder === undefined ? response : pipeline(response, decoder, () => undefined)
  return {
    content: readContent(body, start, size),
    size,
    date: Number.isNaN(date.getTime()) ? undefined : date,
    start,
    version: headers.etag ?? headers['last-modified'],
  }
}

async function* readContent(
  body: Readable,
  start: number,
  size: number | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = start
  try {
    for await (const chunk of chunksOf(body)) {
      bytes += chunk.length
      yield chunk
    }
  } catch (error) {
    const whole = size === undefined ? '' : ` of ${size}`
    throw explain(error, `the connection ended after ${bytes}${whole} bytes`)
  }
}

function chunksOf(body: Readable): AsyncIterable<Uint8Array> {
  return body
}

function tooSlow(idleMs: number): FetchError {
  return new FetchError(`the server was silent for ${idleMs / 1000} seconds`)
}

function explain(error: unknown, otherwise: string): unknown {
  if (error instanceof FetchError || !(error instanceof Error) || error.name === 'AbortError') {
    return error
  }
  const code = 'code' in error ? error.code : undefined
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return new FetchError('what the server compressed is damaged', { cause: error })
  }
  // That a connection ended says all that this code does.
  const suffix = typeof code !== 'string' || code === 'ECONNRESET' ? '' : ` (${code})`
  return new FetchError(`${otherwise}${suffix}`, {
    temporary: TEMPORARY_CODES.includes(code),
    cause: error,
  })
}
