import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { startService } from '../../src/compose/service.ts'
import { readConfig } from '../../src/config.ts'
import { useHome } from './service-process.ts'

const LOG = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
}

describe('a service that could not start', function () {
  this.timeout(60_000)
  const home = useHome()

  const start = (port: number) =>
    startService({ config: { ...readConfig(), home, port }, log: LOG, warm: [] })

  it('leaves nothing in the way of another try in the same process', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    assert.ok(typeof address === 'object' && address !== null)
    const { port } = address
    const taken = {
      message: `Port ${port} is taken; DARKROOM_PORT sets another one, 0 any free one.`,
    }
    await assert.rejects(start(port), taken)
    await assert.rejects(start(port), taken)
    other.close()
    await once(other, 'close')
    const service = await start(port)
    assert.equal(service.origin, `https://localhost:${port}`)
    await service.stop()
    await (await start(0)).stop()
  })

  it('tells of a state folder that another one uses, which goes on', async () => {
    const first = await start(0)
    await assert.rejects(start(0), {
      message: new RegExp(
        `^Another service \\(process ${process.pid}, since 20\\S+Z\\) has the state folder ${home}; DARKROOM_HOME sets another one\\.$`,
      ),
    })
    assert.equal((await fetch(`${first.origin}/`)).status, 200)
    await first.stop()
  })
})
