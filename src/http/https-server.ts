import type { IncomingMessage } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { CapitalizedResponse } from './capitalized-response.ts'
import type { Certificates } from './certificates-schema.ts'

/** Where only this machine can connect. */
const LOOPBACK = '127.0.0.1'

/** How long a client may be silent in the middle of what it sends, in milliseconds. */
const IDLE_MS = 120_000

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
  /** For what upgrades connections. */
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
 * @param options.idleMs - {@link IDLE_MS} unless given
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
  idleMs?: number
  headMs?: number
}): Promise<HttpsServer> {
  const { idleMs = IDLE_MS, headMs = HEAD_MS, name = 'localhost' } = options
  const listened = options.address ?? LOOPBACK
  const { cert, key } = options.certificates
  const answer = getRequestListener(options.fetch)
  const server = createServer(
    // Large files come over slow lines: not how long a request takes counts, but how long nothing of it comes.
    {
      cert,
      key,
      ServerResponse: CapitalizedResponse,
      requestTimeout: 0,
      // Node would take no time for heads either then, and whoever sends a letter now and then has a connection for ever.
      headersTimeout: headMs,
      connectionsCheckingInterval: Math.min(headMs, LOOK_MS),
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (request, response) => {
      if (hasBody(request)) {
        request.setTimeout(idleMs, () => request.destroy())
        // Whoever has sent all of it waits for the answer; without this, that would be too much silence as well.
        response.on('timeout', () => undefined)
      }
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

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
