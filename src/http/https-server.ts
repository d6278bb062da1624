import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { CapitalizedResponse } from './capitalized-response.ts'
import type { Certificates } from './certificates-schema.ts'

/** Where only this machine can connect. */
const LOOPBACK = '127.0.0.1'

/** How slowly a client may send a body: so many bytes at least in each so many milliseconds. Lines are slow, but not as slow as that. */
const LEAST_PACE = { bytes: 60_000, ms: 60_000 } as const

/** How long a client may take for the head of a request, and for beginning its first one, in milliseconds. */
const HEAD_MS = 60_000

/** How often it is looked who takes longer, in milliseconds; as Node does. */
const LOOK_MS = 30_000

/**
 * How long a connection is kept for the next request, in milliseconds. Longer than clients keep theirs (browsers 60 s or 115 s,
 * Java's 60 s): whoever ends a connection second never sends into one that has just been ended, and Node's own 5 s make a page
 * that is read for a while connect anew, which costs more than a picture that is kept.
 */
const KEEP_ALIVE_MS = 120_000

/** An HTTPS server of this machine. */
export interface HttpsServer {
  /** Such as `https://localhost:9443`. */
  origin: string
  /** For what upgrades connections, at the paths that were said to. */
  server: Server
  /** Has connections that are made from now on find other certificates; those that are there go on. */
  renew: (certificates: Certificates) => void
  /** Stops listening and ends every connection. */
  close: () => Promise<void>
}

/**
 * Serves `fetch` over HTTPS.
 *
 * @param options.port - 0 for any free one
 * @param options.address - where to listen; for this machine alone unless given
 * @param options.url - the origin by which it is reached; `https://localhost` and the port unless given
 * @param options.name - the name in the place of `localhost` there
 * @param options.upgraded - what the paths begin with at which connections are upgraded; elsewhere a request for that is answered as any other
 * @param options.leastPace - {@link LEAST_PACE} unless given
 * @param options.headMs - {@link HEAD_MS} unless given
 * @throws {Error} one sentence when the port is taken, or the address is none of this machine
 */
export async function listen(options: {
  fetch: (request: Request) => Response | Promise<Response>
  certificates: Certificates
  port: number
  address?: string | undefined
  url?: string | undefined
  name?: string | undefined
  upgraded?: string
  leastPace?: Pace
  headMs?: number
}): Promise<HttpsServer> {
  const { leastPace = LEAST_PACE, headMs = HEAD_MS, name = 'localhost', upgraded } = options
  const listened = options.address ?? LOOPBACK
  const { cert, key } = options.certificates
  const answer = getRequestListener(options.fetch)
  const server = createServer(
    // Large files come over slow lines: not how long a request takes counts, but how little of it comes.
    {
      cert,
      key,
      ServerResponse: CapitalizedResponse,
      requestTimeout: 0,
      // Node would take no time for heads either then, and whoever sends a letter now and then has a connection for ever.
      headersTimeout: headMs,
      connectionsCheckingInterval: Math.min(headMs, LOOK_MS),
      keepAliveTimeout: KEEP_ALIVE_MS,
      shouldUpgradeCallback: ({ url }) =>
        upgraded !== undefined && url?.startsWith(upgraded) === true,
    },
    (request, response) => {
      if (hasBody(request)) endWhenSlow(request, response, leastPace)
      void answer(request, response)
    },
  )
  // Every connection, those too that have not got as far as HTTP.
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentences: Record<string, string> = {
        EADDRINUSE: `Port ${options.port} is taken; DARKROOM_PORT sets another one, 0 any free one.`,
        EADDRNOTAVAIL: `${listened} is no address of this machine; DARKROOM_LISTEN sets another one.`,
        EACCES: `Port ${options.port} is not for programs of this user; DARKROOM_PORT sets another one.`,
      }
      const sentence = sentences[error.code ?? '']
      reject(sentence === undefined ? error : new Error(sentence, { cause: error }))
    })
    server.listen(options.port, listened, resolve)
  })
  const address = server.address()
  if (!isAddressInfo(address)) throw new Error('a server that listens has an address')
  return {
    origin: options.url ?? new URL(`https://${name}:${address.port}`).origin,
    server,
    renew: (renewed) => server.setSecureContext({ cert: renewed.cert, key: renewed.key }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** So many bytes in each so many milliseconds. */
interface Pace {
  readonly bytes: number
  readonly ms: number
}

/** Ends the connection of a request whose body comes more slowly than that, or goes on coming when the answer was sent. */
function endWhenSlow(request: IncomingMessage, response: ServerResponse, least: Pace): void {
  const { socket } = request
  let before = socket.bytesRead
  const looking = setInterval(() => {
    if (request.complete) return clearInterval(looking)
    const came = socket.bytesRead - before
    before += came
    // What has come and is not read yet is no fault of who sends it.
    const isSlow = came < least.bytes && request.readableLength === 0
    if (isSlow || response.writableFinished) socket.destroy()
  }, least.ms)
  request.once('close', () => clearInterval(looking))
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
