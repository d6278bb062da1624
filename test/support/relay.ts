import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** What stands between a client and a server, and may be gone. */
export interface Relay {
  readonly port: number
  /** Ends all connections, and takes none any more. */
  readonly cut: () => Promise<void>
  /** Takes connections again. */
  readonly mend: () => Promise<void>
}

/** Makes a relay to a port of this machine. */
export async function startRelay(to: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  function keep(socket: Socket): Socket {
    sockets.add(socket)
    return socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  }
  async function listen(port: number): Promise<Server> {
    const made = createServer((client) => {
      const far = keep(connect(to, '127.0.0.1'))
      keep(client).pipe(far).pipe(client)
      client.once('close', () => far.destroy())
      far.once('close', () => client.destroy())
    }).listen(port, '127.0.0.1')
    await once(made, 'listening')
    return made
  }

  let server = await listen(0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('it has a port')
  const { port } = address
  return {
    port,
    async cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
    async mend() {
      server = await listen(port)
    },
  }
}
