import assert from 'node:assert/strict'
import { type FrontEnds, joinFrontEnds } from '../../src/database/front-ends.ts'
import { createPostgresServer, type PostgresServer } from '../../src/database/postgres-database.ts'
import type { ServiceDatabase } from '../../src/database/service-database.ts'
import { createServiceTables, SERVICE_CHANGES } from '../../src/database/service-schema.ts'
import type { ServiceTables } from '../../src/database/service-tables.ts'
import type { OrderFailure } from '../../src/orders/door.ts'
import { type Orders, openOrders } from '../../src/orders/orders.ts'
import type { Platform } from '../../src/orders/platform.ts'
import { collectLog, fakeActions } from '../doors/asset-compute/gateway-fixture.ts'
import { type PostgresCluster, startPostgres } from '../support/postgres.ts'
import { skipWithout } from '../support/tools.ts'

/** Never within a test. */
const NEVER_MS = 60 * 60 * 1000

const PLATFORM_WORKER = 'platform/worker'

/** One front end, with workers of its own here and all on one platform. */
interface FrontEnd {
  readonly server: PostgresServer
  readonly database: ServiceDatabase
  readonly frontEnds: FrontEnds
  readonly actions: ReturnType<typeof fakeActions>
  readonly orders: Orders
  readonly log: ReturnType<typeof collectLog>
}

