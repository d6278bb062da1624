import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { readErrorDocument } from '../base/redact.ts'
import { exchange } from './exchange.ts'
import { FetchError, type FetchedFile } from './fetched-file.ts'
import type { Connections } from './reach.ts'
import { isFile, readResponse, refusedWith } from './read-response.ts'

const MAX_REDIRECTS = 5

/** An error document is far shorter. */
const MOST_REFUSAL_CHARACTERS = 10_000

/** How long an error document is waited for, in milliseconds. */
const REFUSAL_MS = 5000

/** How a URL is opened. */
export interface DownloadOptions {
  /** Ends the download, its content too. */
  readonly signal: AbortSignal
  /** The first byte that is of interest; a server may send the others too. */
  readonly from?: number
  /** How long a server may be silent, in milliseconds. */
  readonly idleMs?: number | undefined
  /** Sent along, by names in lower case. Another origin that is redirected to gets only those that cannot be credentials. */
  readonly headers?: Readonly<Record<string, string>>
  /** Which hosts may be connected to; any unless given. */
  readonly connections?: Connections | undefined
  /** Whether `http:` will do where the connections allow it; not unless given. */
  readonly mayBePlain?: boolean
}

/** A file behind a URL, and what its server says of it besides. */
export interface UrlFile extends FetchedFile {
  /** Where it was in the end. */
  readonly url: string
  /** `Content-Type`, as it was sent. */
  readonly contentType: string | undefined
  /** `Content-Disposition`, as it was sent. */
  readonly disposition: string | undefined
}

/** Headers that tell nobody a secret. */
const HARMLESS: readonly string[] = ['accept', 'accept-language', 'user-agent']

/**
 * Opens a URL that somebody else has chosen. So only `https:` (and `data:`, which fetches nothing) is followed, through
 * redirects too, and a server that falls silent does not hold the worker up.
 *
 * @returns the file, whose content fails with a {@link FetchError} when it breaks off
 * @throws {@link FetchError} when there is no such file; {@link FetchError.temporary} when another attempt may help
 */
export async function openUrl(
  url: string,
  { from = 0, headers = {}, mayBePlain = false, ...options }: DownloadOptions,
): Promise<UrlFile> {
  if (/^\s*data:/i.test(url)) return openDataUrl(url)
  let next = URL.parse(url)
  if (next?.protocol !== 'https:' && !(mayBePlain && next?.protocol === 'http:')) {
    throw new FetchError('it is no https: or data: URL')
  }
  let sent = headers
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const range: Record<string, string> = from === 0 ? {} : { range: `bytes=${from}-` }
    const response = await exchange(next, {
      ...options,
      headers: { ...sent, 'accept-encoding': 'identity', ...range },
    })
    const { statusCode = 0 } = response
    const { location } = response.headers
    if (statusCode < 300 || statusCode >= 400 || location === undefined) {
      if (!isFile(statusCode)) throw refusedWith(statusCode, await readRefusal(response))
      return describe(response, next, from)
    }
    response.destroy()
    const target = URL.parse(location, next.href)
    if (target?.protocol !== 'https:' && target?.protocol !== next.protocol) {
      throw new FetchError('it redirects to a URL that is not https:')
    }
    if (target.origin !== next.origin) sent = harmlessOf(sent)
    next = target
  }
  throw new FetchError(`it redirects more than ${MAX_REDIRECTS} times`)
}

function describe(response: IncomingMessage, url: URL, from: number): UrlFile {
  const { 'content-type': contentType, 'content-disposition': disposition } = response.headers
  return { ...readResponse(response, from), url: url.href, contentType, disposition }
}

/** The error document of an object store, if it is one; of anything else nothing is told, as it may be anything. */
async function readRefusal(response: IncomingMessage): Promise<string | undefined> {
  let text = ''
  const tooLong = setTimeout(() => response.destroy(), REFUSAL_MS)
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      text += String(chunk)
      if (text.length > MOST_REFUSAL_CHARACTERS) break
    }
  } catch {
    // The status is what counts.
  }
  clearTimeout(tooLong)
  response.destroy()
  return readErrorDocument(text)
}

function harmlessOf(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.includes(name)))
}

async function openDataUrl(url: string): Promise<UrlFile> {
  try {
    const response = await fetch(url)
    const data = Buffer.from(await response.arrayBuffer())
    return {
      content: Readable.from([data]),
      size: data.length,
      date: undefined,
      start: 0,
      version: undefined,
      url: 'data:',
      contentType: response.headers.get('content-type') ?? undefined,
      disposition: undefined,
    }
  } catch (error) {
    throw new FetchError('there is no data in it', { cause: error })
  }
}
