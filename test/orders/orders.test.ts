import assert from 'node:assert/strict'
import { mock } from 'node:test'
import {
  createLog,
  currentSubject,
  type Log,
  type LogLine,
  type LogSubject,
  runAbout,
} from '../../src/base/log.ts'
import { openServiceFile, type ServiceDatabase } from '../../src/database/service-database.ts'
import type { OrderFailure } from '../../src/orders/door.ts'
import type { Order } from '../../src/orders/order-store.ts'
import { type Orders, openOrders } from '../../src/orders/orders.ts'
import { collectLog, fakeActions } from '../doors/asset-compute/gateway-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

/** Lets what waits for promises and for the disk go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

interface Ended {
  door: string
  item: number
  failure: OrderFailure
}

describe('orders', () => {
  const folder = useTemporaryFolder()
  let files = 0
  let file: string
  let database: ServiceDatabase
  let orders: Orders
  let actions: ReturnType<typeof fakeActions>
  let ended: Ended[]
  let log: Log

  function open(): void {
    database = openServiceFile(file)
    actions = fakeActions()
    orders = openOrders({
      database,
      actions: actions.client,
      isRunning: actions.isRunning,
      log,
      now: Date.now,
    })
    for (const door of ['one', 'two']) {
      orders.serve(door, {
        call: async ({ id }, items) => ({
          title: `order ${id}`,
          params: { renditions: items.map((item) => ({ userData: { door, id, item } })) },
          identify: async () => ({}),
        }),
        async fail({ id }, items, failure) {
          for (const item of items) {
            const isFirst = await database.write((tables) => orders.end(tables, id, item))
            if (isFirst) ended.push({ door, item, failure })
          }
        },
      })
    }
  }

  async function close(): Promise<void> {
    orders.close()
    await database.close()
  }

  beforeEach(() => {
    file = folder.pathTo(`${files++}.sqlite`)
    ended = []
    log = collectLog()
    open()
  })
  afterEach(close)

  /** Accepts an order, and gives it its turn. */
  async function order(
    door: string,
    items: number[] = [0],
    { worker = 'package/worker', client = 'client' } = {},
  ) {
    const accepted = await database.write((tables) =>
      orders.accept(tables, { door, client, worker, items }),
    )
    orders.begin(accepted)
    return accepted.id
  }

  /** Ends an activation without a word of its worker. */
  async function end(activationId: string): Promise<void> {
    actions.end(activationId, { error: 'It broke.' })
    await orders.activationEnded(activationId)
  }

  /** Ends the service as a kill does, and starts its next life. */
  async function kill(): Promise<void> {
    await close()
    open()
    await orders.start()
  }

  const doorsOf = (from: number) =>
    actions.starts.slice(from).map(({ params }) => params.renditions[0]?.userData['door'])

  it('of two doors take turns, however many wait at one', async () => {
    for (let n = 0; n < 24; n += 1) await order('one')
    for (let n = 0; n < 4; n += 1) await order('two')
    await orders.start()
    await actions.started(16)
    assert.deepEqual(doorsOf(0).slice(0, 8), [
      'one',
      'two',
      'one',
      'two',
      'one',
      'two',
      'one',
      'two',
    ])
    assert.equal(orders.waiting('one'), 12)
    assert.equal(orders.waiting('two'), 0)
  })

  it('of all doors together have 16 activations under way', async () => {
    await orders.start()
    for (let n = 0; n < 20; n += 1) await order(n % 2 === 0 ? 'one' : 'two')
    await actions.started(16)
    await turn()
    assert.equal(actions.starts.length, 16)
    await end('activation1')
    await actions.started(17)
  })

  it('are told of until they end, those for workers elsewhere by themselves', async () => {
    assert.deepEqual(await orders.backlog(), [])
    const first = await order('one', [0, 1])
    await order('one')
    await order('two', [0], { worker: 'https://worker.example/run' })
    const told = async () =>
      (await orders.backlog()).map(({ door, isElsewhere, count }) => [door, isElsewhere, count])
    assert.deepEqual(await told(), [
      ['one', false, 2],
      ['two', true, 1],
    ])
    await database.write((tables) => orders.end(tables, first, 0))
    const [{ oldest } = assert.fail('there is a backlog')] = await orders.backlog()
    assert.equal(oldest, (await orders.find(first))?.acceptedAt)
    await database.write((tables) => orders.end(tables, first, 1))
    assert.deepEqual(await told(), [
      ['one', false, 1],
      ['two', true, 1],
    ])
  })

  it('begin and fail under the name that their door gives them, whoever has made room for them', async () => {
    const lines: LogLine[] = []
    log = createLog((line) => lines.push(line))
    await close()
    open()
    const subjects: LogSubject[] = []
    actions.answers.to = ({ activationId }) => {
      subjects.push(currentSubject())
      return activationId
    }
    const ids = [await order('one'), await order('two')]
    await runAbout({ requestId: 'of somebody else' }, () => orders.start())
    await actions.started(2)
    await turn()
    const expected = ids.map((id, at) => ({
      requestId: `order ${id}`,
      door: at === 0 ? 'one' : 'two',
      order: id,
    }))
    assert.deepEqual(subjects, expected)
    const begun = lines.filter(({ level }) => level === 'debug')
    assert.deepEqual(
      begun.map(({ requestId, door, order: id }) => ({ requestId, door, order: id })),
      expected,
    )
  })

  it('of a client begin at once, however many of another are under way and wait', async () => {
    await orders.start()
    for (let n = 0; n < 40; n += 1) await order('one', [0], { client: 'many' })
    await actions.started(16)
    await order('one', [7], { client: 'few' })
    const begun = await actions.started(17)
    assert.equal(begun[16]?.params.renditions[0]?.userData['item'], 7)
    assert.deepEqual([orders.waiting('one', 'many'), orders.waiting('one', 'few')], [24, 0])
  })

  for (const [title, answer] of [
    ['never answer', () => new Promise<string>(() => undefined)],
    ['answer and never report', async () => '0123'],
  ] as const) {
    it(`begin at once while custom workers ${title}`, async () => {
      actions.answers.to = (start) => (URL.canParse(start.worker) ? answer() : start.activationId)
      await orders.start()
      for (let n = 0; n < 40; n += 1) {
        await order('one', [0], { worker: `https://elsewhere.test/${n % 20}` })
      }
      await actions.started(32)
      await order('one', [7])
      const begun = await actions.started(33)
      assert.equal(begun[32]?.worker, 'package/worker')
      assert.equal(orders.waiting('one'), 8)
    })
  }

  it('that are cancelled while they wait never begin', async () => {
    const id = await order('one', [3, 5])
    await orders.cancel(id)
    await orders.start()
    await turn()
    assert.deepEqual(
      ended.map(({ item, failure }) => [item, failure.code]),
      [
        [3, 'cancelled'],
        [5, 'cancelled'],
      ],
    )
    assert.deepEqual([actions.starts.length, actions.cancelled, orders.waiting('one')], [0, [], 0])
  })

  it('that are cancelled while they run end at once, and so does their activation', async () => {
    await orders.start()
    const id = await order('one', [0, 1])
    const { activationId } = await actions.first()
    await turn()
    await database.write((tables) => orders.end(tables, id, 0))
    await orders.cancel(id)
    assert.deepEqual(actions.cancelled, [activationId])
    assert.deepEqual(
      ended.map(({ item, failure }) => [item, failure.code]),
      [[1, 'cancelled']],
    )
    assert.equal(orders.isUnderWay({ id, holder: '' }), false)
    await end(activationId)
    assert.equal(ended.length, 1)
  })

  it('that are cancelled while their worker is started end as soon as it is', async () => {
    const answer = Promise.withResolvers<string>()
    actions.answers.to = () => answer.promise
    await orders.start()
    const id = await order('one')
    await actions.first()
    await orders.cancel(id)
    assert.deepEqual([ended.length, actions.cancelled], [1, []])
    answer.resolve('late')
    while (actions.cancelled.length === 0) await turn()
    assert.deepEqual(actions.cancelled, ['late'])
    assert.equal(orders.isUnderWay({ id, holder: '' }), false)
  })

  it('that were cancelled are not taken up after a kill', async () => {
    const id = await order('one')
    await orders.cancel(id)
    await close()
    open()
    await orders.start()
    await turn()
    assert.equal(actions.starts.length, 0)
  })

  it('make room for others when they are cancelled', async () => {
    await orders.start()
    const ids: number[] = []
    for (let n = 0; n < 17; n += 1) ids.push(await order('one'))
    await actions.started(16)
    await turn()
    await orders.cancel(ids[4] ?? assert.fail())
    await actions.started(17)
  })

  it('end as they are when nobody can end their activation', async () => {
    await orders.start()
    actions.client.cancel = () => Promise.reject(new Error('connect ECONNREFUSED'))
    const id = await order('one')
    await actions.first()
    await turn()
    await orders.cancel(id)
    assert.deepEqual(
      ended.map(({ failure }) => failure.code),
      ['cancelled'],
    )
  })

  it('that were under way at a kill are taken up four at a time, and others beside them', async () => {
    await orders.start()
    for (let n = 0; n < 16; n += 1) await order('one')
    await actions.started(16)
    await turn()
    await kill()
    await actions.started(4)
    await turn()
    assert.equal(actions.starts.length, 4)
    await order('two')
    await order('two')
    await actions.started(6)
    assert.deepEqual(doorsOf(4), ['two', 'two'])
    await end('activation1')
    await actions.started(7)
    assert.deepEqual(doorsOf(6), ['one'])
  })

  it('make room for another trial when their worker refuses to start', async () => {
    await orders.start()
    for (let n = 0; n < 6; n += 1) await order('one', [n])
    await actions.started(6)
    await turn()
    await close()
    open()
    actions.answers.to = ({ activationId }) =>
      activationId < 'activation3' ? Promise.reject(new Error('no')) : activationId
    await orders.start()
    await actions.started(6)
    assert.deepEqual(
      ended.map(({ item, failure }) => [item, failure.code]),
      [
        [0, 'refused'],
        [1, 'refused'],
      ],
    )
  })

  it('are convicted of nothing by a service that is killed again and again within moments', async () => {
    await orders.start()
    for (let n = 0; n < 20; n += 1) {
      await order('one', [n])
      await actions.started(1)
      await turn()
      await kill()
      await turn()
    }
    assert.deepEqual(ended, [])
  })

  it('that take the service down end when they have done so four times, and take no other along', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const all = Array.from({ length: 20 }, (_, item) => item)
      const accepted = database.write(async (tables) => {
        const added: Order[] = []
        for (const item of all) {
          const asked = { door: 'one', client: 'client', worker: 'package/worker', items: [item] }
          added.push(await orders.accept(tables, asked))
        }
        return added
      })
      mock.timers.tick(10)
      for (const each of await accepted) orders.begin(each)
      await orders.start()
      const poison = 7
      let deaths = 0
      const endedItems = (): number[] => ended.map(({ item }) => item).toSorted((a, b) => a - b)
      for (let seen = 0; ended.length < all.length;) {
        mock.timers.tick(1000)
        await turn()
        const begun = actions.starts.slice(seen)
        seen = actions.starts.length
        const isPoison = begun.some(
          ({ params }) => params.renditions[0]?.userData['item'] === poison,
        )
        if (isPoison) {
          deaths += 1
          seen = 0
          await kill()
        } else {
          for (const { activationId } of begun) void end(activationId)
        }
      }
      assert.deepEqual(endedItems(), all)
      assert.equal(deaths, 4)
      for (const { item, failure } of ended) {
        assert.equal(failure.code, item === poison ? 'interrupted' : 'unreported')
      }
    } finally {
      mock.timers.reset()
    }
  })

  it('that run elsewhere when the service stops are as if they had never begun', async () => {
    for (let n = 0; n < 5; n += 1) await order('one')
    for (let life = 0; life < 5; life += 1) {
      await orders.start()
      await actions.started(5)
      await turn()
      void orders.pause()
      await orders.finish()
      await close()
      open()
    }
    await orders.start()
    await actions.started(5)
    assert.deepEqual(ended, [])
  })
})
