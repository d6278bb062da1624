import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { Socket as NetSocket } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { onlyFrontEnd } from '../../../src/database/front-ends.ts'
import { createSockets, type Sockets } from '../../../src/doors/jobs/sockets/sockets.ts'
import type { Job, Task } from '../../../src/doors/jobs/tasks/records.ts'
import { createTaskLife, type TaskLife } from '../../../src/doors/jobs/tasks/task-life.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { ANN, BEN, jobJson, openJobs, taskJson } from './notifying-fixture.ts'

type Message = [event: string, channel: string, told?: unknown]

/** Resolves once what was announced is read and told. */
const allTold = () => new Promise<void>((resolve) => void setImmediate(resolve))

describe('sockets', () => {
  const folder = useTemporaryFolder()
  let files = 0
  let jobs: ReturnType<typeof openJobs>
  let life: TaskLife
  let sockets: Sockets
  let server: Server
  let connections: Set<NetSocket>
  let origin: string
  let clients: Socket[]
  let lines: string[]
  /** Those who wait until it is time to tell the end of a job. */
  let delays: { ms: number; over: () => void }[]

  beforeEach(async () => {
    jobs = openJobs(folder.pathTo(`${files++}.sqlite`), Date.now)
    const { database, store } = jobs
    clients = []
    lines = []
    const push = (line: string): void => void lines.push(line)
    life = createTaskLife({
      database,
      frontEnds: onlyFrontEnd(),
      store,
      note: async () => undefined,
      log: { warn: push },
    })
    delays = []
    sockets = createSockets({
      authorize: async (token) =>
        ({ 'key-ann': ANN, 'key-ben': BEN })[token === 'fails' ? raise() : token],
      store,
      life,
      jobJson,
      taskJson,
      log: { error: push, warn: push, info: push, debug: push },
      delay: (ms) =>
        new Promise<void>((resolve) => {
          delays.push({ ms, over: resolve })
        }),
    })
    server = createServer((_request, response) => void response.end('something else'))
    connections = new Set()
    server.on('connection', (connection: NetSocket) => void connections.add(connection))
    sockets.attach(server)
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    origin = `http://127.0.0.1:${address.port}`
  })
  afterEach(async () => {
    for (const client of clients) client.close()
    sockets.close()
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
    for (const connection of connections) connection.destroy()
    await closed
    await jobs.database.close()
  })

  /** A client that keeps what it is told. */
  function connect(transports = ['websocket']) {
    const socket = io(origin, { transports, forceNew: true, reconnection: false })
    clients.push(socket)
    const told: Message[] = []
    const hearers = new Set<() => void>()
    socket.onAny((...message: Message) => {
      told.push(message)
      for (const hear of hearers) hear()
    })
    /** Resolves once so many messages have come. */
    const hears = (count: number) =>
      new Promise<Message[]>((resolve) => {
        const hear = (): void => {
          if (told.length < count) return
          hearers.delete(hear)
          resolve(told)
        }
        hearers.add(hear)
        hear()
      })
    return {
      socket,
      told,
      hears,
      disconnected: new Promise<string>((resolve) => {
        socket.on('disconnect', resolve)
      }),
      send: (channel: unknown, headers: object = { Authorization: 'Bearer key-ann' }) =>
        void socket.emit('subscribe', { channel, auth: { headers } }),
      /** Resolves once it is subscribed, and has heard of it. */
      async subscribe(channel: string): Promise<void> {
        const before = told.length
        socket.emit('subscribe', {
          channel,
          auth: { headers: { Authorization: 'Bearer key-ann' } },
        })
        await hears(before + 1)
        assert.deepEqual(told[before], ['subscription_succeeded', channel])
      },
    }
  }

  const end = (task: Task, status: 'finished' | 'error' = 'finished', message?: string) =>
    life.end(task, { status, message })

  async function begin(job: Job, task: Task): Promise<void> {
    const [begunJob, begunTask] = await jobs.database.write(async (tables) => {
      const store = jobs.store.within(tables)
      await store.begin(task, { deadline: Date.now(), holder: '' })
      await store.beginJob(job)
      return [await store.job(job.id), await store.task(task.id)] as const
    })
    assert.ok(begunJob && begunTask)
    life.announce([
      { event: 'updated', job: begunJob },
      { event: 'updated', task: begunTask },
    ])
  }

  /** Connections that nobody shows a key on. */
  async function connectStrangers(count: number): Promise<void> {
    for (let n = 0; n < count; n += 100) {
      const asked = Array.from({ length: 100 }, () =>
        fetch(`${origin}/socket.io/?EIO=4&transport=polling`),
      )
      for (const answer of await Promise.all(asked)) assert.match(await answer.text(), /"sid"/)
    }
  }

  it('have room for who has a key, however many strangers hold some', async () => {
    await connectStrangers(1000)
    const job = await jobs.addJob()
    const client = connect()
    await client.subscribe(`private-job.${job.id}`)
    await connectStrangers(100)
    assert.ok(client.socket.connected)
    life.announce([{ event: 'updated', job }])
    await client.hears(2)
  })

  for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
    it(`tell what happens to a job, a task and whatever is a user's, over ${transports.join(' and ')}`, async () => {
      const job = await jobs.addJob()
      const task = await jobs.addTask({ job })
      const channels = {
        job: `private-job.${job.id}`,
        jobTasks: `private-job.${job.id}.tasks`,
        task: `private-task.${task.id}`,
        jobs: `private-user.${ANN.id}.jobs`,
        tasks: `private-user.${ANN.id}.tasks`,
      }
      const client = connect(transports)
      for (const channel of Object.values(channels)) await client.subscribe(channel)
      client.told.length = 0
      life.announce([
        { event: 'created', job },
        { event: 'created', task },
      ])
      await begin(job, task)
      await end(task)
      await allTold()
      assert.deepEqual(
        delays.map(({ ms }) => ms),
        [300],
      )
      await client.hears(13)
      delays[0]?.over()
      const waiting = { job: { id: job.id, status: 'waiting' } }
      const processing = { job: { id: job.id, status: 'processing' } }
      const finished = { job: { id: job.id, status: 'finished' } }
      const told = (status: string) => ({ task: { id: task.id, status, message: null } })
      const ofTask = (event: string, status: string) =>
        [channels.task, channels.jobTasks, channels.tasks].map((name) => [
          event,
          name,
          told(status),
        ])
      assert.deepEqual(await client.hears(15), [
        ['job.created', channels.job, waiting],
        ['job.created', channels.jobs, waiting],
        ...ofTask('task.created', 'waiting'),
        ['job.updated', channels.job, processing],
        ['job.updated', channels.jobs, processing],
        ...ofTask('task.updated', 'processing'),
        ...ofTask('task.finished', 'finished'),
        ['job.finished', channels.job, finished],
        ['job.finished', channels.jobs, finished],
      ])
    })
  }

  it('tell the end of a job to who comes late', async () => {
    const job = await jobs.addJob()
    await end(await jobs.addTask({ job }), 'error')
    const client = connect()
    await client.subscribe(`private-job.${job.id}`)
    assert.deepEqual(
      delays.map(({ ms }) => ms),
      [300],
    )
    delays[0]?.over()
    const told = { job: { id: job.id, status: 'error' } }
    assert.deepEqual((await client.hears(2))[1], ['job.failed', `private-job.${job.id}`, told])
  })

  it('tell the end of a task to who comes late', async () => {
    const task = await jobs.addTask()
    await end(task, 'error', 'It broke.')
    const client = connect()
    await client.subscribe(`private-task.${task.id}`)
    const told = { task: { id: task.id, status: 'error', message: 'It broke.' } }
    assert.deepEqual((await client.hears(2))[1], ['task.failed', `private-task.${task.id}`, told])
  })

  it('tell the ends of the tasks of a job before its own, in whichever order somebody comes late', async () => {
    const job = await jobs.addJob()
    const first = await jobs.addTask({ job })
    const second = await jobs.addTask({ job, inputs: [first] })
    await end(first, 'error', 'It broke.')
    const client = connect()
    const channel = `private-job.${job.id}.tasks`
    await client.subscribe(`private-job.${job.id}`)
    await client.subscribe(channel)
    await client.hears(4)
    delays[0]?.over()
    const events = (await client.hears(5)).slice(2).map(([event, , told]) => ({ event, told }))
    assert.deepEqual(events, [
      {
        event: 'task.failed',
        told: { task: { id: first.id, status: 'error', message: 'It broke.' } },
      },
      {
        event: 'task.failed',
        told: { task: { id: second.id, status: 'error', message: 'Input task has failed' } },
      },
      { event: 'job.failed', told: { job: { id: job.id, status: 'error' } } },
    ])
  })

  it('tell an end once, to who comes when it is about to be told too', async () => {
    const job = await jobs.addJob()
    const task = await jobs.addTask({ job })
    const early = connect()
    await early.subscribe(`private-job.${job.id}`)
    await end(task)
    const late = connect()
    await late.subscribe(`private-job.${job.id}`)
    await late.subscribe(`private-job.${job.id}`)
    await early.subscribe(`private-job.${job.id}`)
    for (const { over } of delays) over()
    await early.hears(3)
    await late.hears(3)
    // Whatever else there were, it would have come before this.
    early.send('end')
    late.send('end')
    for (const { hears } of [early, late]) {
      const events = (await hears(4)).map(([event]) => event)
      const expected = ['job.finished', 'subscription_succeeded', 'subscription_succeeded']
      assert.deepEqual(events.toSorted(), [...expected, 'subscription_error'].toSorted())
    }
  })

  it('tell nothing more to who has unsubscribed', async () => {
    const task = await jobs.addTask()
    const client = connect()
    await client.subscribe(`private-task.${task.id}`)
    client.socket.emit('unsubscribe', { channel: `private-task.${task.id}` })
    client.send('end')
    await client.hears(2)
    await end(task)
    client.send('end')
    const events = (await client.hears(3)).map(([event]) => event)
    assert.deepEqual(events, ['subscription_succeeded', 'subscription_error', 'subscription_error'])
  })

  for (const name of ['Authorization', 'authorization', 'AUTHORIZATION']) {
    it(`take the key out of ${name}`, async () => {
      const client = connect()
      client.send(`private-user.${ANN.id}.jobs`, { [name]: 'Bearer key-ann' })
      assert.equal((await client.hears(1))[0]?.[0], 'subscription_succeeded')
    })
  }

  const UNAUTHENTICATED = /^auth\.headers\.Authorization must be "Bearer KEY" with a key/
  for (const { title, channel, headers, code, message } of [
    { title: 'no key', headers: {}, code: 'UNAUTHENTICATED', message: UNAUTHENTICATED },
    {
      title: 'a key that there is not',
      headers: { Authorization: 'Bearer other' },
      code: 'UNAUTHENTICATED',
      message: UNAUTHENTICATED,
    },
    {
      title: 'a name of no channel',
      channel: 'private-jobs.1',
      code: 'INVALID_DATA',
      message: /^There is no channel of this name; it must be private-job\.ID, /,
    },
    {
      title: 'no name',
      channel: 7,
      code: 'INVALID_DATA',
      message: /^subscribe must be sent with \{"channel"/,
    },
    {
      title: 'a job that there is not',
      channel: 'private-job.none.tasks',
      code: 'NOT_FOUND',
      message: /^There is no job none\.$/,
    },
    {
      title: 'a task that there is not',
      channel: 'private-task.none',
      code: 'NOT_FOUND',
      message: /^There is no task none\.$/,
    },
    {
      title: 'another user',
      channel: 'private-user.2.tasks',
      code: 'NOT_FOUND',
      message: /^There is no user 2\.$/,
    },
    {
      title: 'a key that cannot be looked up',
      headers: { Authorization: 'Bearer fails' },
      code: 'INTERNAL_ERROR',
      message: /^The service failed; its log tells why\.$/,
    },
  ]) {
    it(`refuse a subscription with ${title}, and say so`, async () => {
      const client = connect()
      client.send(channel ?? 'private-user.1.jobs', headers)
      const [[event, name, refusal] = []] = await client.hears(1)
      assert.equal(event, 'subscription_error')
      const isNamed = typeof channel !== 'number' && code !== 'INTERNAL_ERROR'
      assert.equal(name, isNamed ? (channel ?? 'private-user.1.jobs') : '')
      assert.ok(typeof refusal === 'object' && refusal !== null)
      assert.ok('code' in refusal && 'message' in refusal)
      assert.equal(refusal.code, code)
      assert.match(String(refusal.message), message)
    })
  }

  it('keep the jobs and tasks of somebody else from sight', async () => {
    const job = await jobs.addJob({ user: BEN })
    const task = await jobs.addTask({ user: BEN, job })
    const client = connect()
    const channels = [
      `private-job.${job.id}`,
      `private-job.${job.id}.tasks`,
      `private-task.${task.id}`,
    ]
    for (const channel of channels) client.send(channel)
    await client.hears(3)
    await end(task)
    client.send('end')
    const told = await client.hears(4)
    assert.deepEqual(
      told.map(([event]) => event),
      Array.from({ length: 4 }, () => 'subscription_error'),
    )
    assert.deepEqual(told[0]?.[2], { code: 'NOT_FOUND', message: `There is no job ${job.id}.` })
  })

  it('take so many subscriptions on a socket, and no more', async () => {
    const client = connect()
    const tasks = await Promise.all(Array.from({ length: 501 }, () => jobs.addTask()))
    for (const { id } of tasks) client.send(`private-task.${id}`)
    const told = await client.hears(501)
    const refused = told.filter(([event]) => event === 'subscription_error')
    const message = 'There are 500 subscriptions, the most that a socket may have.'
    assert.deepEqual(refused, [
      [
        'subscription_error',
        `private-task.${tasks[500]?.id}`,
        { code: 'TOO_MANY_REQUESTS', message },
      ],
    ])
  })

  it('take so many sockets of a user, and no more', async () => {
    const channel = `private-user.${ANN.id}.jobs`
    const all = Array.from({ length: 100 }, () => connect())
    for (const each of all) each.send(channel)
    for (const each of all) assert.equal((await each.hears(1))[0]?.[0], 'subscription_succeeded')
    const one = connect()
    one.send(channel)
    const message = 'There are 100 sockets, the most that a user may have.'
    assert.deepEqual((await one.hears(1))[0]?.[2], { code: 'TOO_MANY_REQUESTS', message })
  })

  it('disconnect who asks in vain again and again', async () => {
    const client = connect()
    for (let n = 0; n < 100; n += 1) client.send('none')
    assert.equal(await client.disconnected, 'io server disconnect')
    assert.equal(client.told.length, 100)
  })

  it('disconnect who sends more than a subscription has', async () => {
    const client = connect()
    client.send('x'.repeat(20_000))
    assert.equal(await client.disconnected, 'transport close')
  })

  it('disconnect who does not read what it is sent', async () => {
    const polling = `${origin}/socket.io/?EIO=4&transport=polling`
    const opened = await (await fetch(polling)).text()
    const session = `${polling}&sid=${JSON.parse(opened.slice(1)).sid}`
    const send = (body: string) => fetch(session, { method: 'POST', body })
    const poll = async () => (await fetch(session)).text()
    const message = {
      channel: `private-user.${ANN.id}.jobs`,
      auth: { headers: { Authorization: 'Bearer key-ann' } },
    }
    await send('40')
    await send(`42${JSON.stringify(['subscribe', message])}`)
    let read = ''
    while (!read.includes('subscription_succeeded')) read += await poll()
    const job = await jobs.addJob()
    for (let n = 0; n < 1000; n += 1) life.announce([{ event: 'updated', job }])
    await allTold()
    assert.deepEqual(lines, [])
    for (let n = 0; n < 1000; n += 1) life.announce([{ event: 'updated', job }])
    await allTold()
    assert.deepEqual(lines, [
      'A client of private-user.1.jobs does not read what it is sent; it is disconnected.',
    ])
    assert.equal((await fetch(session)).status, 400)
  })

  it('leave everything else to the server that they are attached to', async () => {
    assert.equal(await (await fetch(`${origin}/v2/jobs`)).text(), 'something else')
  })

  it('end every connection, and take no more, when they are closed', async () => {
    const task = await jobs.addTask()
    const client = connect()
    await client.subscribe(`private-task.${task.id}`)
    sockets.close()
    await client.disconnected
    await end(task)
    assert.equal(client.told.length, 1)
    const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`)
    assert.equal(response.status, 403)
    assert.match(await response.text(), /The service is stopping/)
    assert.equal(await (await fetch(`${origin}/v2/jobs`)).text(), 'something else')
  })
})

function raise(): never {
  throw new Error('the file of the keys is gone')
}
