import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { ServiceError } from '../../src/base/errors.ts'
import {
  openServiceFile,
  type ServiceDatabase,
  type ServiceWriting,
} from '../../src/database/service-database.ts'
import type { OrderFailure } from '../../src/orders/door.ts'
import { type Orders, openOrders } from '../../src/orders/orders.ts'
import type { Platform } from '../../src/orders/platform.ts'
import {
  collectLog,
  fakeActions,
  type Start,
  tooMany,
} from '../doors/asset-compute/gateway-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const MINUTE = 60_000
const HERE = 'package/office'
const LONGEST_MS = 8 * MINUTE

/** Lets what waits for promises and for the disk go on. */
async function turn(): Promise<void> {
  for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve))
}

const away = (): ServiceError => new ServiceError('bad_gateway', 'It does not answer.')

/** Which item each start is for. */
const itemsOf = (starts: readonly Start[]) =>
  starts.map(({ params }) => params.renditions[0]?.userData['item'])

describe('orders on a platform', () => {
  const folder = useTemporaryFolder()
  let files = 0
  let database: ServiceDatabase
  let orders: Orders
  let here: ReturnType<typeof fakeActions>
  let there: ReturnType<typeof fakeActions>
  let log: ReturnType<typeof collectLog>
  let ended: [item: number, code: OrderFailure['code'], message: string][]
  let asked: string[]
  let ms: number

  beforeEach(async () => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
    database = openServiceFile(folder.pathTo(`${files++}.sqlite`))
    ended = []
    asked = []
    ms = 0
    here = fakeActions()
    there = fakeActions()
    const { client } = there
    const platform: Platform = {
      ...client,
      ended: async (id) => {
        asked.push(id)
        return client.ended(id)
      },
      name: 'the namespace ns',
      runs: (worker) => worker !== HERE,
      longestMs: () => LONGEST_MS,
    }
    log = collectLog()
    orders = openOrders({
      database,
      actions: here.client,
      platforms: [platform],
      isRunning: here.isRunning,
      log,
      now: Date.now,
      elapsed: () => ms,
    })
    orders.serve('door', {
      call: async ({ id }, items) => ({
        title: `order ${id}`,
        params: { renditions: items.map((item) => ({ userData: { id, item } })) },
        identify: async () => ({}),
      }),
      async fail({ id }, items, { code, message }) {
        for (const item of items) {
          if (await write((tables) => orders.end(tables, id, item)))
            ended.push([item, code, message])
        }
      },
    })
    await orders.start()
  })
  afterEach(async () => {
    orders.close()
    await database.close()
    mock.timers.reset()
  })

  /** What is committed waits for a timer of the database. */
  async function write<T>(task: (tables: ServiceWriting) => Promise<T>): Promise<T> {
    const written = database.write(task)
    mock.timers.tick(0)
    return written
  }

  async function order(items: number[] = [0], worker = 'package/worker'): Promise<number> {
    const accepted = await write((tables) =>
      orders.accept(tables, { door: 'door', client: 'client', worker, items }),
    )
    orders.begin(accepted)
    await turn()
    return accepted.id
  }

  /** Lets time pass, by steps of which each lets go on what waits for it. */
  async function pass(totalMs: number, stepMs = 1000): Promise<void> {
    for (let passed = 0; passed < totalMs; passed += stepMs) {
      ms += stepMs
      mock.timers.tick(stepMs)
      await turn()
    }
  }

  /** Has the worker report an item of an order. */
  async function report(id: number, item: number): Promise<void> {
    await write((tables) => orders.end(tables, id, item))
    await orders.heard({ id, holder: '' }, 'item')
    await turn()
  }

  it('are 40 at a time, and have none wait that run here', async () => {
    for (let n = 0; n < 45; n += 1) await order()
    assert.deepEqual([there.starts.length, orders.onPlatforms()], [40, 40])
    await order([7], HERE)
    assert.deepEqual(itemsOf(here.starts), [7])
  })

  it('leave their places when their last item ends, and nobody asks for their results', async () => {
    const ids: number[] = []
    for (let n = 0; n < 41; n += 1) ids.push(await order([0, 1]))
    const [first = 0] = ids
    await report(first, 0)
    assert.equal(there.starts.length, 40)
    await report(first, 1)
    assert.equal(there.starts.length, 41)
    assert.deepEqual([orders.isUnderWay({ id: first, holder: '' }), asked], [false, []])
  })

  it('leave their places soon when another front end has heard of their last item', async () => {
    const id = await order()
    await write((tables) => orders.end(tables, id, 0))
    await pass(5000)
    assert.deepEqual([orders.isUnderWay({ id, holder: '' }), asked], [false, []])
  })

  it('may have ended before their activation is known', async () => {
    const answer = Promise.withResolvers<string>()
    there.answers.to = () => answer.promise
    const id = await order()
    await report(id, 0)
    answer.resolve('late')
    await turn()
    assert.deepEqual([orders.isUnderWay({ id, holder: '' }), ended], [false, []])
  })

  it('wait together while it takes no more, begin one by one when it may again, and never fail for it', async () => {
    let isBusy = true
    there.answers.to = ({ activationId }) => (isBusy ? Promise.reject(tooMany('3')) : activationId)
    await order([0])
    for (let item = 1; item < 6; item += 1) {
      await order([item], item % 2 === 0 ? 'package/worker' : 'package/document')
    }
    assert.deepEqual(itemsOf(there.starts), [0])
    await pass(2000)
    assert.equal(there.starts.length, 1)
    await pass(1000)
    assert.deepEqual(itemsOf(there.starts), [0, 0])
    const local = await order([6], HERE)
    assert.equal(here.starts.length, 1)
    await orders.cancel(local)
    await pass(30 * MINUTE, 3000)
    assert.deepEqual([...new Set(itemsOf(there.starts))], [0])
    isBusy = false
    await pass(3000)
    assert.deepEqual(new Set(itemsOf(there.starts.slice(-6))), new Set([0, 1, 2, 3, 4, 5]))
    assert.deepEqual(
      ended.map(([item, code]) => [item, code]),
      [[6, 'cancelled']],
    )
    assert.equal(log.lines.filter((line) => line.includes('Orders wait: ')).length, 1)
  })

  it('begin one by one after a rest, until one is taken', async () => {
    const answer = Promise.withResolvers<string>()
    there.answers.to = () => Promise.reject(tooMany('1'))
    for (let item = 0; item < 3; item += 1) await order([item])
    there.answers.to = () => answer.promise
    await pass(1000)
    assert.equal(there.starts.length, 2)
    await pass(5000)
    assert.equal(there.starts.length, 2)
    answer.resolve('taken')
    await turn()
    assert.equal(there.starts.length, 4)
  })

  it('wait while it does not answer, however long', async () => {
    there.answers.to = () => Promise.reject(away())
    await order()
    await pass(60 * MINUTE, 10_000)
    assert.deepEqual(ended, [])
    there.answers.to = ({ activationId }) => activationId
    await pass(1000)
    assert.deepEqual([orders.onPlatforms(), ended], [1, []])
  })

  it('end when it fails at one of them four times, and the next has its turn', async () => {
    there.answers.to = ({ activationId, params }) =>
      params.renditions[0]?.userData['item'] === 0
        ? Promise.reject(new ServiceError('internal', 'It broke.'))
        : activationId
    await order([0])
    await order([1])
    await pass(4000)
    assert.deepEqual(ended, [[0, 'refused', 'It broke.']])
    assert.deepEqual(itemsOf(there.starts), [0, 0, 0, 0, 1])
  })

  it('end at once when it refuses one', async () => {
    there.answers.to = () => Promise.reject(new ServiceError('not_found', 'Not deployed.'))
    await order()
    assert.deepEqual(ended, [[0, 'refused', 'Not deployed.']])
  })

  it('end with what their activation has left, which is asked for in turn: ten every five seconds', async () => {
    for (let n = 0; n < 25; n += 1) await order([n])
    await pass(5000)
    const ids = there.starts.map(({ activationId }) => activationId)
    assert.deepEqual(asked, ids.slice(0, 10))
    there.end(ids[3] ?? '', { error: 'It broke.' })
    await pass(10_000)
    assert.deepEqual(asked, [...ids, ...ids.slice(0, 5)])
    assert.deepEqual(
      ended.map(([item, code]) => [item, code]),
      [[3, 'unreported']],
    )
  })

  it('end soon when their worker says that it has failed, and its result has the reason', async () => {
    const id = await order()
    there.end('activation1', { error: 'It broke.' })
    await orders.heard({ id, holder: '' }, 'end')
    await pass(1000)
    assert.deepEqual([asked, ended.length, orders.onPlatforms()], [['activation1'], 1, 0])
  })

  it('begin once more when their activation leaves nothing in all its time, and end then', async () => {
    await order([0])
    await pass(LONGEST_MS - 5000, 5000)
    assert.equal(there.starts.length, 1)
    await pass(5000)
    assert.deepEqual([there.starts.length, ended], [2, []])
    await pass(LONGEST_MS + 5000, 5000)
    assert.deepEqual(ended, [
      [0, 'silent', 'The worker reported nothing about this rendition within 8 minutes.'],
    ])
    assert.deepEqual([there.starts.length, orders.onPlatforms()], [2, 0])
  })

  it('begin once more only once, though two look at their activation at the same time', async () => {
    await order([0])
    ms += LONGEST_MS
    await Promise.all(['activation1', 'activation1'].map(orders.activationEnded))
    await turn()
    assert.deepEqual([there.starts.length, orders.onPlatforms(), ended], [2, 1, []])
  })

  it('end once, whichever of their activations reports them', async () => {
    const id = await order([0, 1])
    await pass(LONGEST_MS, 5000)
    assert.equal(there.starts.length, 2)
    await report(id, 0)
    await report(id, 1)
    there.end('activation1', { error: 'It broke.' })
    there.end('activation2', { error: 'It broke.' })
    await pass(10_000)
    assert.deepEqual([ended, orders.onPlatforms()], [[], 0])
  })

  it('are asked about no more while it rests', async () => {
    await order([0])
    there.answers.to = () => Promise.reject(tooMany('60'))
    await order([1])
    await pass(55_000, 5000)
    assert.deepEqual(asked, [])
  })

  it('that are cancelled end at once, whether or not it can end their activation', async () => {
    const id = await order()
    const cancelling = orders.cancel(id)
    await turn()
    mock.timers.tick(0)
    await cancelling
    assert.deepEqual(there.cancelled, ['activation1'])
    assert.deepEqual([ended.map(([, code]) => code), orders.onPlatforms()], [['cancelled'], 0])
  })

  it('stay pending when the service stops, and it is asked nothing', async () => {
    await order()
    void orders.pause()
    const finishing = orders.finish()
    mock.timers.tick(0)
    await finishing
    assert.deepEqual([asked, ended, (await orders.backlog())[0]?.count], [[], [], 1])
  })
})
