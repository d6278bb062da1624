import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import type { Expectation, Reply } from './expectation.ts'
import type { MockedRequest } from './request-matcher.ts'

const HTTPS_PORT = 443
const HTTP_PORT = 80

/** What mocked hosts were asked. */
export interface MockCalls {
  /** One line for each request. */
  readonly calls: readonly string[]
  /** The expectations that no request has met, but for those that are optional; see {@link Expectation.called}. */
  readonly uncalled: readonly string[]
}

/** Hosts that answer what they are told to. */
export interface MockServer {
  /** The port on this machine that takes the place of each port of each host, by names such as `example.com:443`. */
  readonly ports: Readonly<Record<string, number>>
  /** From now on these hosts answer by their expectations, in the order in which those are to be looked at. */
  begin: (expectations: ReadonlyMap<string, readonly Expectation[]>) => void
  /**
   * From now on connections to all hosts go to the hosts themselves again, as those to hosts without expectations do.
   *
   * @returns what they were asked since {@link begin}
   */
  end: () => MockCalls
  close: () => Promise<void>
}

/** An expectation in use. */
interface Live extends Expectation {
  left: number
  met: boolean
  /** By `Date.now()`. */
  readonly until: number
}

/**
 * Starts servers on this machine that take the place of the ports 80 and 443 of hosts.
 *
 * @param options.cert - a certificate for all of them, PEM
 * @param options.key - its private key, PEM
 */
export async function startMockServer(options: {
  hosts: readonly string[]
  cert: string
  key: string
}): Promise<MockServer> {
  const { hosts, cert, key } = options
  const live = new Map<string, Live[]>()
  const sockets = new Set<Socket>()
  let calls: string[] = []
  let round = new AbortController()

  function listen(host: string, port: number): Promise<Server> {
    const secure = port === HTTPS_PORT
    const handler = (request: IncomingMessage, response: ServerResponse): void => {
      // A connection that broke needs no answer.
      answer(host, secure, request, response).catch(() => response.destroy())
    }
    const server = secure ? createHttpsServer({ cert, key }, handler) : createHttpServer(handler)
    const front = createServer((socket) => {
      keep(socket)
      if (live.has(host)) server.emit('connection', socket)
      else passOn(socket, keep(connect(port, host)))
    })
    return new Promise((resolve, reject) => {
      front.once('error', reject)
      front.listen(0, '127.0.0.1', () => resolve(front))
    })
  }

  function keep(socket: Socket): Socket {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    return socket
  }

  async function answer(
    host: string,
    secure: boolean,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { signal } = round
    const request = await readRequest(incoming, secure)
    const expectation = live
      .get(host)
      ?.find(({ left, until, matches }) => left > 0 && Date.now() < until && matches(request))
    const reply = expectation?.reply
    calls.push(`mock ${host}: ${request.method} ${incoming.url} → ${describe(reply)}`)
    if (expectation !== undefined) {
      expectation.left -= 1
      expectation.met = true
    }
    if (reply !== undefined && reply.delayMs > 0)
      await setTimeout(reply.delayMs, undefined, { signal })
    if (reply?.dropConnection === true) {
      incoming.socket.destroy()
      return
    }
    send(response, reply)
  }

  /** Connections that are kept must not lead a request to where an earlier one belonged. */
  function endRound(): void {
    live.clear()
    round.abort()
    round = new AbortController()
    for (const socket of sockets) socket.destroy()
  }

  const fronts = await Promise.all(
    hosts.flatMap((host) =>
      [HTTPS_PORT, HTTP_PORT].map(async (port) => ({
        name: `${host}:${port}`,
        server: await listen(host, port),
      })),
    ),
  )

  return {
    ports: Object.fromEntries(fronts.map(({ name, server }) => [name, portOf(server)])),
    begin(expectations) {
      endRound()
      calls = []
      for (const [host, each] of expectations) {
        live.set(
          host,
          each.map((expectation) => ({
            ...expectation,
            left: expectation.times,
            met: false,
            until: Date.now() + expectation.lifetimeMs,
          })),
        )
      }
    },
    end() {
      const uncalled = Array.from(live.values())
        .flat()
        .filter(({ met, optional, times }) => !met && !optional && times > 0)
        .map(({ called }) => called)
      endRound()
      return { calls, uncalled }
    },
    async close() {
      endRound()
      await Promise.all(fronts.map(({ server }) => new Promise((done) => server.close(done))))
    },
  }
}

function passOn(socket: Socket, upstream: Socket): void {
  socket.pipe(upstream).pipe(socket)
  socket.once('close', () => upstream.destroy())
  upstream.once('close', () => socket.destroy())
}

async function readRequest(incoming: IncomingMessage, secure: boolean): Promise<MockedRequest> {
  const { method = '', url = '/', rawHeaders } = incoming
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  return {
    method,
    path: decode(path),
    query: Array.from(new URLSearchParams(query)),
    headers: rawHeaders.flatMap((name, at) =>
      at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
    ),
    body: await buffer(incoming),
    secure,
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function describe(reply: Reply | undefined): string {
  if (reply === undefined) return '404, since no expectation matches'
  return reply.dropConnection ? 'the connection is dropped' : String(reply.status)
}

/** Without an expectation that matches, MockServer answers 404 without a body. */
function send(
  response: ServerResponse,
  reply: Exclude<Reply, { dropConnection: true }> | undefined,
): void {
  if (reply === undefined) {
    response.writeHead(404).end()
    return
  }
  for (const [name, values] of reply.headers) response.setHeader(name, values)
  // What says how long the body is has to be true.
  response.removeHeader('transfer-encoding')
  response.setHeader('content-length', reply.body.length)
  response.statusCode = reply.status
  if (reply.reason !== undefined) response.statusMessage = reply.reason
  response.end(reply.body)
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (typeof address !== 'object' || address === null)
    throw new Error('a server that listens has a port')
  return address.port
}
