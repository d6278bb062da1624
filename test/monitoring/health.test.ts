import assert from 'node:assert/strict'
import { createHealth } from '../../src/monitoring/health.ts'
import { createMetrics } from '../../src/monitoring/metrics.ts'
import { createMonitoringRoutes } from '../../src/monitoring/monitoring-routes.ts'
import { rootApp } from '../support/root-app.ts'

const CODES = ['absent', 'slow', 'broken']

describe('the health of a service', () => {
  let bad: string[]
  let looks: number
  let ms: number
  let app: ReturnType<typeof rootApp>
  beforeEach(() => {
    bad = []
    looks = 0
    ms = 0
    const checks = CODES.map((code) => ({
      code,
      message: `It is ${code}.`,
      async isGood() {
        looks += 1
        if (code === 'broken' && bad.includes(code)) throw new Error('/home/somebody is broken')
        return !bad.includes(code)
      },
    }))
    const health = createHealth({ checks, elapsed: () => ms })
    const metrics = createMetrics()
    app = rootApp().route(
      '/',
      createMonitoringRoutes({ health, metrics, mayWatch: (_, next) => next() }),
    )
  })

  async function ask(path: string): Promise<[status: number, body: unknown]> {
    const response = await app.request(path)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    return [response.status, await response.json()]
  }

  for (const path of ['/health', '/health/ready']) {
    it(`is told at ${path}: it is ready`, async () => {
      assert.deepEqual(await ask(path), [200, { status: 'ready' }])
    })
    it(`is told at ${path}: why it is not`, async () => {
      bad = ['slow', 'broken']
      const reasons = [
        { code: 'slow', message: 'It is slow.' },
        { code: 'broken', message: 'It is broken.' },
      ]
      assert.deepEqual(await ask(path), [503, { status: 'not ready', reasons }])
    })
  }

  it('is to be alive whatever it cannot do, and looks at nothing for that', async () => {
    bad = CODES
    assert.deepEqual(await ask('/health/live'), [200, { status: 'live' }])
    assert.equal(looks, 0)
  })

  it('is looked at once a second, however many ask', async () => {
    await Promise.all(Array.from({ length: 20 }, () => ask('/health')))
    ms = 999
    await ask('/health')
    assert.equal(looks, CODES.length)
    bad = ['absent']
    ms = 1000
    assert.equal((await ask('/health'))[0], 503)
    assert.equal(looks, 2 * CODES.length)
  })

  it('and metrics are told in the media type of Prometheus', async () => {
    const response = await app.request('/metrics')
    assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
  })
})
