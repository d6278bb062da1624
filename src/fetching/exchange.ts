import type { IncomingMessage } from 'node:http'
import { request as requestSecure } from 'node:https'
import { pipeline, Readable } from 'node:stream'
import { request as requestPlain } from '../base/node-http.ts'
import { explain, tooLate, tooSlow } from './connection-error.ts'
import type { Connections } from './reach.ts'

/** How long a server may be silent, in milliseconds. */
export const IDLE_MS = 30_000

/** How often as long as it may be silent a server may take until it answers, once it has the request: it might send a letter a time. */
const IDLES_TO_ANSWER = 2

/** What is sent to a server. */
export interface Outgoing {
  /** `GET` unless given. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A stream needs its `content-length` among the headers. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined
  /** Ends the exchange, and the content of its answer too. */
  readonly signal: AbortSignal
  /** How long the server may be silent, in milliseconds; {@link IDLE_MS} unless given. */
  readonly idleMs?: number | undefined
  /** Where it may go; to any host over `https:` unless given. */
  readonly connections?: Connections | undefined
}

/**
 * Sends one request and waits for the head of its answer, whatever its status. A redirect is an answer.
 *
 * @throws a `FetchError` when there is no connection, the server falls silent or does not answer in time, and what `body` throws
 */
export async function exchange(url: URL, outgoing: Outgoing): Promise<IncomingMessage> {
  const { method = 'GET', headers = {}, body, signal, idleMs = IDLE_MS, connections } = outgoing
  const agent = connections?.agentFor(url)
  const request = url.protocol === 'http:' && agent !== undefined ? requestPlain : requestSecure
  let ownFailure: { error: unknown } | undefined
  let deadline: NodeJS.Timeout | undefined

  async function* bodyOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks
    } catch (error) {
      ownFailure = { error }
      throw error
    }
  }

  try {
    return await new Promise((resolve, reject) => {
      const options = { method, headers, signal, timeout: idleMs, ...(agent && { agent }) }
      const sent = request(url, options, (response) => {
        clearTimeout(deadline)
        // Nobody may be reading when it fails.
        response.on('error', () => undefined)
        sent.on('timeout', () => response.destroy(tooSlow(idleMs)))
        resolve(response)
      })
      sent.on('timeout', () => sent.destroy(tooSlow(idleMs)))
      sent.on('error', reject)
      const awaitAnswer = (): void => {
        const mostMs = IDLES_TO_ANSWER * idleMs
        deadline = setTimeout(() => sent.destroy(tooLate(mostMs)), mostMs)
      }
      if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
        awaitAnswer()
        sent.end(body)
      } else {
        sent.once('finish', awaitAnswer)
        pipeline(Readable.from(bodyOf(body), { highWaterMark: 2 }), sent, () => undefined)
      }
    })
  } catch (error) {
    signal.throwIfAborted()
    if (ownFailure !== undefined) throw ownFailure.error
    throw explain(error, 'there is no connection')
  } finally {
    clearTimeout(deadline)
  }
}
