import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { requireFreePort } from '../../src/cli/start/free-port.ts'

describe('the port of the inspector', () => {
  it('is refused in one sentence while somebody listens there, and left free when nobody does', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = portOf(server.address())
    await assert.rejects(requireFreePort(`127.0.0.1:${port}`), {
      message: `Something listens at 127.0.0.1:${port} already, perhaps another debugger; it has to end first.`,
    })
    server.close()
    await once(server, 'close')
    await requireFreePort(`127.0.0.1:${port}`)
    await requireFreePort(`127.0.0.1:${port}`)
  })
})

function portOf(address: AddressInfo | string | null): AddressInfo {
  assert.ok(typeof address === 'object' && address !== null)
  return address
}
