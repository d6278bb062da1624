import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Makes sure that nobody listens at an address: Node starts an action without its inspector otherwise, and says so to nobody.
 *
 * @param address - such as `127.0.0.1:9229`
 * @throws {Error} one sentence when somebody does
 */
export async function requireFreePort(address: string): Promise<void> {
  const [host, port] = address.split(':')
  const server = createServer()
  try {
    server.listen(Number(port), host)
    await once(server, 'listening')
  } catch (error) {
    throw new Error(
      `Something listens at ${address} already, perhaps another debugger; it has to end first.`,
      { cause: error },
    )
  }
  server.close()
  await once(server, 'close')
}
