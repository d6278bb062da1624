import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import type { JobInspection } from '../../../src/doors/jobs/inspection/job-inspection.ts'
import { USERNAME } from '../../../src/doors/jobs/jobs-env.ts'
import { openTestJobs, RAW } from './jobs-fixture.ts'

type TestJobs = Awaited<ReturnType<typeof openTestJobs>>

const CONVERT = { operation: 'convert', input: 'in', output_format: 'png' }

const percentSchema = z.object({ data: z.object({ percent: z.int(), status: z.string() }) })

describe('The progress of a task that actions make', () => {
  let jobs: TestJobs
  let inspection: JobInspection

  beforeEach(async () => {
    jobs = await openTestJobs({ username: USERNAME })
    inspection = await jobs.inspection()
  })
  afterEach(() => jobs.close())

  async function begin(tasks: object) {
    const created = await jobs.createJob(tasks)
    const task = created.tasks.find(({ name }) => name === 'c') ?? assert.fail('there is a c')
    return { job: created.id, task: task.id, start: await jobs.actions().first() }
  }

  async function percentOf(task: string): Promise<number> {
    return percentSchema.parse((await jobs.request(`/v2/tasks/${task}`)).body).data.percent
  }

  it('asks its action for reports, by the path of events', async () => {
    const { start } = await begin({ in: RAW, c: CONVERT })
    const { reportsProgress } = z
      .looseObject({ reportsProgress: z.boolean() })
      .parse(start.params['auth'])
    assert.equal(reportsProgress, true)
  })

  it('is what its action reports, 0 before and 100 after', async () => {
    const { job, task, start } = await begin({ in: RAW, c: CONVERT })
    assert.equal(await percentOf(task), 0)
    assert.equal(await jobs.report(start, 0.314), 200)
    assert.equal(await percentOf(task), 31)
    await jobs.make(start)
    await jobs.ended(job)
    assert.equal(await percentOf(task), 100)
  })

  it('never falls', async () => {
    const { task, start } = await begin({ in: RAW, c: CONVERT })
    await jobs.report(start, 0.5)
    await jobs.report(start, 0.2)
    assert.equal(await percentOf(task), 50)
  })

  it('is that of all that a task wants', async () => {
    const { task } = await begin({ in: RAW, two: RAW, c: { ...CONVERT, input: ['in', 'two'] } })
    const [first, second] = await jobs.actions().started(2)
    assert.ok(first && second)
    await jobs.report(first, 0.5)
    assert.equal(await percentOf(task), 25)
    await jobs.make(first)
    assert.equal(await percentOf(task), 50)
    await jobs.report(second, 0.5)
    assert.equal(await percentOf(task), 75)
  })

  it('is told to whoever listens, at most once a second', async () => {
    const { job, start } = await begin({ in: RAW, c: CONVERT })
    let told = 0
    inspection.listen((news) => {
      if ('job' in news && news.job === job) told += 1
    })
    for (const [done, at] of [
      [0.1, 0],
      [0.2, 400],
      [0.3, 999],
      [0.4, 1000],
    ] as const) {
      jobs.clock.ms += at
      await jobs.report(start, done)
      jobs.clock.ms -= at
    }
    await new Promise<void>((resolve) => void setImmediate(resolve))
    assert.equal(told, 2)
  })

  it('is forgotten with a task that is cancelled, whose reports come too late', async () => {
    const { task, start } = await begin({ in: RAW, c: CONVERT })
    await jobs.report(start, 0.5)
    await jobs.post(`/v2/tasks/${task}/cancel`)
    assert.equal(await jobs.report(start, 0.9), 200)
    const { status, percent } = percentSchema.parse(
      (await jobs.request(`/v2/tasks/${task}`)).body,
    ).data
    assert.deepEqual([status, percent], ['error', 100])
  })

  it('is nothing that an end depends on: what was reported as nearly done may fail', async () => {
    const { job, start } = await begin({ in: RAW, c: CONVERT })
    await jobs.report(start, 0.99)
    await jobs.make(start, { failure: 'The source is no PNG.' })
    assert.equal((await jobs.ended(job)).status, 'error')
  })

  it('begins anew after a kill', async () => {
    const { task, start } = await begin({ in: RAW, c: CONVERT })
    await jobs.report(start, 0.5)
    await jobs.kill()
    await jobs.request('/v2/users/me')
    assert.equal(await percentOf(task), 0)
    await jobs.report(await jobs.actions().first(), 0.1)
    assert.equal(await percentOf(task), 10)
  })

  describe('does not take', () => {
    const forged: [title: string, more: Parameters<TestJobs['report']>[2], status: number][] = [
      ['a report without the signature of the service', { signature: 'AAAA' }, 401],
      ['one of more than all', { done: 1.5 }, 400],
      ['one of less than nothing', { done: -0.1 }, 400],
      ['one that is no number', { done: 'half' }, 400],
      ['one of an order that there is not', { order: 4711 }, 200],
      ['one of an item that the order does not have', { item: 9 }, 200],
      ['one without a mark', { order: 'mine' }, 200],
    ]
    for (const [title, more, status] of forged) {
      it(title, async () => {
        const { task, start } = await begin({ in: RAW, c: CONVERT })
        assert.equal(await jobs.report(start, 0.5, more), status)
        assert.equal(await percentOf(task), 0)
      })
    }
  })
})