describe('orders of several front ends', () => {
  let cluster: PostgresCluster
  let url: string
  let platform: ReturnType<typeof fakeActions>
  /** Items, and how they ended: by an event, or as a failure of a code. */
  let ended: [order: number, item: number, how: 'event' | OrderFailure['code']][]
  const opened: FrontEnd[] = []
  const killed = new Set<PostgresServer>()

  before(async function () {
    skipWithout(this, 'PostgreSQL')
    cluster = await startPostgres()
  })
  beforeEach(async () => {
    url = await cluster.createDatabase()
    platform = fakeActions()
    ended = []
  })
  afterEach(async () => {
    for (const { orders, frontEnds, server } of opened.splice(0)) {
      orders.close()
      await frontEnds.close()
      if (!killed.delete(server)) await server.close()
    }
  })
  after(() => cluster?.stop())

  /** Opens one that looks at the others as often as that, of this version or of the next. */
  async function open(heartbeatMs: number, changes = SERVICE_CHANGES): Promise<FrontEnd> {
    const server = createPostgresServer(url, () => undefined)
    const database = await server.open<ServiceTables>('service', [createServiceTables, ...changes])
    const frontEnds = await joinFrontEnds({
      database,
      objects: 's3://bucket',
      heartbeatMs,
      leaseMs: NEVER_MS,
      // That of one that was killed.
      onSilence: () => undefined,
    })
    const actions = fakeActions()
    const log = collectLog()
    const there: Platform = {
      ...platform.client,
      name: 'the namespace ns',
      runs: (worker) => worker === PLATFORM_WORKER,
      longestMs: () => NEVER_MS,
    }
    const orders = openOrders({
      database,
      frontEnds,
      actions: actions.client,
      platforms: [there],
      isRunning: actions.isRunning,
      log,
      now: frontEnds.now,
    })
    orders.serve('door', {
      call: async ({ id }, items) => ({
        title: `order ${id}`,
        params: { renditions: items.map((item) => ({ userData: { id, item } })) },
        identify: async () => ({}),
      }),
      async fail({ id }, items, { code }) {
        for (const item of items)
          if (await end(orders, database, id, item)) ended.push([id, item, code])
      },
    })
    const frontEnd = { server, database, frontEnds, actions, orders, log }
    opened.push(frontEnd)
    await orders.start()
    return frontEnd
  }

  /** The event of an item comes to a front end, whichever has begun it. */
  async function report({ orders, database }: FrontEnd, id: number, item = 0): Promise<boolean> {
    const kept = await orders.find(id)
    const isFirst = await end(orders, database, id, item)
    if (isFirst) ended.push([id, item, 'event'])
    if (kept !== undefined) await orders.heard(kept, 'item')
    return isFirst
  }

  async function order({ orders, database }: FrontEnd, worker = 'package/worker'): Promise<number> {
    const accepted = await database.write((tables) =>
      orders.accept(tables, { door: 'door', client: 'client', worker, items: [0] }),
    )
    orders.begin(accepted)
    return accepted.id
  }

  /** Ends one as a kill does: it says nothing. */
  async function kill({ orders, server }: FrontEnd): Promise<void> {
    orders.close()
    killed.add(server)
    await server.close()
  }

  /** Has one taken for gone by the others, as if its lease had run out; it does not hear of it. */
  async function forget({ database }: FrontEnd, { id }: FrontEnds): Promise<void> {
    await database.write((tables) => tables.deleteFrom('front_ends').where('id', '=', id).execute())
  }

  it('are taken up by those that are left when one is killed, each its part, and end once', async () => {
    const doomed = await open(NEVER_MS)
    const left = [await open(20), await open(20)]
    const ids: number[] = []
    for (let n = 0; n < 24; n += 1) ids.push(await order(doomed))
    await doomed.actions.started(16)
    await kill(doomed)
    const [one, other] = left
    assert.ok(one && other)
    await until(() => left.every(({ frontEnds }) => frontEnds.count() === 3))
    await forget(one, doomed.frontEnds)
    // Those under which it died are tried in small company, so that room is made for the next ones.
    const reported = new Set<unknown>()
    while (reported.size < ids.length) {
      for (const { actions } of left) {
        for (const id of startedOf(actions)) {
          // Whichever front end an event comes to.
          if (reported.has(id)) continue
          reported.add(id)
          await report(Number(id) % 3 === 0 ? one : other, Number(id))
        }
        for (const { activationId } of actions.starts) actions.end(activationId, {})
      }
      for (const { orders, actions } of left) {
        for (const { activationId } of actions.starts) await orders.activationEnded(activationId)
      }
      await turn()
    }
    assert.deepEqual(
      ended.map(([id]) => id).toSorted((a, b) => a - b),
      ids,
    )
    const parts = left.map(({ actions }) => new Set(startedOf(actions)).size)
    assert.deepEqual(parts, [12, 12])
    assert.equal(await report(one, ids[0] ?? 0), false)
  })

  it('are let go by one that was taken for gone and is back, which changes nothing of them any more', async () => {
    const slow = await open(NEVER_MS)
    const id = await order(slow)
    const { activationId } = await slow.actions.first()
    const other = await open(20)
    await forget(other, slow.frontEnds)
    await other.actions.started(1)
    // What has run out there is no failure of the order.
    slow.actions.end(activationId, { error: 'It broke.' })
    await slow.orders.activationEnded(activationId)
    assert.equal(ended.length, 0)
    const later = await order(slow)
    await slow.actions.started(2)
    await other.database.write((tables) => other.database.tell(tables, 'front-ends', 'anything'))
    await until(() => slow.frontEnds.count() === 2)
    assert.equal(await report(other, id), true)
    assert.equal(await report(slow, id), false)
    assert.equal(await report(slow, later), true)
    assert.deepEqual(
      ended.map(([of]) => of),
      [id, later],
    )
  })

  it('end the activations of what others have taken up', async () => {
    const slow = await open(NEVER_MS)
    await order(slow)
    const { activationId } = await slow.actions.first()
    const other = await open(20)
    await forget(other, slow.frontEnds)
    await other.actions.started(1)
    await other.database.write((tables) => other.database.tell(tables, 'front-ends', 'anything'))
    await until(() => slow.actions.cancelled.length > 0)
    assert.deepEqual(slow.actions.cancelled, [activationId])
    assert.deepEqual(other.actions.cancelled, [])
  })

  it('leave their places on a platform when another front end has their events', async () => {
    const holder = await open(NEVER_MS)
    const other = await open(NEVER_MS)
    const id = await order(holder, PLATFORM_WORKER)
    await platform.started(1)
    await until(() => holder.orders.onPlatforms() === 1)
    assert.equal(await report(other, id), true)
    await until(() => holder.orders.onPlatforms() === 0)
    assert.deepEqual(ended, [[id, 0, 'event']])
  })

  it('are waited for whoever hears that their activation is about to end', async () => {
    const holder = await open(NEVER_MS)
    const other = await open(NEVER_MS)
    const id = await order(holder, PLATFORM_WORKER)
    const [start] = await platform.started(1)
    await until(() => holder.orders.onPlatforms() === 1)
    const kept = await other.orders.find(id)
    assert.ok(kept && start)
    assert.equal(other.orders.isUnderWay(kept), true)
    platform.end(start.activationId, { error: 'It broke.' })
    await other.orders.heard(kept, 'end')
    await until(() => ended.length > 0)
    assert.deepEqual(ended, [[id, 0, 'unreported']])
  })

  it('are cancelled by any of them, wherever they wait or run', async () => {
    const holder = await open(NEVER_MS)
    const other = await open(NEVER_MS)
    const ids: number[] = []
    for (let n = 0; n < 17; n += 1) ids.push(await order(holder))
    await holder.actions.started(16)
    const [running, waiting] = [ids[0] ?? 0, ids[16] ?? 0]
    for (const id of [waiting, running]) await other.orders.cancel(id)
    await until(() => holder.actions.cancelled.length > 0)
    assert.deepEqual(holder.actions.cancelled, ['activation1'])
    assert.equal(holder.orders.waiting('door'), 0)
    assert.deepEqual(ended, [
      [waiting, 0, 'cancelled'],
      [running, 0, 'cancelled'],
    ])
  })

  it('go on at another one at once when theirs stops: those that wait first, then what does not end', async () => {
    const stopping = await open(NEVER_MS)
    const other = await open(NEVER_MS)
    const ids: number[] = []
    for (let n = 0; n < 18; n += 1) ids.push(await order(stopping))
    await stopping.actions.started(16)
    const elsewhere = await order(stopping, PLATFORM_WORKER)
    await platform.started(1)
    await until(() => stopping.orders.onPlatforms() === 1)
    await stopping.frontEnds.leave()
    await stopping.orders.pause()
    await other.actions.started(2)
    assert.deepEqual(new Set(startedOf(other.actions)), new Set(ids.slice(16)))
    for (const { activationId } of stopping.actions.starts) stopping.actions.end(activationId, {})
    await stopping.orders.finish()
    assert.equal(ended.length, 16)
    await platform.started(2)
    // It did not die under it, so that it is tried again like any other.
    assert.deepEqual(startedOf(platform), [elsewhere, elsewhere])
    const { attempts } = await other.database.committed
      .selectFrom('orders')
      .select('attempts')
      .where('id', '=', elsewhere)
      .executeTakeFirstOrThrow()
    assert.ok(attempts <= 1)
  })

  it('are shared with a newer version, which has changed the tables, and go on there when the older one goes', async () => {
    const older = await open(20)
    const [first, second] = [await order(older), await order(older)]
    await older.actions.started(2)
    const newer = await open(20, [
      ...SERVICE_CHANGES,
      (schema, { integer }) => [
        schema
          .alterTable('orders')
          .addColumn('urgency', integer, (column) => column.notNull().defaultTo(0)),
        schema.createTable('tariffs').addColumn('id', integer),
      ],
    ])
    assert.equal(await report(newer, first), true)
    const [third, fourth] = [await order(older), await order(newer)]
    await older.actions.started(3)
    await newer.actions.started(1)
    assert.equal(await report(older, fourth), true)
    await older.frontEnds.leave()
    await older.orders.pause()
    await older.frontEnds.close()
    await newer.actions.started(3)
    for (const id of [second, third]) assert.equal(await report(newer, id), true)
    assert.deepEqual(
      ended.map(([id]) => id),
      [first, fourth, second, third],
    )
  })
})

function end(orders: Orders, database: ServiceDatabase, id: number, item: number) {
  return database.write((tables) => orders.end(tables, id, item))
}

/** Of which orders workers were started. */
function startedOf({ starts }: ReturnType<typeof fakeActions>): unknown[] {
  return starts.map(({ params }) => params.renditions[0]?.userData['id'])
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Looks again and again; mocha's limit ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}
