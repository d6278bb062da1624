import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type ListenOptions, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { explain } from '../../fetching/connection-error.ts'
import { checkAddress, lookupWithin, type Reach } from '../../fetching/reach.ts'

/** How many connections a page has at once; the oldest ones of a browser are not closed for new ones. */
const MOST_CONNECTIONS = 256

/** Headers of one connection, which mean nothing on the next (RFC 9110, 7.6.1). */
const OF_CONNECTION: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** The only way that a page has to any network. */
export interface CaptureProxy {
  /** Where it listens: a port of this machine, or 0 when it is a file's socket. */
  readonly port: number
  readonly username: string
  /** Made for this one proxy. */
  readonly password: string
  /** Why there was no connection to the host of a URL, if there was none: it completes "… could not be opened: …". */
  problemOf(url: string): string | undefined
  /** Whether more was sent than may be; nothing goes through any more then. */
  isOverrun(): boolean
  /** Ends it, and every connection. */
  close(): Promise<void>
}

/** What a proxy lets through. */
export interface ProxyRules {
  /** How far the addresses of a host and port may reach; undefined for those that nobody may connect to. */
  readonly reachOf: (host: string, port: number) => Reach | undefined
  /** The most bytes that all servers together may send. */
  readonly mostBytes: number
}

/**
 * Opens a proxy. It asks for a password, looks a name up once, refuses each address that is out of reach, and connects to
 * what it has checked, so that an answer of a name server that changes meanwhile changes nothing.
 *
 * @param listen - `{path}` of a socket, or `{host, port}`
 */
export async function openProxy(
  listen: ListenOptions,
  { reachOf, mostBytes }: ProxyRules,
): Promise<CaptureProxy> {
  const username = 'capture'
  const password = randomBytes(24).toString('base64url')
  const expected = Buffer.from(`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`)
  const problems = new Map<string, string>()
  const sockets = new Set<Duplex>()
  let bytes = 0

  function keep<Kept extends Duplex>(socket: Kept): Kept {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // What breaks is told to whoever is at the other end.
    socket.on('error', () => undefined)
    return socket
  }

  function count(chunk: Uint8Array): void {
    bytes += chunk.length
    if (bytes > mostBytes) for (const socket of sockets) socket.destroy()
  }

  function isKnown({ headers }: IncomingMessage): boolean {
    const given = Buffer.from(headers['proxy-authorization'] ?? '')
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  /** What a connection is made with; throws what is wrong with its target. */
  function toTarget(url: URL) {
    const port = url.port === '' ? 80 : Number(url.port)
    const reach = reachOf(url.hostname, port)
    if (reach === undefined || bytes > mostBytes) throw new Error('nothing may be opened')
    // Whether what goes through is encrypted is between browser and server, as it is for people.
    checkAddress(url.hostname, reach, true)
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    return { host, port, lookup: lookupWithin(reach, true) }
  }

  function note(url: URL, error: unknown): void {
    const told = explain(error, 'there is no connection')
    const key = hostOf(url)
    if (told instanceof Error && !problems.has(key)) problems.set(key, told.message)
  }

  function tunnel(asked: IncomingMessage, client: Duplex, head: Buffer): void {
    keep(client)
    if (!isKnown(asked)) {
      client.end(`HTTP/1.1 407 ${UNKNOWN}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
      return
    }
    const url = URL.parse(`http://${asked.url}`)
    if (url === null) return void client.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    let server: Socket
    try {
      server = keep(connect(toTarget(url)))
    } catch (error) {
      note(url, error)
      return void client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    }
    server.on('error', (error) => {
      note(url, error)
      client.destroy()
    })
    server.once('connect', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      server.write(head)
      server.on('data', count)
      server.pipe(client).pipe(server)
    })
    client.on('close', () => server.destroy())
    server.on('close', () => client.destroy())
  }

  function forward(incoming: IncomingMessage, response: ServerResponse): void {
    if (!isKnown(incoming)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="capture"' }).end()
      return
    }
    const url = URL.parse(incoming.url ?? '')
    if (url?.protocol !== 'http:') return void response.writeHead(400).end()
    try {
      const sent = request({
        ...toTarget(url),
        method: incoming.method,
        path: `${url.pathname}${url.search}`,
        headers: endToEnd(incoming.headers),
        setHost: false,
        agent: false,
      })
      sent.on('socket', keep)
      sent.on('response', (answer) => {
        answer.on('data', count)
        answer.on('error', () => response.destroy())
        response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers))
        answer.pipe(response)
      })
      sent.on('error', (error) => {
        note(url, error)
        response.destroy()
      })
      response.on('close', () => sent.destroy())
      incoming.pipe(sent)
    } catch (error) {
      note(url, error)
      response.destroy()
    }
  }

  const server = createServer(forward)
  server.maxConnections = MOST_CONNECTIONS
  server.on('connection', keep)
  server.on('connect', tunnel)
  server.on('clientError', (_error, socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(listen, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    username,
    password,
    problemOf(url) {
      const parsed = URL.parse(url)
      return parsed === null ? undefined : problems.get(hostOf(parsed))
    },
    isOverrun: () => bytes > mostBytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

const UNKNOWN = 'Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="capture"'

/** Of `https:` a browser asks for a tunnel to port 443, which is no port that a URL of `http:` leaves out. */
function hostOf({ protocol, hostname, port }: URL): string {
  const usual = protocol === 'https:' || protocol === 'wss:' ? '443' : '80'
  return `${hostname}:${port === '' ? usual : port}`
}

function endToEnd(headers: IncomingMessage['headers']) {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !OF_CONNECTION.includes(name)),
  )
}
