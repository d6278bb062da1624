import assert from 'node:assert/strict'
import { connect, createServer, type Socket } from 'node:net'

/** Passes connections on to a server, and breaks them when it is told to. */
export interface BreakingProxy {
  readonly port: number
  /** How many connections there have been. */
  connections: number
  /** How many bytes have come from the server. */
  received: number
  /**
   * Breaks the connection that next brings so many bytes to the client (`down`) or takes so many to the server (`up`), as
   * often as it says.
   */
  breakAfter(direction: 'down' | 'up', bytes: number, times?: number): void
  close(): Promise<void>
}

/** Opens a proxy to a port of this machine. */
export async function openBreakingProxy(target: number): Promise<BreakingProxy> {
  const sockets = new Set<Socket>()
  let plan = { direction: 'down', bytes: 0, times: 0 }
  const server = createServer((client) => {
    proxy.connections += 1
    const upstream = connect(target, '127.0.0.1')
    let [down, up] = [0, 0]
    let isBroken = false
    const destroy = () => {
      client.destroy()
      upstream.destroy()
    }
    const breaks = (direction: string, bytes: number) => {
      if (isBroken) return true
      if (plan.times === 0 || plan.direction !== direction || bytes < plan.bytes) return false
      plan.times -= 1
      isBroken = true
      // What has been passed on arrives, or nobody could tell whether the rest is all that is asked for again.
      upstream.pause()
      client.end(destroy)
      return true
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', destroy)
      socket.on('close', destroy)
      socket.on('close', () => sockets.delete(socket))
    }
    pass(client, upstream, (bytes) => breaks('up', (up += bytes)))
    pass(upstream, client, (bytes) => {
      proxy.received += bytes
      return breaks('down', (down += bytes))
    })
  })
  const proxy: BreakingProxy = {
    port: 0,
    connections: 0,
    received: 0,
    breakAfter(direction, bytes, times = 1) {
      plan = { direction, bytes, times }
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return Object.assign(proxy, { port: address.port })
}

/** @param breaks - whether the connection has been broken before these bytes are passed on */
function pass(from: Socket, to: Socket, breaks: (bytes: number) => boolean): void {
  from.on('data', (chunk: Buffer) => {
    if (breaks(chunk.length)) return
    if (!to.write(chunk)) from.pause()
  })
  to.on('drain', () => from.resume())
  from.on('end', () => to.end())
}
