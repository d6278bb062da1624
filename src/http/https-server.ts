import type { IncomingMessage } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { CapitalizedResponse } from './capitalized-response.ts'
import type { Certificates } from './certificates-schema.ts'

/** Only this machine may connect. */
const ADDRESS = '127.0.0.1'

/** How long a client may be silent in the middle of what it sends, in milliseconds. */
const IDLE_MS = 120_000

/**
 * How long a connection is kept for the next request, in milliseconds. Longer than clients keep theirs (browsers 60 s or 115 s,
 * Java's 60 s): whoever ends a connection second never sends into one that has just been ended, and Node's own 5 s make a page
 * that is read for a while connect anew, which costs more than a picture that is kept.
 */
const KEEP_ALIVE_MS = 120_000

/** An HTTPS server on this machine. */
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
 * Serves `fetch` over HTTPS on this machine.
 *
 * @param options.port - 0 for any free one
 * @param options.idleMs - {@link IDLE_MS} unless given
 * @throws {Error} one sentence when the port is taken
 */
export async function listen(options: {
  fetch: (request: Request) => Response | Promise<Response>
  certificates: Certificates
  port: number
  idleMs?: number
}): Promise<HttpsServer> {
  const { idleMs = IDLE_MS } = options
  const { cert, key } = options.certificates
  const answer = getRequestListener(options.fetch)
  const server = createServer(
    // Large files come over slow lines: not how long a request takes counts, but how long nothing of it comes.
    {
      cert,
      key,
      ServerResponse: CapitalizedResponse,
      requestTimeout: 0,
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
      const taken = `Port ${options.port} is taken; DARKROOM_PORT sets another one, 0 any free one.`
      reject(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error)
    })
    server.listen(options.port, ADDRESS, resolve)
  })
  const address = server.address()
  if (!isAddressInfo(address)) throw new Error('a server that listens has an address')
  return {
    origin: `https://localhost:${address.port}`,
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
