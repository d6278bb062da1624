import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { openServiceFile, type ServiceDatabase } from '../../../src/database/service-database.ts'
import {
  createJournalRoutes,
  journalPath,
} from '../../../src/doors/asset-compute/journal-routes.ts'
import { type Journal, openJournal } from '../../../src/doors/asset-compute/journal.ts'
import {
  openRegistrations,
  type Registration,
} from '../../../src/doors/asset-compute/registrations.ts'
import { openAcceptedRequests } from '../../../src/doors/asset-compute/requests.ts'
import { openOrderStore } from '../../../src/orders/order-store.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { requestBody } from './gateway-fixture.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const pageSchema = z.object({ events: z.array(z.object({ event: z.object({ n: z.int() }) })) })

const chooseWorker = () => 'package/worker'

describe('A journal', () => {
  const folder = useTemporaryFolder()
  let file: string
  let files = 0
  let database: ServiceDatabase
  let journal: Journal
  let clockMs: number
  const now = () => clockMs

  function open(): void {
    database = openServiceFile(file)
    journal = openJournal(database, now)
  }
  beforeEach(() => {
    file = folder.pathTo(`${files++}.sqlite`)
    clockMs = Date.UTC(2026, 0, 1)
    open()
  })
  afterEach(() => database.close())

  const register = (clientId = 'client') =>
    openRegistrations(database).register({ clientId, orgId: 'org', tokenId: 'token' })

  const latest = async (id: string): Promise<Registration> =>
    (await openRegistrations(database).byId(id)) ?? assert.fail(`there is no ${id}`)

  const append = (registrationId: string, event: object, holdMs = 0) =>
    database.write((tables) =>
      journal.append(tables, {
        registrationId,
        tokenId: 'token',
        visibleAt: now() + holdMs,
        event,
      }),
    )

  it('gives one event that is larger than a page may be', async () => {
    const { id } = await register()
    await append(id, { n: 'x'.repeat(2_000_000) })
    await append(id, { n: 2 })
    assert.equal((await journal.read(id, 0)).events.length, 1)
    assert.equal((await journal.read(id, 1)).events.length, 1)
  })

  it('counts the bytes of a page, not its characters', async () => {
    const { id } = await register()
    for (let n = 0; n < 4; n++) await append(id, { n: '€'.repeat(200_000) })
    assert.equal((await journal.read(id, 0)).events.length, 2)
  })

  it('keeps the events of every registration apart', async () => {
    const [one, other] = [await register('one'), await register('other')]
    await append(one.id, { n: 1 })
    await append(other.id, { n: 2 })
    await append(one.id, { n: 3 })
    assert.deepEqual(
      (await journal.read(one.id, 0)).events.map(({ json }) => json),
      ['{"n":1}', '{"n":3}'],
    )
    assert.equal(await journal.count(other.id, 0), 1)
    assert.equal(await journal.latestFor(await latest(other.id), 'stranger'), 1)
  })

  it('tells those who listen that there is another event', async () => {
    const { id } = await register('one')
    const word = journal.listen(id, new AbortController().signal)
    await append(id, { n: 1 })
    await word.within(60_000)
    assert.equal((await journal.read(id, 0)).events.length, 1)
  })

  it('sweeps what is older than seven days, and only that, in every registration', async () => {
    const [one, other] = [await register('one'), await register('other')]
    await append(one.id, { n: 1 })
    await append(other.id, { n: 2 })
    clockMs += 1
    await append(one.id, { n: 3 })
    clockMs += 7 * DAY_MS
    await journal.sweep()
    assert.equal(await journal.count(one.id, 0), 1)
    assert.equal(await journal.count(other.id, 0), 0)
    assert.equal((await latest(one.id)).sweptPosition, 1)
    assert.equal((await latest(other.id)).sweptPosition, 1)
    await journal.sweep()
    assert.equal((await latest(one.id)).sweptPosition, 1)
  })

  it('sweeps more than fits into one transaction', async () => {
    const { id } = await register()
    await database.write(async (tables) => {
      for (let n = 0; n < 12_000; n++) {
        await journal.append(tables, {
          registrationId: id,
          tokenId: 'token',
          visibleAt: 0,
          event: { n },
        })
      }
    })
    clockMs += 7 * DAY_MS + 1
    await append(id, { n: 12_000 })
    await journal.sweep()
    assert.equal(await journal.count(id, 0), 1)
    assert.equal((await latest(id)).sweptPosition, 12_000)
  })

  it('forgets a reader with the last event that it was handed', async () => {
    const { id } = await register()
    await append(id, { n: 1 })
    await journal.delivered(id, 'token', 1)
    clockMs += 7 * DAY_MS + 1
    await append(id, { n: 2 })
    await journal.sweep()
    assert.deepEqual(await database.committed.selectFrom('readers').selectAll().execute(), [])
    assert.equal(await journal.latestFor(await latest(id), 'token'), 1)
  })

  it('notes nothing of a reader whose registration is gone', async () => {
    await journal.delivered('gone', 'token', 1)
    assert.deepEqual(await database.committed.selectFrom('readers').selectAll().execute(), [])
  })

  it('sweeps requests that have ended, and none that is pending', async () => {
    const { id } = await register()
    const orders = openOrderStore(database, now)
    const requests = openAcceptedRequests(database, { orders, chooseWorker, now })
    const client = { clientId: 'client', orgId: 'org', tokenId: 'token' }
    const accept = async () => {
      const [order] =
        (await requests.accept(id, client, 'request', requestBody('a', 'b'))) ?? assert.fail()
      assert.ok(order)
      return { order, id: (await requests.byOrder(order.id))?.id ?? assert.fail() }
    }
    const [ended, half] = [await accept(), await accept()]
    await database.write(async (tables) => {
      await orders.end(tables, ended.order.id, 0)
      await orders.end(tables, ended.order.id, 1)
      await orders.end(tables, half.order.id, 0)
    })
    clockMs += 7 * DAY_MS
    await requests.sweep()
    assert.ok(await requests.byId(ended.id))
    clockMs += 1
    await requests.sweep()
    assert.equal(await requests.byId(ended.id), undefined)
    assert.deepEqual(await requests.renditions(ended.id), [])
    assert.ok(await requests.byId(half.id))
    assert.deepEqual(
      (await orders.adopt()).map(({ id: order, worker }) => ({ order, worker })),
      [{ order: half.order.id, worker: 'package/worker' }],
    )
  })

  it('hands every event out once and in order, however appends, reads and restarts alternate', async () => {
    const step = fc.oneof(
      fc.record({
        append: fc.array(fc.nat({ max: 80 }), { minLength: 1, maxLength: 4 }),
        together: fc.boolean(),
      }),
      fc.record({ read: fc.constantFrom(undefined, 1, 2, 3), latest: fc.boolean() }),
      fc.record({ pass: fc.nat({ max: 60 }) }),
      fc.constant({ reopen: true }),
    )
    let rounds = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { id } = await register(`client${rounds++}`)
        const start = `${journalPath(await latest(id))}?latest=true`
        let next = start
        let appended = 0
        const received: number[] = []

        async function read(limit?: number): Promise<number> {
          const routes = createJournalRoutes({
            journal,
            registrations: openRegistrations(database),
            authenticate: async () => ({
              clientId: `client${rounds - 1}`,
              orgId: 'org',
              tokenId: 'token',
            }),
            stopping: AbortSignal.abort(),
            now,
          })
          const url = new URL(next, 'https://darkroom.test')
          if (limit !== undefined) url.searchParams.set('limit', String(limit))
          const response = await new Hono().route('/', routes).request(url.href)
          next = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? 'none'
          if (response.status === 204) return 0
          assert.equal(response.status, 200)
          const { events } = pageSchema.parse(await response.json())
          received.push(...events.map(({ event: { n } }) => n))
          assert.ok(events.length <= (limit ?? 100) && events.length > 0)
          return events.length
        }

        for (const action of steps) {
          if ('append' in action) {
            const writes = action.append.map((holdMs) => append(id, { n: appended++ }, holdMs))
            if (!action.together) await Promise.all(writes)
            else void Promise.all(writes)
          } else if ('read' in action) {
            if (action.latest) next = start
            await read(action.read)
          } else if ('pass' in action) {
            clockMs += action.pass
          } else {
            await database.close()
            open()
          }
        }
        await database.write(async () => undefined)
        clockMs += 100
        while ((await read()) > 0);
        assert.deepEqual(
          received,
          Array.from({ length: appended }, (_, n) => n),
        )
      }),
      { numRuns: 60 },
    )
  })
})
