import assert from 'node:assert/strict'
import { type Service, startService } from '../../src/compose/service.ts'
import { readConfig } from '../../src/config.ts'
import { register, signIn } from './api-client.ts'
import { useHome } from './service-process.ts'

const GATEWAY = '/api/v1/web/darkroom/dx-asset-compute-worker-1/gateway'
const LOG = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
}

describe('two services in one process', function () {
  this.timeout(60_000)
  const homes = [useHome(), useHome()]
  let services: Service[]

  before(async () => {
    services = await Promise.all(
      homes.map((home) =>
        startService({ config: { ...readConfig(), home, port: 0 }, log: LOG, warm: [] }),
      ),
    )
  })
  after(() => Promise.all(services.map((service) => service.stop())))

  const headersOf = (index: number) => signIn(services[index]?.origin ?? '', homes[index] ?? '')

  it('know each their own clients, at their roots and through their gateway actions', async () => {
    const [first, second] = [await headersOf(0), await headersOf(1)]
    for (const mount of ['', GATEWAY]) {
      for (const [index, headers] of [first, second].entries()) {
        const mine = `${services[index]?.origin}${mount}`
        const other = `${services[1 - index]?.origin}${mount}`
        const journal = await register(mine, headers)
        assert.ok(journal.startsWith(`${mine}/events/`), journal)
        assert.equal((await fetch(journal, { headers })).status, 204)
        const refused = await fetch(`${other}/register`, { method: 'POST', headers })
        assert.equal(refused.status, 401)
      }
    }
    const unregistered = await fetch(`${services[0]?.origin}${GATEWAY}/unregister`, {
      method: 'POST',
      headers: first,
    })
    assert.equal(unregistered.status, 200)
    const journal = await register(services[1]?.origin ?? '', second)
    assert.equal((await fetch(journal, { headers: second })).status, 204)
  })

  it('end without the other', async () => {
    await services.shift()?.stop()
    homes.shift()
    const headers = await headersOf(0)
    const response = await fetch(`${services[0]?.origin}/unregister`, { method: 'POST', headers })
    assert.equal(response.status, 200)
  })
})
