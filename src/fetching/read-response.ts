import type { IncomingMessage } from 'node:http'
import { type Duplex, pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { explain } from './connection-error.ts'
import { FetchError, type FetchedFile } from './fetched-file.ts'

/** How servers compress, even when they were asked not to. */
const DECODERS: ReadonlyMap<string | undefined, () => Duplex> = new Map<string, () => Duplex>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/** Whether an answer brings a file, or a part of one. */
export function isFile(statusCode: number): boolean {
  return statusCode === 200 || statusCode === 206
}

/** @param why - what the server says besides */
export function refusedWith(statusCode: number, why?: string): FetchError {
  const temporary = statusCode >= 500 || statusCode === 429
  const said = why === undefined ? '' : `: ${why.replace(/\.$/, '')}`
  return new FetchError(`the server answered ${statusCode}${said}`, {
    temporary,
    status: statusCode,
  })
}

/**
 * The file that an answer brings.
 *
 * @param from - the byte that was asked for as its first
 * @throws {@link FetchError} when it brings none
 */
export function readResponse(response: IncomingMessage, from: number): FetchedFile {
  try {
    return readHeaders(response, from)
  } catch (error) {
    response.destroy()
    throw error
  }
}

function readHeaders(response: IncomingMessage, from: number): FetchedFile {
  const { statusCode = 0, headers } = response
  if (!isFile(statusCode)) throw refusedWith(statusCode)
  const isPart = statusCode === 206
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
