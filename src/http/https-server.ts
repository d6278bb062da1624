import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { CapitalizedResponse } from './capitalized-response.ts'
import type { Certificates } from './certificates-schema.ts'

/** Only this machine may connect. */
const ADDRESS = '127.0.0.1'

/** An HTTPS server on this machine. */
export interface HttpsServer {
  /** Such as `https://localhost:9443`. */
  origin: string
  /** For what upgrades connections. */
  server: Server
  /** Stops listening and ends every connection. */
  close: () => Promise<void>
}

/**
 * Serves `fetch` over HTTPS on this machine.
 *
 * @param options.port - 0 for any free one
 * @throws {Error} one sentence when the port is taken
 */
export async function listen(options: {
  fetch: (request: Request) => Response | Promise<Response>
  certificates: Certificates
  port: number
}): Promise<HttpsServer> {
  const { cert, key } = options.certificates
  const answer = getRequestListener(options.fetch)
  const server = createServer(
    { cert, key, ServerResponse: CapitalizedResponse },
    (request, response) => void answer(request, response),
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
