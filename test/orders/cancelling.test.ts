import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openServiceFile } from '../../src/database/service-database.ts'
import { createActionsClient } from '../../src/orders/actions-client.ts'
import type { OrderFailure } from '../../src/orders/door.ts'
import { openOrders } from '../../src/orders/orders.ts'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import { collectLog } from '../doors/asset-compute/gateway-fixture.ts'
import { mountApi } from '../runtime/api-fixture.ts'
import { API_KEY, isAlive, openHost } from '../runtime/host-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('an order that is cancelled while its action runs', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()
  let runtime: Runtime
  let begun: PromiseWithResolvers<string>

  beforeEach(() => {
    runtime = openHost('host.yml')
    begun = Promise.withResolvers()
    runtime.onActivationBegin(({ activationId }) => begun.resolve(activationId))
  })
  afterEach(() => runtime.stop(0))

  for (const [title, params] of [
    ['waits', { act: 'never' }],
    ['does nothing but compute', { act: 'spin' }],
  ] as const) {
    it(`ends, and frees its process, although that ${title}`, async () => {
      const database = openServiceFile(folder.pathTo(`${title}.sqlite`))
      const app = mountApi(runtime)
      const orders = openOrders({
        database,
        actions: createActionsClient({
          fetch: async (path, init) => app.request(path, init),
          apiKey: API_KEY,
          stopping: new AbortController().signal,
        }),
        isRunning: runtime.isUnderWay,
        log: collectLog(),
        now: Date.now,
      })
      const failures: OrderFailure[] = []
      orders.serve('door', {
        call: async () => ({ title: 'it', params, identify: async () => ({}) }),
        async fail({ id }, items, failure) {
          for (const item of items) {
            if (await database.write((tables) => orders.end(tables, id, item)))
              failures.push(failure)
          }
        },
      })
      runtime.onActivationEnd(({ activationId }) => void orders.activationEnded(activationId))
      await orders.start()
      const order = await database.write((tables) =>
        orders.accept(tables, { door: 'door', client: 'client', worker: 'test/alone', items: [0] }),
      )
      orders.begin(order)
      const activationId = await begun.promise
      const [pid] = (await runtime.status()).flatMap(({ processes }) =>
        processes.flatMap((process) => (process.running > 0 ? [process.pid] : [])),
      )
      assert.ok(pid !== undefined)
      await orders.cancel(order.id)
      assert.deepEqual(
        failures.map(({ code }) => code),
        ['cancelled'],
      )
      assert.equal(runtime.isUnderWay(activationId), false)
      while (isAlive(pid)) await sleep(5)
      const again = await runtime.invoke('test/alone', { act: 'tell' }).ended
      assert.equal(again.response.success, true)
      orders.close()
      await database.close()
    })
  }
})
