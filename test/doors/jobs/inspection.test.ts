import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { jobSchema, taskSchema } from '../../../src/doors/jobs/api/wire-schemas.ts'
import type {
  InspectedDelivery,
  JobInspection,
} from '../../../src/doors/jobs/inspection/job-inspection.ts'
import type { JobNews } from '../../../src/doors/jobs/inspection/job-news.ts'
import { plainOptionsOf } from '../../../src/doors/jobs/inspection/plain-options.ts'
import { USERNAME } from '../../../src/doors/jobs/jobs-env.ts'
import { openTestJobs, RAW } from './jobs-fixture.ts'
import { openReceiver } from './receiver.ts'

type TestJobs = Awaited<ReturnType<typeof openTestJobs>>

const CONVERT = { operation: 'convert', input: 'in', output_format: 'png' }

const createdSchema = z.object({ data: z.object({ id: z.string() }) })

describe('What is seen of jobs besides the API', () => {
  let jobs: TestJobs
  let inspection: JobInspection

  beforeEach(async () => {
    jobs = await openTestJobs({ username: USERNAME })
    inspection = await jobs.inspection()
  })
  afterEach(() => jobs.close())

  async function find(id: string) {
    return (await inspection.job(id)) ?? assert.fail('the job is there')
  }

  const factsOf = async (id: string, task: string | undefined) =>
    (await find(id)).tasks.find((each) => each.id === task) ?? assert.fail('the task is there')

  /** Resolves with the first news that are as wanted. */
  function news(isWanted: (each: JobNews) => boolean): Promise<JobNews> {
    return new Promise((resolve) => {
      const stop = inspection.listen((each) => {
        if (!isWanted(each)) return
        stop()
        resolve(each)
      })
    })
  }

  async function failedJob() {
    const { id, tasks } = await jobs.createJob({ in: RAW, c: CONVERT })
    await jobs.make(await jobs.actions().first(), { failure: 'The source is no PNG.' })
    await jobs.ended(id)
    return { id, failed: tasks[1]?.id ?? '' }
  }

  it('is the job as its clients see it, with the files and times of its tasks', async () => {
    const { id, tasks } = await jobs.createJob({ in: RAW })
    await jobs.ended(id)
    const { job, retries, deliveries } = await find(id)
    assert.equal(jobSchema.parse(job).status, 'finished')
    assert.deepEqual([retries, deliveries], [[], []])
    const { files, createdAt, startedAt, endedAt, progress } = await factsOf(id, tasks[0]?.id)
    assert.deepEqual(
      files.map(({ filename, size }) => [filename, size]),
      [['hello.png', 5]],
    )
    assert.deepEqual([createdAt, startedAt, endedAt], Array(3).fill(jobs.clock.ms))
    assert.equal(progress, undefined)
    assert.deepEqual(await inspection.filesOf(tasks[0]?.id ?? ''), files)
  })

  it('is how much of what a task wants has been made', async () => {
    const both = { ...CONVERT, input: ['in', 'two'] }
    const { id, tasks } = await jobs.createJob({ in: RAW, two: RAW, c: both })
    const [first, second] = await jobs.actions().started(2)
    assert.ok(first && second)
    assert.equal((await factsOf(id, tasks[2]?.id)).progress, 0)
    await jobs.make(first)
    assert.equal((await factsOf(id, tasks[2]?.id)).progress, 0.5)
    await jobs.make(second)
    await jobs.ended(id)
    assert.equal((await factsOf(id, tasks[2]?.id)).progress, undefined)
  })

  it('are the retries of its tasks, and theirs, and the job is told to have come further', async () => {
    const { id, failed } = await failedJob()
    const retry = async (task: string): Promise<string> => {
      const told = news((each) => 'job' in each && each.job === id)
      const { body } = await jobs.post(`/v2/tasks/${task}/retry`)
      await told
      return createdSchema.parse(body).data.id
    }
    const first = await retry(failed)
    const [, start] = await jobs.actions().started(2)
    assert.ok(start)
    await jobs.make(start, { failure: 'Still none.' })
    await jobs.request(`/.sync.api.cloudconvert.com/v2/tasks/${first}`)
    const second = await retry(first)
    const { retries, tasks } = await find(id)
    assert.deepEqual(
      retries.map((task) => taskSchema.parse(task).id),
      [first, second],
    )
    assert.equal(tasks.length, 4)
  })

  it('is what receivers were told, without the secrets in their URLs', async () => {
    const receiver = await openReceiver()
    try {
      const url = receiver.url('/hook?key=secret')
      const { id } = await jobs.createJob({ in: RAW }, { webhook_url: url })
      let told: readonly InspectedDelivery[] = []
      while (told[0]?.attempts !== 1) {
        const more = news(() => true)
        told = (await find(id)).deliveries
        if (told[0]?.attempts !== 1) await more
      }
      assert.deepEqual(
        told.map(({ event, subject, url: shown, outcome, nextAt }) => [
          event,
          subject,
          shown,
          outcome,
          nextAt,
        ]),
        [['job.finished', id, receiver.url('/hook'), 'The receiver answered 200.', null]],
      )
    } finally {
      await receiver.close()
    }
  })

  it('can be run again as a new job, each task with the new ones as its inputs', async () => {
    const { id } = await failedJob()
    const again = await jobs.getJob(await inspection.runAgain(id))
    assert.notEqual(again.id, id)
    assert.deepEqual(
      again.tasks.map(({ name }) => name),
      ['in', 'c'],
    )
    assert.deepEqual(again.tasks[1]?.depends_on_task_ids, [again.tasks[0]?.id])
    const [, start] = await jobs.actions().started(2)
    assert.ok(start)
    await jobs.make(start)
    assert.equal((await jobs.ended(again.id)).status, 'finished')
  })

  it('cannot be run again when a file of it was uploaded, which is said', async () => {
    const { id } = await jobs.createJob({ up: { operation: 'import/upload' } })
    await assert.rejects(inspection.runAgain(id), {
      code: 'conflict',
      message:
        'The task up was an upload; a job with one cannot be run again, since its file has to be sent anew.',
    })
  })

  it('is told to be gone with its tasks', async () => {
    const { id, tasks } = await jobs.createJob({ in: RAW })
    await jobs.ended(id)
    const told = news((each) => 'removed' in each)
    await jobs.request(`/v2/jobs/${id}`, { method: 'DELETE' })
    assert.deepEqual(await told, { removed: id, tasks: [tasks[0]?.id] })
    assert.equal(await inspection.job(id), undefined)
    assert.equal(await inspection.listed(id), undefined)
  })

  it('is nothing of what is somebody else’s', async () => {
    const others = await openTestJobs({ username: 'alice' })
    try {
      const { id, tasks } = await others.createJob({ in: RAW })
      await others.ended(id)
      const seen = await others.inspection()
      assert.equal(await seen.job(id), undefined)
      assert.equal(await seen.listed(id), undefined)
      assert.equal(await seen.hasTask(tasks[0]?.id ?? ''), false)
      assert.equal(await seen.filesOf(tasks[0]?.id ?? ''), undefined)
      await assert.rejects(seen.runAgain(id), { code: 'not_found' })
    } finally {
      await others.close()
    }
  })

  const OPTIONS: readonly [payload: Record<string, unknown>, options: Record<string, unknown>][] = [
    [
      { input: 'in', width: 80, strip: true, output_format: 'webp' },
      { width: 80, strip: true, output_format: 'webp' },
    ],
    [{ url: 'https://user:pass@example.com/a.jpg?sig=1' }, { url: 'https://example.com/a.jpg' }],
    [{ secret: 'abc', bucket: 'b' }, { bucket: 'b' }],
    [{ secret: 'https://example.com/upload?key=1' }, { secret: 'https://example.com/upload' }],
    [{ file: 'x'.repeat(201), headers: { authorization: 'Bearer 1' }, list: [1] }, {}],
  ]
  for (const [payload, options] of OPTIONS) {
    it(`says in passing ${JSON.stringify(options)} of ${JSON.stringify(payload).slice(0, 60)}`, () => {
      assert.deepEqual(plainOptionsOf(payload, ['secret']), options)
    })
  }
})
