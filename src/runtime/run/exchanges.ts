import { subscribe } from 'node:diagnostics_channel'
import { isRecord } from '../../base/json.ts'
import { ClientRequest } from '../../base/node-http.ts'
import { nameUrl } from '../../base/redact.ts'
import { type HttpExchange, LONGEST_METHOD, LONGEST_URL, MOST_EXCHANGES } from './protocol.ts'

/** A request that is under way. */
interface OpenExchange {
  /** The answer has begun. */
  answered: (status: number) => void
  /** The answer was read, or the exchange has failed. */
  end: () => void
}

/** The HTTP exchanges of one activation. */
export interface Exchanges {
  /** @returns undefined when there were too many already, or the activation has ended */
  begin: (method: string, url: string) => OpenExchange | undefined
  /** Tells of one that has ended, and whose beginning was not told; of none when there were too many already. */
  add: (exchange: HttpExchange) => void
  /** The activation has ended: tells of those that are still open, and of nothing that comes later. */
  close: () => void
}

/**
 * Keeps the HTTP exchanges of one activation until they end.
 *
 * @param tell - is told of each that has ended, {@link MOST_EXCHANGES} times at most
 */
export function createExchanges(tell: (exchange: HttpExchange) => void): Exchanges {
  /** What is open, with what is to be done when the activation ends. */
  const open = new Map<OpenExchange, () => void>()
  let left = MOST_EXCHANGES

  return {
    begin(method, url) {
      if (left === 0) return undefined
      left -= 1
      const begun = { ...nameExchange(method, url), start: Date.now() }
      let answer: { status: number; at: number } | undefined
      const finish = (end: number): void => {
        if (open.delete(exchange)) tell({ ...begun, end, ...(answer && { status: answer.status }) })
      }
      const exchange: OpenExchange = {
        answered: (status) => {
          // Whatever code publishes where requests are told of need not be one.
          if (Number.isInteger(status)) answer = { status, at: Date.now() }
        },
        end: () => finish(Date.now()),
      }
      // Nobody has read the answer, so that it never ended.
      open.set(exchange, () => finish(answer?.at ?? Date.now()))
      return exchange
    },
    add(exchange) {
      if (left === 0) return
      left -= 1
      tell({ ...exchange, ...nameExchange(exchange.method, exchange.url) })
    },
    close() {
      left = 0
      for (const finish of open.values()) finish()
    },
  }
}

function nameExchange(method: string, url: string): Pick<HttpExchange, 'method' | 'url'> {
  return {
    method: method.slice(0, LONGEST_METHOD),
    url: nameUrl(url).slice(0, LONGEST_URL),
  }
}

/**
 * Watches every request that this thread makes from now on: with `fetch`, `node:http`, `node:https` or whatever library
 * uses these.
 *
 * @param current - the exchanges of the activation that is calling
 */
export function watchRequests(current: () => Exchanges | undefined): void {
  const open = new WeakMap<object, OpenExchange>()

  function begin(request: object, method: string, url: string): OpenExchange | undefined {
    const exchange = current()?.begin(method, url)
    if (exchange !== undefined) open.set(request, exchange)
    return exchange
  }

  // The channel `http.client.request.start` would tell of a request only when all of its body is sent.
  watch('http.client.request.created', (request) => {
    if (!(request instanceof ClientRequest)) return
    const { method, protocol, path } = request
    const host = request.getHeader('host') ?? request.host
    const exchange = begin(request, method, `${protocol}//${String(host)}${path}`)
    if (exchange !== undefined) request.once('close', exchange.end)
  })
  watch('http.client.response.finish', (request, { response }) => {
    if (isRecord(response)) open.get(request)?.answered(Number(response['statusCode']))
  })

  // Those of undici, which is what `fetch` is made of.
  watch('undici:request:create', (request) => {
    begin(
      request,
      String(request['method']),
      `${String(request['origin'])}${String(request['path'])}`,
    )
  })
  watch('undici:request:headers', (request, { response }) => {
    if (isRecord(response)) open.get(request)?.answered(Number(response['statusCode']))
  })
  watch('undici:request:trailers', (request) => open.get(request)?.end())
  watch('undici:request:error', (request) => open.get(request)?.end())
}

/** Subscribes to a channel of requests. What goes wrong here is no concern of the code that makes the request. */
function watch(
  channel: string,
  listener: (request: Record<string, unknown>, message: Record<string, unknown>) => void,
): void {
  subscribe(channel, (message) => {
    try {
      if (isRecord(message) && isRecord(message['request'])) listener(message['request'], message)
    } catch {
      // Left out of the exchanges.
    }
  })
}
