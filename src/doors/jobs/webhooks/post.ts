import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isWebUrl } from '../../../base/web-url.ts'
import { LocalReceiverError, lookupPublic, refuseLocalHost } from './receiver-url.ts'

const TIME_LIMIT_MS = 30_000

/** How much of an answer is read, in bytes, so that a receiver can say all of it; nothing is made of it. */
const MOST_ANSWERED_BYTES = 64 * 1024

/** One attempt to tell a receiver. */
export interface Posting {
  readonly url: string
  /** JSON. */
  readonly body: string
  /** See `sign`. */
  readonly signature: string
  /** Ends the attempt. */
  readonly signal: AbortSignal
}

/** What became of a {@link Posting}: the receiver's status, or in a sentence why there is none, now or ever. */
export type Answer =
  | { readonly status: number }
  | { readonly unreachable: string }
  | { readonly forbidden: string }

/** Sends to a receiver, whatever becomes of it. */
export type Post = (posting: Posting) => Promise<Answer>

/**
 * Makes what sends to URLs that strangers have chosen. They get this one call: redirects are not followed, and a receiver
 * that does not come to an end is left alone.
 *
 * @param options.allowLocal - whether receivers may be on this machine or in its networks: so on a laptop, where whoever asks
 *   for jobs could call them anyway; not so where strangers have keys
 * @param options.timeLimitMs - how long all of an attempt may take, 30 seconds unless given
 */
export function createPost(options: { allowLocal: boolean; timeLimitMs?: number }): Post {
  const { allowLocal, timeLimitMs = TIME_LIMIT_MS } = options
  return async (posting) => {
    const url = URL.parse(posting.url)
    if (url === null || !isWebUrl(posting.url)) {
      return { forbidden: 'Its URL is not one of http: or https:.' }
    }
    const timeLimit = AbortSignal.timeout(timeLimitMs)
    const signal = AbortSignal.any([timeLimit, posting.signal])
    try {
      if (!allowLocal) refuseLocalHost(url)
      return { status: await send(url, { ...posting, signal }, allowLocal) }
    } catch (error) {
      if (error instanceof LocalReceiverError) {
        return { forbidden: `Webhooks are not sent there: ${error.message}.` }
      }
      if (timeLimit.aborted) {
        return { unreachable: `The receiver did not answer within ${timeLimitMs / 1000} seconds.` }
      }
      return { unreachable: `There is no connection to the receiver${codeOf(error)}.` }
    }
  }
}

/** @returns the status, once the answer is at its end or nobody wants to hear more of it */
function send(url: URL, { body, signature, signal }: Posting, allowLocal: boolean) {
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'CloudConvert-Signature': signature,
    'User-Agent': 'Darkroom',
  }
  // A connection that was kept may end just when it is used again.
  const connection = { agent: false as const, ...(allowLocal ? {} : { lookup: lookupPublic }) }
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise<number>((resolve, reject) => {
    let status: number | undefined
    const outgoing = request(url, { method: 'POST', headers, signal, ...connection }, (answer) => {
      const answered = answer.statusCode ?? 0
      status = answered
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > MOST_ANSWERED_BYTES) answer.destroy()
      })
      // It has said what matters.
      answer.on('error', () => undefined)
      answer.on('close', () => resolve(answered))
    })
    outgoing.on('error', (error) => {
      if (status === undefined) reject(error)
      else resolve(status)
    })
    outgoing.end(body)
  })
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? ` (${code})` : ''
}
