import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import CloudConvert from 'cloudconvert'
import { type FrontEnds, onlyFrontEnd } from '../../../src/database/front-ends.ts'
import type { Job } from '../../../src/doors/jobs/tasks/records.ts'
import { type Deliveries, openDeliveries } from '../../../src/doors/jobs/webhooks/deliveries.ts'
import { createPost } from '../../../src/doors/jobs/webhooks/post.ts'
import { sign } from '../../../src/doors/jobs/webhooks/signature.ts'
import { WEBHOOK_EVENTS } from '../../../src/doors/jobs/webhooks/webhook-events.ts'
import {
  createWebhookStore,
  type Webhook,
  type WebhookStore,
} from '../../../src/doors/jobs/webhooks/webhook-store.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { ANN, BEN, jobJson, openJobs, taskJson } from './notifying-fixture.ts'
import { openReceiver } from './receiver.ts'

const MINUTE = 60_000

describe('deliveries of webhooks', () => {
  const folder = useTemporaryFolder()
  const clock = { ms: Date.UTC(2026, 0, 1) }
  const now = () => clock.ms
  let files = 0
  let file: string
  let jobs: ReturnType<typeof openJobs>
  let webhooks: WebhookStore
  let deliveries: Deliveries
  let receiver: Awaited<ReturnType<typeof openReceiver>>
  let lines: string[]
  let results: string[]
  let hearers: Set<() => void>

  function push(line: string): void {
    lines.push(line)
    for (const hear of hearers) hear()
  }

  function open(
    options: {
      allowLocal?: boolean
      timeLimitMs?: number
      frontEnds?: Pick<FrontEnds, 'isFirst' | 'onGone'>
    } = {},
  ): void {
    const { allowLocal = true, frontEnds = onlyFrontEnd(), ...others } = options
    jobs = openJobs(file, now)
    webhooks = createWebhookStore({ now })
    deliveries = openDeliveries({
      database: jobs.database,
      frontEnds,
      webhooks,
      accounts: { users: () => [ANN, BEN] },
      jobJson: (_, job) => jobJson(job),
      taskJson: (_, task) => taskJson(task),
      post: createPost({ allowLocal, ...others }),
      noteAttempt: async () => undefined,
      onAttempt: (result) => results.push(result),
      log: { error: push, warn: push, info: push, debug: push },
      now,
    })
    deliveries.start()
  }

  /** As a kill does, which brings nothing to its end. */
  async function kill(): Promise<void> {
    deliveries.close()
    await jobs.database.close()
  }

  /** Resolves once the log has so many lines: each attempt, when all of it is on the disk, is one. */
  const attempts = (count: number) =>
    new Promise<void>((resolve) => {
      const hear = (): void => {
        if (lines.length < count) return
        hearers.delete(hear)
        resolve()
      }
      hearers.add(hear)
      hear()
    })

  async function end(job: Job, event: 'finished' | 'failed' = 'finished'): Promise<void> {
    await jobs.database.write(async (tables) => {
      const store = jobs.store.within(tables)
      await store.endJob(job, event === 'finished' ? 'finished' : 'error')
      const ended = await store.job(job.id)
      assert.ok(ended)
      await deliveries.enqueue(tables, { event, job: ended })
    })
    deliveries.wake()
  }

  /** Ends a job of which one URL is told. */
  async function endJobOf(webhookUrl: string): Promise<Job> {
    const job = await jobs.addJob({ webhookUrl })
    await end(job)
    return job
  }

  const addWebhook = (options: Partial<Webhook> = {}): Promise<Webhook> =>
    jobs.database.write((tables) =>
      webhooks.add(tables, {
        user: ANN.id,
        url: receiver.url(),
        events: ['job.finished'],
        ...options,
      }),
    )

  const find = (id: string) => webhooks.find(jobs.database.committed, id)
  /** The newest. */
  const last = async () => (await deliveries.list(ANN.id, 1))[0]

  beforeEach(async () => {
    file = folder.pathTo(`${files++}.sqlite`)
    lines = []
    results = []
    hearers = new Set()
    receiver = await openReceiver()
    open()
  })
  afterEach(async () => {
    await kill()
    await receiver.close()
  })

  it('are signed as the clients of CloudConvert check it', () => {
    // The vector of its Java client.
    const expected = '5c4c0691bce8a1a2af738b7073fe0627e792734813358c5f88a658819dd0a6d2'
    assert.equal(sign('cloudconvert', '90sffs0d8fs0f9sf0'), expected)
  })

  it('tell the URL of a job how it ended, signed with the secret of its user', async () => {
    const job = await endJobOf(receiver.url('/hook?key=1'))
    await receiver.count(1)
    const [call] = receiver.received
    assert.equal(call?.path, '/hook?key=1')
    assert.equal(call.headers['content-type'], 'application/json')
    assert.ok(call.rawHeaders.includes('CloudConvert-Signature'))
    assert.deepEqual(JSON.parse(call.body), {
      event: 'job.finished',
      job: { id: job.id, status: 'finished' },
    })
    const signature = String(call.headers['cloudconvert-signature'])
    const { webhooks: client } = new CloudConvert('key')
    assert.equal(client.verify(call.body, signature, ANN.webhookSecret), true)
    assert.equal(client.verify(`${call.body} `, signature, ANN.webhookSecret), false)
  })

  it('tell a webhook what it wants to hear, signed with its own secret', async () => {
    const { signingSecret } = await addWebhook({ events: ['job.failed'] })
    await end(await jobs.addJob())
    await end(await jobs.addJob(), 'failed')
    await receiver.count(1)
    const [call] = receiver.received
    assert.match(String(call?.body), /job\.failed/)
    assert.equal(call?.headers['cloudconvert-signature'], sign(call?.body ?? '', signingSecret))
    assert.deepEqual(
      (await deliveries.list(ANN.id, 10)).map(({ event }) => event),
      ['job.failed'],
    )
  })

  it('tell nothing of the jobs of others', async () => {
    await addWebhook()
    await end(await jobs.addJob({ user: BEN }))
    assert.deepEqual(
      [...(await deliveries.list(ANN.id, 10)), ...(await deliveries.list(BEN.id, 10))],
      [],
    )
  })

  for (const event of WEBHOOK_EVENTS) {
    it(`tell of ${event}, of tasks too that are in no job`, async () => {
      await addWebhook({ events: [event] })
      await addWebhook({ events: WEBHOOK_EVENTS.filter((other) => other !== event) })
      const job = await jobs.addJob()
      const task = await jobs.addTask()
      const what = (['created', 'finished', 'failed'] as const).find((each) => event.endsWith(each))
      assert.ok(what)
      await jobs.database.write((tables) =>
        deliveries.enqueue(tables, {
          event: what,
          ...(event.startsWith('job.') ? { job } : { task }),
        }),
      )
      deliveries.wake()
      await receiver.count(1)
      assert.deepEqual(receiver.bodies(), [
        {
          event,
          ...(event.startsWith('job.')
            ? { job: await jobJson(job) }
            : { task: await taskJson(task) }),
        },
      ])
    })
  }

  it('tell what was true when it happened', async () => {
    deliveries.pause()
    const job = await endJobOf(receiver.url())
    await jobs.database.write((tables) => jobs.store.within(tables).removeJob(job))
    deliveries.start()
    await receiver.count(1)
    assert.deepEqual(receiver.bodies(), [
      { event: 'job.finished', job: { id: job.id, status: 'finished' } },
    ])
  })

  it('tell nothing of what did not come to pass', async () => {
    const job = await jobs.addJob({ webhookUrl: receiver.url() })
    const failed = jobs.database.write(async (tables) => {
      await deliveries.enqueue(tables, { event: 'finished', job })
      throw new Error('the transaction fails')
    })
    await assert.rejects(failed)
    deliveries.wake()
    assert.deepEqual(await deliveries.list(ANN.id, 10), [])
    assert.deepEqual(receiver.received, [])
  })

  it('are tried again after 1, 5 and 30 minutes, and then given up', async () => {
    receiver.answer('/', 503)
    const { id } = await addWebhook()
    await end(await jobs.addJob())
    for (const [index, minutes] of [1, 5, 30].entries()) {
      await attempts(index + 1)
      assert.equal((await find(id))?.failing, false)
      const delivery = await last()
      assert.equal(delivery?.nextAt, clock.ms + minutes * MINUTE)
      clock.ms += minutes * MINUTE - 1
      deliveries.wake()
      assert.equal(receiver.received.length, index + 1)
      clock.ms += 1
      deliveries.wake()
    }
    await attempts(4)
    assert.equal(receiver.received.length, 4)
    assert.equal((await find(id))?.failing, true)
    const delivery = await last()
    assert.equal(delivery?.attempts, 4)
    assert.equal(delivery.nextAt, null)
    assert.equal(delivery.outcome, 'The receiver answered 503.')
    assert.deepEqual(results, ['again', 'again', 'again', 'given_up'])

    receiver.answer('/', 200)
    await end(await jobs.addJob())
    await attempts(5)
    assert.equal((await find(id))?.failing, false)
  })

  for (const { answer, again, failing = false, disabled = false, result } of [
    { answer: 200, again: false, result: 'delivered' },
    { answer: 204, again: false, result: 'delivered' },
    { answer: 302, again: false, failing: true, result: 'refused' },
    { answer: 400, again: false, failing: true, result: 'refused' },
    { answer: 404, again: false, failing: true, result: 'refused' },
    { answer: 410, again: false, disabled: true, result: 'gone' },
    { answer: 429, again: true, result: 'again' },
    { answer: 500, again: true, result: 'again' },
    { answer: 503, again: true, result: 'again' },
  ]) {
    it(`${again ? 'are tried again' : 'are done with'} when the receiver answers ${answer}`, async () => {
      const headers = { location: receiver.url('/elsewhere') }
      receiver.answer('/', (response) => void response.writeHead(answer, headers).end())
      const { id } = await addWebhook()
      await end(await jobs.addJob())
      await attempts(1)
      const delivery = await last()
      assert.equal(delivery?.nextAt, again ? clock.ms + MINUTE : null)
      const webhook = await find(id)
      assert.deepEqual([webhook?.failing, webhook?.disabled], [failing, disabled])
      assert.equal(receiver.received.length, 1)
      assert.deepEqual(results, [result])
    })
  }

  it('are not sent to a webhook that said that it is gone', async () => {
    receiver.answer('/', 503)
    await addWebhook()
    await end(await jobs.addJob())
    await attempts(1)
    receiver.answer('/', 410)
    await end(await jobs.addJob())
    await attempts(2)
    clock.ms += 60 * MINUTE
    await end(await jobs.addJob())
    assert.deepEqual(
      (await deliveries.list(ANN.id, 10)).map(({ nextAt, outcome }) => ({ nextAt, outcome })),
      [
        { nextAt: null, outcome: 'The receiver answered 410.' },
        { nextAt: null, outcome: 'Its webhook was disabled before it was sent.' },
      ],
    )
    assert.equal(receiver.received.length, 2)
  })

  it('are tried again when nobody listens', async () => {
    await receiver.close()
    await endJobOf(receiver.url())
    await attempts(1)
    const delivery = await last()
    assert.equal(delivery?.nextAt, clock.ms + MINUTE)
    assert.equal(delivery.outcome, 'There is no connection to the receiver (ECONNREFUSED).')
    receiver = await openReceiver()
  })

  it('are tried again when the receiver takes too long', async () => {
    await kill()
    open({ timeLimitMs: 50 })
    receiver.answer('/', () => undefined)
    await endJobOf(receiver.url())
    await attempts(1)
    const delivery = await last()
    assert.equal(delivery?.nextAt, clock.ms + MINUTE)
    assert.equal(delivery.outcome, 'The receiver did not answer within 0.05 seconds.')
  })

  it('have arrived when the status says so, however much the receiver says', async () => {
    receiver.answer('/', (response) => {
      const more = (): void => {
        while (response.write(Buffer.alloc(16_384)));
        response.once('drain', more)
      }
      more()
    })
    await endJobOf(receiver.url())
    await attempts(1)
    assert.equal((await last())?.outcome, 'The receiver answered 200.')
  })

  it('are sent by the next life when this one is killed before the answer', async () => {
    const job = await jobs.addJob({ webhookUrl: receiver.url() })
    receiver.answer('/', () => undefined)
    await end(job)
    await receiver.count(1)
    await kill()
    receiver.answer('/', 200)
    open()
    await attempts(1)
    assert.equal(receiver.received.length, 2)
    assert.equal(receiver.received[0]?.body, receiver.received[1]?.body)
    assert.equal((await last())?.nextAt, null)
  })

  it('wait for their next attempt through a kill', async () => {
    receiver.answer('/', 503)
    await endJobOf(receiver.url())
    await attempts(1)
    await kill()
    open()
    assert.equal(receiver.received.length, 1)
    clock.ms += MINUTE
    deliveries.wake()
    await attempts(2)
    assert.equal((await last())?.attempts, 2)
  })

  describe('where another front end is the first', () => {
    let isFirst: boolean
    let onGone: Set<() => void>

    beforeEach(async () => {
      await kill()
      isFirst = false
      onGone = new Set()
      open({
        frontEnds: {
          isFirst: () => isFirst,
          onGone(listener) {
            onGone.add(listener)
            return () => void onGone.delete(listener)
          },
        },
      })
    })

    it('are left to that, and are sent by this one when that is gone', async () => {
      const jobsTold = () =>
        new Set(receiver.received.map(({ body }) => /"id":"([^"]+)"/.exec(body)?.[1]))
      const ended = [await endJobOf(receiver.url()), await endJobOf(receiver.url())]
      deliveries.wake()
      isFirst = true
      for (const listener of onGone) listener()
      await attempts(2)
      assert.deepEqual(jobsTold(), new Set(ended.map(({ id }) => id)))
      isFirst = false
      const { id } = await endJobOf(receiver.url())
      isFirst = true
      deliveries.wake()
      await attempts(3)
      assert.deepEqual(jobsTold(), new Set([...ended.map((job) => job.id), id]))
      assert.equal(receiver.received.length, 3)
    })

    it('are sent at once, though the clock of who has noted them may be ahead', async () => {
      clock.ms += MINUTE
      await endJobOf(receiver.url())
      clock.ms -= MINUTE
      isFirst = true
      deliveries.wake()
      await receiver.count(1)
    })
  })

  it('let what is under way come to its end when the service stops', async () => {
    const answers: ServerResponse[] = []
    receiver.answer('/', (response) => void answers.push(response))
    await endJobOf(receiver.url())
    await endJobOf(receiver.url('/second'))
    await receiver.count(2)
    deliveries.pause()
    const finished = deliveries.finish(60_000)
    answers[0]?.end()
    await finished
    assert.deepEqual(
      (await deliveries.list(ANN.id, 2)).map(({ nextAt }) => nextAt),
      [null, null],
    )
  })

  it('do not hold the service up longer than it can wait', async () => {
    receiver.answer('/', () => undefined)
    await endJobOf(receiver.url())
    await receiver.count(1)
    deliveries.pause()
    await deliveries.finish(0)
    const delivery = await last()
    assert.deepEqual([delivery?.attempts, delivery?.nextAt], [0, clock.ms])
  })

  it('do not wait behind a receiver that is slow', async () => {
    receiver.answer('/slow', () => undefined)
    for (let n = 0; n < 20; n += 1) await endJobOf(receiver.url('/slow'))
    await receiver.count(4)
    const quick = await endJobOf(receiver.url('/quick'))
    await attempts(1)
    const paths = receiver.received.map(({ path }) => path)
    assert.deepEqual(paths, ['/slow', '/slow', '/slow', '/slow', '/quick'])
    assert.match(lines[0] ?? '', new RegExp(quick.id))
  })

  it('do not wait behind a host that is slow', async () => {
    const slow = await openReceiver()
    for (let n = 0; n < 20; n += 1) {
      slow.answer(`/${n}`, () => undefined)
      await endJobOf(slow.url(`/${n}`))
    }
    await slow.count(8)
    await endJobOf(receiver.url())
    await attempts(1)
    assert.equal(slow.received.length, 8)
    await slow.close()
  })

  it('tell a receiver in order of the same job', async () => {
    const answers: ServerResponse[] = []
    receiver.answer('/', (response) => void answers.push(response))
    await addWebhook({ events: ['job.created', 'job.finished'] })
    const job = await jobs.addJob()
    await jobs.database.write((tables) => deliveries.enqueue(tables, { event: 'created', job }))
    await end(job)
    const other = await jobs.addJob()
    await end(other)
    await receiver.count(2)
    for (const answer of answers.splice(0)) answer.end()
    await receiver.count(3)
    for (const answer of answers) answer.end()
    assert.equal(JSON.parse(receiver.received[2]?.body ?? '').event, 'job.finished')
    assert.match(receiver.received[2]?.body ?? '', new RegExp(job.id))
  })

  it('keep the secrets of URLs from the log and from whoever looks', async () => {
    receiver.answer('/hook?key=secret', 404)
    const url = `http://user:secret@127.0.0.1:${receiver.port}/hook?key=secret`
    await endJobOf(url)
    await attempts(1)
    const basic = `Basic ${Buffer.from('user:secret').toString('base64')}`
    assert.equal(receiver.received[0]?.headers.authorization, basic)
    assert.match(lines[0] ?? '', /\/hook: The receiver answered 404\. It is given up\./)
    assert.doesNotMatch(lines.join('\n'), /secret/)
    assert.doesNotMatch((await last())?.outcome ?? '', /secret/)
  })

  it('are kept until somebody removes them, those at least that are done with', async () => {
    receiver.answer('/again', 503)
    await endJobOf(receiver.url())
    await endJobOf(receiver.url('/again'))
    await attempts(2)
    await jobs.database.sweep((tables) => deliveries.removeBefore(tables, clock.ms + 1))
    assert.deepEqual(
      (await deliveries.list(ANN.id, 10)).map(({ url }) => url),
      [receiver.url('/again')],
    )
  })

  it('go with their webhook', async () => {
    receiver.answer('/', 503)
    const { id } = await addWebhook()
    await end(await jobs.addJob())
    await attempts(1)
    await jobs.database.write((tables) => webhooks.remove(tables, id))
    clock.ms += MINUTE
    await endJobOf(receiver.url('/other'))
    await attempts(2)
    assert.deepEqual(
      receiver.received.map(({ path }) => path),
      ['/', '/other'],
    )
  })

  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1']) {
    it(`are not sent to ${host} where that is not allowed`, async () => {
      await kill()
      open({ allowLocal: false })
      await endJobOf(`http://${host}:${receiver.port}/`)
      await attempts(1)
      const delivery = await last()
      assert.match(
        delivery?.outcome ?? '',
        /^Webhooks are not sent there: .* is an address of this/,
      )
      assert.equal(delivery?.nextAt, null)
      assert.deepEqual(receiver.received, [])
    })
  }

  it('are sent to web servers only', async () => {
    await endJobOf('ftp://example.com/')
    await attempts(1)
    const { outcome } = (await last()) ?? {}
    assert.equal(outcome, 'Its URL is not one of http: or https:.')
  })
})
