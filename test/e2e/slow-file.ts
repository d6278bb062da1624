import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** A file that never comes: whoever asks for it waits until the connection is closed. */
export interface SlowFile {
  readonly url: string
  /** Resolves when so many wait for it. */
  waiting: (count: number) => Promise<void>
  /** Resolves when nobody waits for it any more. */
  forsaken: () => Promise<void>
  close: () => void
}

/** Serves one on this machine. */
export async function serveSlowFile(): Promise<SlowFile> {
  const open = new Set<Socket>()
  const server = createServer((connection) => {
    open.add(connection)
    connection.on('error', () => undefined)
    connection.on('data', () => undefined)
    connection.on('close', () => {
      open.delete(connection)
      server.emit('left')
    })
    server.emit('came')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return {
    url: `https://localhost:${address.port}/slow.png`,
    async waiting(count) {
      while (open.size < count) await once(server, 'came')
    },
    async forsaken() {
      while (open.size > 0) await once(server, 'left')
    },
    close() {
      server.close()
      for (const connection of open) connection.destroy()
    },
  }
}
