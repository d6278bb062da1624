import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Agent, createServer, request } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'

/** How often it is asked who is ready, in milliseconds. */
const LOOK_MS = 250

/** How long who is ready may take to say so, in milliseconds. */
const LOOK_TIMEOUT_MS = 2000

/** Whom to ask with a request, in this order, of those who are ready. */
export type Choice = (request: IncomingMessage, ready: readonly number[]) => readonly number[]

/** One address for several services, which end TLS as it does and have their ports at this machine. */
export interface Balancer {
  readonly origin: string
  /** Has it lead to these ports from now on. */
  readonly lead: (ports: readonly number[]) => void
  /** Resolves when all of them are ready. */
  readonly allReady: () => Promise<void>
  /** Cuts all connections, to clients and to services. */
  readonly cut: () => void
  readonly close: () => Promise<void>
}

/**
 * Runs a balancer, which asks each service whether it is ready, and sends each request to the next one that is. What did not reach
 * a service goes to another one; what did, and is not answered, is cut.
 *
 * @param options.cert - that it shows, and with `ca` those of the services
 * @param options.health - the path that is answered 200 by who is ready
 * @param options.choose - by turns unless given
 * @param options.isElsewhere - whether an answer says that another one has what is asked for; such requests have no bodies
 */
export async function runBalancer(options: {
  cert: string
  key: string
  ca: string
  health: string
  port?: number
  choose?: Choice
  isElsewhere?: (request: IncomingMessage, answer: IncomingMessage) => boolean
}): Promise<Balancer> {
  const { cert, key, ca, health, isElsewhere = () => false, choose = byTurns() } = options
  const agent = new Agent({ keepAlive: true, ca, servername: 'localhost' })
  let ports: readonly number[] = []
  let ready = new Set<number>()
  const sockets = new Set<Duplex>()
  const track = (socket: Duplex): void => {
    if (sockets.has(socket)) return
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  }

  async function look(): Promise<void> {
    const asked = ports
    const answers = await Promise.all(asked.map((port) => isReady(port)))
    ready = new Set(asked.filter((_, index) => answers[index]))
  }

  function isReady(port: number): Promise<boolean> {
    return new Promise((resolve) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          path: health,
          ca,
          servername: 'localhost',
          agent: false,
          timeout: LOOK_TIMEOUT_MS,
        },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode === 200)
        },
      )
      asked.on('timeout', () => asked.destroy())
      asked.on('error', () => resolve(false)).end()
    })
  }

  /** Asks one after the other until one takes it. */
  function pass(
    from: IncomingMessage,
    to: ServerResponse,
    [port, ...others]: readonly number[],
  ): void {
    if (port === undefined) {
      to.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' })
      to.end('No front end is ready.')
      return
    }
    let hasBegun = false
    const asked = request({
      host: '127.0.0.1',
      port,
      method: from.method,
      path: from.url,
      headers: from.headers,
      agent,
    })
    const begin = (): void => {
      hasBegun = true
      from.pipe(asked)
    }
    asked.once('socket', (socket: Socket) => {
      track(socket)
      if (socket.connecting) socket.once('secureConnect', begin)
      else begin()
    })
    asked.once('response', (answer) => {
      if (others.length > 0 && isElsewhere(from, answer)) {
        answer.resume()
        pass(from, to, others)
        return
      }
      to.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(to)
      answer.once('error', () => to.destroy())
    })
    asked.once('error', () => {
      // A service that is gone is not asked before it was looked for again.
      ready.delete(port)
      if (hasBegun) to.destroy()
      else pass(from, to, others)
    })
    to.once('close', () => asked.destroy())
  }

  const server = createServer({ cert, key, requestTimeout: 0 }, (from, to) => {
    pass(from, to, choose(from, inOrder()))
  })
  server.on('connection', track)
  server.on('upgrade', (from: IncomingMessage, client: Duplex, head: Buffer) => {
    const [port] = choose(from, inOrder())
    if (port === undefined) {
      client.destroy()
      return
    }
    const service = connect({ host: '127.0.0.1', port, ca, servername: 'localhost' }, () => {
      service.write(`${from.method} ${from.url} HTTP/1.1\r\n${headOf(from)}\r\n\r\n`)
      service.write(head)
      client.pipe(service).pipe(client)
    })
    track(service)
    service.on('error', () => client.destroy())
    client.on('error', () => service.destroy())
    client.once('close', () => service.destroy())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const looking = setInterval(() => void look(), LOOK_MS)

  function inOrder(): readonly number[] {
    return ports.filter((port) => ready.has(port))
  }

  return {
    origin: `https://localhost:${Object(server.address()).port}`,
    lead(to) {
      ports = to
    },
    async allReady() {
      do await look()
      while (ready.size < ports.length)
    },
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      clearInterval(looking)
      server.close()
      for (const socket of sockets) socket.destroy()
      agent.destroy()
      await once(server, 'close')
    },
  }
}

/** Each request goes to the next one, but for sockets that are polled: what one knows of those is not known to others. */
export function byTurns(): Choice {
  let turn = 0
  return ({ url = '' }, ready) => {
    if (url.startsWith('/socket.io/')) return ready
    turn += 1
    const first = turn % Math.max(1, ready.length)
    return [...ready.slice(first), ...ready.slice(0, first)]
  }
}

function headOf({ rawHeaders }: IncomingMessage): string {
  const lines: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`)
  }
  return lines.join('\r\n')
}
