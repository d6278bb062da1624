import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { builtInAction } from '../../src/contract/actions.ts'
import { openReceiver, type Received } from '../doors/jobs/receiver.ts'
import { amountOf } from '../support/amounts.ts'
import { trust } from './api-client.ts'
import { readJobsEnv } from './jobs-env.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const JOBS = amountOf({ thoroughly: 100, usually: 40 })
const KILLS = amountOf({ thoroughly: 20, usually: 8 })

/** Longest time between what is waited for and the kill, in milliseconds. */
const LONGEST_DELAY_MS = 250

/** Longest time that a job is waited for, in milliseconds: an order could take the blame for the end of a longer life. */
const LONGEST_LIFE_MS = 4000

/** All that these jobs need; others would take their time to start in every life. */
const WARM = [builtInAction('worker')]

const taskSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  message: z.nullable(z.string()),
  result: z.nullable(
    z.object({
      form: z.optional(
        z.object({ url: z.string(), parameters: z.record(z.string(), z.coerce.string()) }),
      ),
      files: z.optional(z.array(z.object({ filename: z.string(), url: z.optional(z.string()) }))),
    }),
  ),
})
const jobSchema = z.object({
  id: z.string(),
  tag: z.nullable(z.string()),
  status: z.string(),
  tasks: z.array(taskSchema),
})
const oneJob = z.object({ data: jobSchema })
const toldSchema = z.object({ event: z.string(), job: jobSchema })

type Job = z.infer<typeof jobSchema>

/** The width of a job's picture in pixels, by which it is told from those of all others. */
const widthOf = (index: number): number => 20 + index

const drawingOf = (index: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${widthOf(index)}" height="10"><rect width="100%" height="100%" fill="teal"/></svg>`

/** Every other job is uploaded to, the others have their picture with them. */
const isUploaded = (index: number): boolean => index % 2 === 1

/** How many jobs their receivers were told of. */
function countPaths(received: readonly Received[]): number {
  return new Set(received.map(({ path }) => path)).size
}

describe('the jobs of a service that is killed again and again', function () {
  this.timeout(300_000)
  const home = useHome()
  let receiver: Awaited<ReturnType<typeof openReceiver>>
  let key: string
  let secret: string
  let origin: string
  /** The service that runs, or the one that is to follow it. */
  let alive: Promise<ServiceProcess>

  before(async () => {
    receiver = await openReceiver()
    alive = startServiceProcess({ home, warm: WARM })
    origin = (await alive).origin
    trust(home)
    const env = readJobsEnv(home)
    key = env.CLOUDCONVERT_API_KEY
    secret = env.CLOUDCONVERT_WEBHOOK_SECRET
  })
  after(() => receiver.close())

  /** Kills the service and starts it again. */
  async function kill(): Promise<void> {
    const service = await alive
    const port = Number(new URL(origin).port)
    // Whoever gets no answer from here on waits for the next one.
    alive = (async () => {
      service.child.kill('SIGKILL')
      await service.exited
      return startServiceProcess({ home, port, warm: WARM })
    })()
    await alive
  }

  /** Does it until it is answered; what is sent may come to the service more than once. */
  async function insist<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const asked = await alive
      try {
        return await work()
      } catch (error) {
        // A connection breaks off with a TypeError, be it of this service or kept from the one before.
        if (asked === (await alive) && !(error instanceof TypeError)) throw error
      }
    }
  }

  async function call(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${key}`)
    const response = await fetch(`${origin}/v2/${path}`, { ...init, headers })
    const text = await response.text()
    assert.ok(response.ok, `${response.status} ${text}`)
    return JSON.parse(text)
  }

  const create = (index: number): Promise<Job> =>
    insist(async () => {
      const source = isUploaded(index)
        ? { operation: 'import/upload' }
        : { operation: 'import/raw', file: drawingOf(index), filename: `${index}.svg` }
      const body = JSON.stringify({
        tag: `job-${index}`,
        webhook_url: receiver.url(`/${index}`),
        tasks: {
          import: source,
          convert: {
            operation: 'convert',
            input: 'import',
            output_format: 'png',
            width: widthOf(index),
          },
          export: { operation: 'export/url', input: 'convert' },
        },
      })
      const headers = { 'Idempotency-Key': `job ${index}`, 'content-type': 'application/json' }
      return oneJob.parse(await call('jobs', { method: 'POST', headers, body })).data
    })

  const upload = ({ id }: Job, index: number): Promise<void> =>
    insist(async () => {
      const { tasks } = oneJob.parse(await call(`jobs/${id}`)).data
      const form = tasks.find(({ name }) => name === 'import')?.result?.form
      // An upload whose answer was lost.
      if (form === undefined) return
      const body = new FormData()
      for (const [name, value] of Object.entries(form.parameters)) body.append(name, value)
      body.append('file', new Blob([drawingOf(index)]), `${index}.svg`)
      const response = await fetch(form.url, { method: 'POST', body })
      assert.ok(response.ok, `${response.status} ${await response.text()}`)
    })

  async function run(index: number): Promise<Job> {
    const job = await create(index)
    if (isUploaded(index)) await upload(job, index)
    return job
  }

  function assertSigned({ headers, body }: Received): void {
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    assert.equal(headers['cloudconvert-signature'], signature)
  }

  it(`each end once and as they should, ${JOBS} of them and ${KILLS} kills, with their files and webhooks`, async () => {
    const running: Promise<Job>[] = []
    for (let round = 0; round < KILLS; round += 1) {
      while (running.length < ((round + 1) * JOBS) / KILLS) running.push(run(running.length))
      // Every other life is long enough for another job to end, so that kills come at any moment of a job.
      if (round % 2 === 1) {
        const told = receiver.count(receiver.received.length + 1)
        await Promise.race([told, delay(LONGEST_LIFE_MS)])
      }
      await delay(Math.random() * LONGEST_DELAY_MS)
      await kill()
    }
    const created = await Promise.all(running)

    for (const [index, { id }] of created.entries()) {
      const { data } = oneJob.parse(await call(`jobs/${id}/wait`))
      assert.equal(data.status, 'finished', JSON.stringify(data))
      const files = data.tasks.find(({ name }) => name === 'export')?.result?.files ?? []
      assert.deepEqual(
        files.map(({ filename }) => filename),
        [`${index}.png`],
      )
      const response = await fetch(files[0]?.url ?? '')
      assert.equal(response.status, 200)
      const { width } = await sharp(await response.arrayBuffer()).metadata()
      assert.equal(width, widthOf(index))
    }
    const all = z
      .object({ data: z.array(z.object({ id: z.string() })) })
      .parse(await call('jobs?per_page=1000'))
    assert.deepEqual(
      all.data.map(({ id }) => id).toSorted((a, b) => a.localeCompare(b)),
      created.map(({ id }) => id).toSorted((a, b) => a.localeCompare(b)),
    )

    for (let count = JOBS; countPaths(receiver.received) < JOBS; count += 1) {
      await receiver.count(count)
    }
    const service = await alive
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
    for (const each of receiver.received) {
      assertSigned(each)
      const { event, job } = toldSchema.parse(JSON.parse(each.body))
      assert.equal(job.id, created[Number(each.path.slice(1))]?.id)
      assert.equal(event, 'job.finished')
      // However often it is told, it is one and the same end.
      assert.equal(each.body, receiver.received.find(({ path }) => path === each.path)?.body)
    }
  })
})
