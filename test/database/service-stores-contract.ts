import assert from 'node:assert/strict'
import { onlyFrontEnd } from '../../src/database/front-ends.ts'
import type { ServiceDatabase } from '../../src/database/service-database.ts'
import { openJournal } from '../../src/doors/asset-compute/journal.ts'
import { openRegistrations } from '../../src/doors/asset-compute/registrations.ts'
import { openAcceptedRequests } from '../../src/doors/asset-compute/requests.ts'
import { createTaskLife } from '../../src/doors/jobs/tasks/task-life.ts'
import { openTaskStore } from '../../src/doors/jobs/tasks/task-store.ts'
import { openPartUploads } from '../../src/doors/jobs/uploads/part-uploads.ts'
import { createDeliveryStore } from '../../src/doors/jobs/webhooks/delivery-store.ts'
import { createWebhookStore } from '../../src/doors/jobs/webhooks/webhook-store.ts'
import { createSealing } from '../../src/home/sealing.ts'
import { openOrderStore } from '../../src/orders/order-store.ts'

const CLIENT = { clientId: 'client', orgId: 'org', tokenId: 'token' }
const DAY_MS = 24 * 60 * 60 * 1000

/** What the stores of the service do, wherever their tables are. */
export function specifyServiceStores(open: () => Promise<ServiceDatabase>): void {
  const clock = { ms: Date.UTC(2026, 0, 1) }
  const now = (): number => clock.ms
  let database: ServiceDatabase
  beforeEach(async () => {
    database = await open()
  })
  afterEach(() => database.close())

  it('write all of a work or nothing of it', async () => {
    const orders = openOrderStore(database, now)
    const refused = database.write(async (tables) => {
      await orders.accept(tables, { door: 'd', client: 'c', worker: 'w', items: [0] })
      throw new Error('refused')
    })
    await assert.rejects(refused, /refused/)
    assert.deepEqual(await orders.adopt(), [])
    await database.tryWriting()
  })

  it('show what is committed, and within a work what has changed besides', async () => {
    const orders = openOrderStore(database, now)
    await database.write(async (tables) => {
      const { id } = await orders.accept(tables, {
        door: 'd',
        client: 'c',
        worker: 'w',
        items: [0],
      })
      const within = tables.selectFrom('orders').select('id')
      assert.equal((await within.execute()).length, 1)
      assert.equal(await orders.find(id), undefined)
    })
    assert.equal((await orders.adopt()).length, 1)
  })

  it('end an item of an order once, however many say so at once', async () => {
    const orders = openOrderStore(database, now)
    const order = await database.write((tables) =>
      orders.accept(tables, { door: 'd', client: 'c', worker: 'https://w.test', items: [2, 0, 1] }),
    )
    assert.deepEqual({ ...(await orders.find(order.id)) }, { ...order, holder: '' })
    assert.deepEqual(await orders.pendingItems(order.id), [0, 1, 2])
    assert.deepEqual(await orders.backlog(), [
      { door: 'd', isElsewhere: true, count: 1, oldest: clock.ms },
    ])
    const ends = await Promise.all(
      Array.from({ length: 8 }, () => database.write((tables) => orders.end(tables, order.id, 1))),
    )
    assert.deepEqual(
      ends.filter((holder) => holder !== undefined),
      [''],
    )
    assert.deepEqual(await orders.pendingItems(order.id), [0, 2])
    await orders.countAttempt(order.id)
    assert.deepEqual(
      (await orders.adopt()).map(({ id, attempts }) => [id, attempts]),
      [[order.id, 1]],
    )
    await orders.uncountAttempts([order.id])
    assert.deepEqual(
      (await orders.adopt()).map(({ attempts }) => attempts),
      [0],
    )
    await database.write(async (tables) => {
      for (const item of [0, 2]) await orders.end(tables, order.id, item)
    })
    await orders.sweep('d', clock.ms + 1)
    assert.equal(await orders.find(order.id), undefined)
  })

  it('commit events of a journal in the order of their positions, each once', async () => {
    const registrations = openRegistrations(database)
    const journal = openJournal(database, now)
    const [one, other] = await Promise.all([
      registrations.register(CLIENT),
      registrations.register(CLIENT),
    ])
    assert.equal(one.id, other.id)
    const append = (name: number) =>
      database.write((tables) =>
        journal.append(tables, {
          registrationId: one.id,
          tokenId: 'token',
          visibleAt: 0,
          event: { name, text: 'é\u0000日本' },
        }),
      )
    await Promise.all(Array.from({ length: 20 }, (_, name) => append(name)))
    const page = await journal.read(one.id, 0)
    assert.deepEqual(
      page.events.map(({ position }) => position),
      Array.from({ length: 20 }, (_, index) => index + 1),
    )
    assert.equal(new Set(page.events.map(({ json }) => json)).size, 20)
    assert.equal(await journal.count(one.id, 5), 15)
    await journal.delivered(one.id, 'token', 7)
    await journal.delivered(one.id, 'token', 3)
    const found = (await registrations.byId(one.id)) ?? assert.fail('it is registered')
    assert.equal(await journal.latestFor(found, 'token'), 7)
    assert.equal(await journal.before(found, clock.ms), 0)
    clock.ms += 8 * DAY_MS
    await journal.sweep()
    assert.equal(await journal.count(one.id, 0), 0)
    assert.equal((await registrations.byId(one.id))?.sweptPosition, 20)
  })

  it('seek in a journal by a time, though clocks of those who write differ by a little', async () => {
    const registrations = openRegistrations(database)
    const journal = openJournal(database, now)
    const { id } = await registrations.register(CLIENT)
    const began = clock.ms
    for (const ms of [0, 60_000, 59_600, 120_000]) {
      clock.ms = began + ms
      await database.write((tables) =>
        journal.append(tables, { registrationId: id, tokenId: 't', visibleAt: 0, event: { ms } }),
      )
    }
    const found = (await registrations.byId(id)) ?? assert.fail('it is registered')
    const sought = [0, 1, 59_601, 60_001, 120_001].map((ms) => journal.before(found, began + ms))
    assert.deepEqual(await Promise.all(sought), [0, 1, 1, 3, 4])
  })

  it('accept a request with its orders, and forget them when its client unregisters', async () => {
    const orders = openOrderStore(database, now)
    const registrations = openRegistrations(database)
    const requests = openAcceptedRequests(database, {
      orders,
      chooseWorker: ({ fmt }) => `make-${fmt}`,
      now,
    })
    const { id } = await registrations.register(CLIENT)
    const body = {
      source: 'https://storage.test/a.jpg',
      userData: { own: [1] },
      renditions: ['png', 'text', 'png'].map((fmt) => ({ fmt, target: 'https://storage.test/b' })),
    }
    const [pngs, text] = (await requests.accept(id, CLIENT, 'request', body)) ?? []
    assert.ok(pngs && text)
    assert.deepEqual(await orders.pendingItems(pngs.id), [0, 2])
    const request = (await requests.byOrder(text.id)) ?? assert.fail('it is there')
    assert.deepEqual(request.userData, { own: [1] })
    assert.deepEqual((await requests.renditions(request.id)).length, 3)
    assert.equal((await requests.underWay('client')).length, 2)
    await registrations.unregister(CLIENT, (tables, registration) =>
      requests.forgetOrders(tables, registration.id),
    )
    assert.equal(await requests.byId(request.id), undefined)
    assert.deepEqual(await orders.adopt(), [])
    assert.equal(await requests.accept(id, CLIENT, 'late', body), undefined)
  })

  it('end a job once its last task has ended, whichever that is', async () => {
    const store = openTaskStore(database, { sealing: createSealing('ab'.repeat(32)), now })
    let told = 0
    const life = createTaskLife({
      database,
      frontEnds: onlyFrontEnd(),
      store,
      note: async () => undefined,
      log: { warn: assert.fail },
    })
    life.listen({
      hear({ job }) {
        if (job?.endedAt !== undefined && job.endedAt !== null) told += 1
      },
    })
    const { job, tasks } = await database.write(async (tables) => {
      const within = store.within(tables)
      const added = await within.addJob({ user: 1, tag: 'é', webhookUrl: null })
      const all = []
      for (const name of ['a', 'b', 'c', 'd']) {
        all.push(
          await within.addTask({
            id: `task-${name}`,
            user: 1,
            job: added.sequence,
            name,
            operation: 'convert',
            payload: { password: name },
            inputs: [],
            ignoreError: false,
            message: null,
            retryOf: null,
            deadline: clock.ms + 1000,
          }),
        )
      }
      return { job: added, tasks: all }
    })
    assert.deepEqual(await store.payloadOf(tasks[1] ?? assert.fail()), { password: 'b' })
    const file = { filename: 'a.png', object: 'jobs/a', size: 2 ** 40, contentType: 'image/png' }
    await Promise.all(tasks.map((task) => life.end(task, { status: 'finished', files: [file] })))
    assert.equal((await store.job(job.id))?.status, 'finished')
    assert.equal(told, 1)
    const [kept] = await store.filesOf(tasks[0] ?? assert.fail())
    assert.deepEqual({ ...kept }, file)
    const where = { status: 'finished', tag: 'é' } as const
    assert.equal((await store.jobs({ user: 1, where, limit: 5, offset: 0 })).length, 1)
    assert.equal((await store.endedBefore(clock.ms + 1, 5)).jobs.length, 1)
    await database.write((tables) => store.within(tables).removeJob(job))
    assert.equal(await store.task('task-a'), undefined)
  })

  it('have a task that is under way seen to by one front end, and by another when that is gone', async () => {
    const store = openTaskStore(database, { sealing: createSealing('ab'.repeat(32)), now })
    const change = <T>(work: (tasks: ReturnType<typeof store.within>) => Promise<T>): Promise<T> =>
      database.write((tables) => work(store.within(tables)))
    const add = (id: string, inputs: string[] = []) =>
      change((tasks) =>
        tasks.addTask({
          id,
          user: 1,
          job: null,
          name: null,
          operation: 'import/url',
          payload: {},
          inputs,
          ignoreError: false,
          message: null,
          retryOf: null,
          deadline: clock.ms + 1000,
        }),
      )
    const idle = async (holder: string) => (await store.idle(holder)).map(({ id }) => id)
    const overdue = async (holder: string, waiting: boolean) =>
      (await store.overdue({ now: clock.ms + 2000, holder, waiting })).map(({ id }) => id)
    const [one, two] = [await add('one'), await add('two', ['one'])]
    assert.deepEqual(await idle('a'), ['one'])
    const by = { deadline: clock.ms + 1000, holder: 'a' }
    assert.equal(await change((tasks) => tasks.begin(one, by)), true)
    assert.equal(await change((tasks) => tasks.begin(one, { ...by, holder: 'b' })), false)
    assert.deepEqual([await idle('a'), await idle('b')], [['one'], []])
    assert.deepEqual([await overdue('a', false), await overdue('b', true)], [['one'], ['two']])

    const a = { id: 'a', objects: 'here', joined_at: 0, seen_at: 0 }
    await database.write((tables) => tables.insertInto('front_ends').values(a).execute())
    await change((tasks) => tasks.adopt('b'))
    assert.equal(await store.holderOf(one), 'a')
    await database.write((tables) => tables.deleteFrom('front_ends').execute())
    await change((tasks) => tasks.adopt('b'))
    assert.equal(await store.holderOf(one), 'b')

    const attempts = async () => (await store.task('one'))?.attempts
    await change((tasks) => tasks.countAttempt(one))
    await change((tasks) => tasks.leave(one, 'a'))
    assert.deepEqual([await store.holderOf(one), await attempts()], ['b', 1])
    await change((tasks) => tasks.leave(one, 'b'))
    assert.deepEqual([await store.holderOf(one), await attempts()], ['', 0])
    await change((tasks) => tasks.end(one, { status: 'finished', message: 'a\u0000b' }))
    assert.deepEqual(await idle('a'), ['two'])
    assert.equal((await store.task('one'))?.message, 'a\uFFFDb')
    await change((tasks) => tasks.begin(two, by))
    const rendition = { task: two.sequence, stage: 0, order_id: 1, rendition: Buffer.from('wish') }
    await database.write(async (tables) => {
      for (const position of [0, 1]) {
        await tables
          .insertInto('task_renditions')
          .values({ ...rendition, position, failure: position === 0 ? '' : null })
          .execute()
      }
    })
    assert.deepEqual(await idle('a'), [])
    await database.write((tables) =>
      tables.updateTable('task_renditions').set({ failure: '' }).execute(),
    )
    assert.deepEqual(await idle('b'), ['two'])
  })

  it('keep webhooks and what they are to be told, which goes with them', async () => {
    const webhooks = createWebhookStore({ now })
    const deliveries = createDeliveryStore(database.committed, { now })
    const webhook = await database.write(async (tables) => {
      const added = await webhooks.add(tables, {
        user: 1,
        url: 'https://a.test',
        events: ['job.failed'],
      })
      const about = { user: 1, url: added.url, event: 'job.failed', subject: 'job', body: '{}' }
      await deliveries.add(tables, { ...about, webhook: added.id })
      await deliveries.add(tables, { ...about, webhook: null })
      return added
    })
    assert.deepEqual(await webhooks.list(database.committed, 1), [webhook])
    const [first, second] = await deliveries.open()
    assert.ok(first && second)
    await database.write(async (tables) => {
      await deliveries.noteAttempt(tables, first.id, { outcome: 'It was refused.', nextAt: null })
      await webhooks.setFailing(tables, webhook.id, true)
    })
    assert.equal(await deliveries.openOne(first.id), undefined)
    assert.equal((await webhooks.find(database.committed, webhook.id))?.failing, true)
    assert.equal((await deliveries.about(['job'], { from: 0, to: clock.ms })).length, 2)
    await database.write((tables) => webhooks.remove(tables, webhook.id))
    assert.deepEqual(
      (await deliveries.list(1, 5)).map(({ id }) => id),
      [second.id],
    )
    await database.sweep((tables) => deliveries.removeBefore(tables, clock.ms + 1))
    assert.equal((await deliveries.list(1, 5)).length, 1)
  })

  it('keep uploads in parts as long as their task', async () => {
    const store = openTaskStore(database, { sealing: createSealing('ab'.repeat(32)), now })
    const uploads = openPartUploads(database, '')
    const task = await database.write((tables) =>
      store.within(tables).addTask({
        id: 'task',
        user: 1,
        job: null,
        name: null,
        operation: 'import/upload',
        payload: {},
        inputs: ['other'],
        ignoreError: true,
        message: 'Waiting',
        retryOf: null,
        deadline: null,
      }),
    )
    const upload = {
      task: task.sequence,
      length: null,
      filename: 'ü',
      contentType: 'a/b',
      metadata: {},
    }
    await uploads.add({ ...upload, id: 'one' })
    const one = (await uploads.find(task, 'one')) ?? assert.fail('it is there')
    await uploads.setLength(one, 5_000_000_000)
    assert.equal((await uploads.find(task, 'one'))?.length, 5_000_000_000)
    assert.deepEqual(await store.inputIdsOf(task), ['other'])
    await database.write((tables) => store.within(tables).removeTask(task))
    assert.deepEqual(await uploads.all(), [])
  })

  it('tell those who listen what is told within a work, once that is committed', async () => {
    const heard: (string | undefined)[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const unhear = database.hear('news', (what) => {
      heard.push(what)
      if (what === 'last one') resolve()
    })
    database.hear('others', assert.fail)
    await assert.rejects(
      database.write(async (tables) => {
        await database.tell(tables, 'news', 'undone')
        throw new Error('refused')
      }),
    )
    await database.write((tables) => database.tell(tables, 'news', 'one'))
    await database.write((tables) => database.tell(tables, 'news', 'last one'))
    await promise
    assert.deepEqual(heard, ['one', 'last one'])
    unhear()
    await database.write((tables) => database.tell(tables, 'news', 'nobody'))
    assert.equal(heard.length, 2)
  })
}
