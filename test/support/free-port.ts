import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port of this machine that nobody has; somebody else could take it before it is used, which nobody does here. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address === 'object' && address !== null) return address.port
  throw new Error('a server that listens has a port')
}
