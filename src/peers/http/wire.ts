import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { exchange } from '../../fetching/exchange.ts'
import type { FetchedFile } from '../../fetching/fetched-file.ts'
import { openConnections } from '../../fetching/reach.ts'
import { readResponse } from '../../fetching/read-response.ts'
import type { PeerContext } from '../peer.ts'
import { persist } from '../persist.ts'
import { type Reason, Refusal, refusalOf } from '../refusal.ts'

/** In bytes; a page of a listing has a thousand names of at most 1 KB. */
const LONGEST_REPLY = 16 * 1024 * 1024

/** How long a peer may be silent that puts a file together, in milliseconds. */
const SLOW_MS = 5 * 60 * 1000

/** A request of a peer's API. */
export interface Call {
  /** `GET` unless given. */
  readonly method?: string
  readonly url: URL
  /** By names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  /** A text, or what begins to read a file; that needs its `content-length` among the headers. */
  readonly body?: string | (() => AsyncIterable<Uint8Array>)
  /** Whether the peer puts a file together before it answers, which takes many of them minutes. */
  readonly isSlow?: boolean
  /** Ends this request; the whole has a signal of its own. */
  readonly signal?: AbortSignal
}

/** What a peer answers. */
export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** A file that has been opened, or looked at. */
export interface StoredFile extends FetchedFile {
  readonly contentType: string | undefined
}

/** What a peer's API has of its own. */
interface Dialect {
  /** All headers of a call, with those that say who makes it. It is asked anew for every attempt. */
  readonly sign: (
    call: Call,
  ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** What an answer that is no success says. */
  readonly reasonOf: (reply: Reply) => Reason
}

/** Sends requests to one peer. */
export interface Wire {
  /**
   * Sends a request until it is answered, and reads the answer.
   *
   * @param accepts - further statuses that are no refusal
   * @throws `FetchError`, a {@link Refusal} among them
   */
  ask(call: Call, accepts?: readonly number[]): Promise<Reply>
  /** Sends a request once and reads the answer. */
  askOnce(call: Call, accepts?: readonly number[]): Promise<Reply>
  /**
   * Opens what is behind a URL, once.
   *
   * @param request.to - the byte behind the last one that is wanted, which is then the size of the file; all unless given
   */
  open(
    url: string,
    request: { readonly from: number; readonly to?: number; readonly signal: AbortSignal },
  ): Promise<StoredFile>
  /** What {@link Wire.open} would tell of a file, whose content is not read. */
  look(url: URL): Promise<StoredFile>
  /** Ends what is left of connections. */
  close(): void
}

/** Opens no connection yet. */
export function openWire({ sign, reasonOf }: Dialect, context: PeerContext): Wire {
  const connections = openConnections(context.reach, context.ownStorage)
  const { idleMs } = context

  async function send(call: Call, ends: AbortSignal = context.signal): Promise<IncomingMessage> {
    const { method = 'GET', url, body } = call
    const headers: Record<string, string> = { ...call.headers }
    if (typeof body === 'string') headers['content-length'] = String(Buffer.byteLength(body))
    const signal = call.signal ?? ends
    return await exchange(url, {
      method,
      headers: await sign({ ...call, headers }),
      body: typeof body === 'function' ? body() : body,
      signal,
      idleMs: call.isSlow === true ? SLOW_MS : idleMs,
      connections,
    })
  }

  async function refuse(response: IncomingMessage): Promise<Refusal> {
    const reply = await readReply(response)
    return refusalOf(reply.status, reasonOf(reply))
  }

  async function askOnce(call: Call, accepts: readonly number[] = []): Promise<Reply> {
    const response = await send(call)
    const { statusCode = 0 } = response
    const succeeds = statusCode >= 200 && statusCode < 300
    if (!succeeds && !accepts.includes(statusCode)) throw await refuse(response)
    return await readReply(response)
  }

  const open: Wire['open'] = async (href, { from, to, signal }) => {
    const isAll = from === 0 && to === undefined
    const range: Record<string, string> = isAll
      ? {}
      : { range: `bytes=${from}-${to === undefined ? '' : to - 1}` }
    const headers = { 'accept-encoding': 'identity', ...range }
    const response = await send({ url: new URL(href), headers, signal })
    if (response.statusCode !== 200 && response.statusCode !== 206) throw await refuse(response)
    const file = readResponse(response, from)
    const size = to === undefined ? file.size : Math.min(to, file.size ?? to)
    return { ...file, size, contentType: response.headers['content-type'] }
  }

  async function look(url: URL): Promise<StoredFile> {
    const headers = { 'accept-encoding': 'identity' }
    const response = await send({ method: 'HEAD', url, headers })
    if (response.statusCode === 200) {
      response.resume()
      return { ...readResponse(response, 0), contentType: response.headers['content-type'] }
    }
    // The answer to HEAD has no body that would say why.
    response.destroy()
    const looking = new AbortController()
    const signal = AbortSignal.any([context.signal, looking.signal])
    const file = await open(url.href, { from: 0, signal })
    looking.abort()
    return file
  }

  return {
    ask: (call, accepts) =>
      persist(() => askOnce(call, accepts), { ...context, signal: call.signal ?? context.signal }),
    askOnce,
    open,
    look: (url) => persist(() => look(url), context),
    close: () => connections.close(),
  }
}

async function readReply(response: IncomingMessage): Promise<Reply> {
  const { statusCode: status = 0, headers } = response
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of chunksOf(response)) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > LONGEST_REPLY) throw new Refusal('failed', 'its answer is too long')
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw refusalOf(502, { message: 'and the connection ended' })
  }
  return { status, headers, text: Buffer.concat(chunks).toString() }
}

function chunksOf(response: IncomingMessage): AsyncIterable<Uint8Array> {
  return response
}
