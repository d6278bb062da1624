import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mock } from 'node:test'
import { type FrontEnds, joinFrontEnds, onlyFrontEnd } from '../../src/database/front-ends.ts'
import type { ServiceDatabase } from '../../src/database/service-database.ts'
import { createServiceTables, SERVICE_CHANGES } from '../../src/database/service-schema.ts'
import type { ServiceTables } from '../../src/database/service-tables.ts'
import { usePostgres } from '../support/use-postgres.ts'

describe('front ends on one PostgreSQL', () => {
  let url: string
  const joined: FrontEnds[] = []

  afterEach(async () => {
    for (const one of joined.splice(0)) await one.close()
  })
  // After the hook above, so that connections are there for as long.
  const postgres = usePostgres()
  beforeEach(async () => {
    url = await postgres.createDatabase()
  })

  function open(onLoss: (error: Error) => void = assert.fail): Promise<ServiceDatabase> {
    return postgres
      .connect(url, onLoss)
      .open<ServiceTables>('service', [createServiceTables, ...SERVICE_CHANGES])
  }

  /** Joins; one with a long heartbeat is not heard of again, as if it were dead or slow. */
  async function join(
    database: ServiceDatabase,
    { objects = 's3://bucket', heartbeatMs = 20, leaseMs = 60_000 } = {},
  ): Promise<FrontEnds> {
    const one = await joinFrontEnds({
      database,
      objects,
      heartbeatMs,
      leaseMs,
      onSilence: (error) => assert.fail(String(error)),
    })
    joined.push(one)
    return one
  }

  it('see each other come and go, and one of them is the first', async () => {
    const [here, there] = [await open(), await open()]
    const first = await join(here)
    const second = await join(there)
    await until(() => first.count() === 2)
    assert.notEqual(first.id, second.id)
    assert.deepEqual([first.isFirst(), second.isFirst()], [true, false])
    let gone = 0
    second.onGone(() => (gone += 1))
    await first.close()
    await until(() => second.isFirst() && second.count() === 1)
    assert.ok(gone > 0)
  })

  it('take one for gone that is silent for too long, which hears of it when it is back', async () => {
    const slow = await join(await open(), { heartbeatMs: 300, leaseMs: 60_000 })
    let lost = 0
    slow.onGone(() => (lost += 1))
    const other = await join(await open(), { leaseMs: 100 })
    await until(() => other.isFirst())
    await until(() => lost > 0)
    await until(() => slow.count() === 2)
  })

  it('leave what is to be done to the others when they are about to stop', async () => {
    const first = await join(await open())
    const second = await join(await open())
    let gone = 0
    second.onGone(() => (gone += 1))
    await first.leave()
    await until(() => second.isFirst() && second.count() === 1 && gone > 0)
    await until(() => !first.isFirst())
  })

  it('go by the clock of the database, whatever their own says', async () => {
    const right = Date.now
    const { mock: slow } = mock.method(Date, 'now', () => right() - 10 * 60_000)
    try {
      const one = await join(await open())
      assert.ok(Math.abs(one.now() - right()) < 5 * 60_000)
    } finally {
      slow.restore()
    }
  })

  it('refuse one whose objects are elsewhere, and wait for one that was killed', async () => {
    const database = await open()
    await join(database, { objects: 'the folder /a' })
    await assert.rejects(join(await open(), { objects: 's3://bucket', leaseMs: 200 }), {
      message:
        'Another front end on the database of DATABASE_URL has its objects in the folder /a, and this one in s3://bucket; all need the same STORAGE_URL.',
    })
    for (const one of joined.splice(0)) await one.close()
    await join(database, { objects: 's3://bucket' })
  })

  it('hear what is told within works that are committed, in their order, wherever it was told', async () => {
    const [here, there] = [await open(), await open()]
    const heard: (string | undefined)[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const unhear = there.hear('news', (what) => {
      heard.push(what)
      if (what === 'last one') resolve()
    })
    there.hear('others', assert.fail)
    await here.write((tables) => here.tell(tables, 'news', '1'))
    const refused = here.write(async (tables) => {
      await here.tell(tables, 'news', 'undone')
      throw new Error('refused')
    })
    await assert.rejects(refused, /refused/)
    await there.write((tables) => there.tell(tables, 'news', '2'))
    await here.write((tables) => here.tell(tables, 'news', 'last one'))
    await promise
    assert.deepEqual(heard, ['1', '2', 'last one'])
    unhear()
  })

  it('are told that they may have missed something when a connection was cut', async () => {
    const losses: Error[] = []
    const [here, there] = [await open(), await open((error) => void losses.push(error))]
    const events = new EventTarget()
    there.hear('news', (what) => events.dispatchEvent(new Event(what ?? 'missed')))
    const missed = once(events, 'missed')
    await postgres.cutConnections(url, 'darkroom listening')
    await missed
    assert.ok(losses.length > 0)
    const word = once(events, 'word')
    await here.write((tables) => here.tell(tables, 'news', 'word'))
    await word
  })
})

describe('the one front end of a database of its own', () => {
  it('is the first, and alone', () => {
    const only = onlyFrontEnd()
    assert.deepEqual([only.id, only.count(), only.isFirst()], ['', 1, true])
  })
})

/** Looks again and again; mocha's limit ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}
