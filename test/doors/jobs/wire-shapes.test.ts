import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import {
  errorSchema,
  jobSchema,
  listLinksSchema,
  listMetaSchema,
  operationSchema,
  taskSchema,
  userSchema,
  webhookSchema,
} from '../../../src/doors/jobs/api/wire-schemas.ts'
import { openTestJobs, RAW } from './jobs-fixture.ts'

const ID = 'an id'
const TIME = '2026-01-01T00:00:00+00:00'

/** Members as CloudConvert's clients read them; ids and URLs, which differ, are told by their kind. */
const JOB = {
  id: ID,
  tag: 'mine',
  status: 'finished',
  created_at: TIME,
  started_at: TIME,
  ended_at: TIME,
}
const TASK = {
  id: ID,
  job_id: ID,
  status: 'finished',
  credits: 0,
  code: null,
  message: null,
  percent: 100,
  created_at: TIME,
  started_at: TIME,
  ended_at: TIME,
  retry_of_task_id: null,
  copy_of_task_id: null,
  user_id: 1,
  priority: 0,
  host_name: null,
  storage: null,
}

const dataSchema = z.strictObject({ data: z.unknown() })
const strict = (schema: z.ZodMiniType) => z.strictObject({ data: schema })
const list = (schema: z.ZodMiniType) =>
  z.strictObject({ data: z.array(schema), links: listLinksSchema, meta: listMetaSchema })

/** The JSON with a word in place of what differs from run to run. */
function withoutNames(body: unknown): unknown {
  const text = JSON.stringify(dataSchema.parse(body).data)
    .replaceAll(/"https:\/\/[^"]*\/v2\/(jobs|tasks)\/[\w-]{36}"/g, '"a link to $1"')
    .replaceAll(/"https:[^"]*\/storage\/[^"]*"/g, '"a URL"')
    .replaceAll(/"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}"/g, `"${ID}"`)
  const named: unknown = JSON.parse(text)
  return named
}

describe('what the jobs API answers', () => {
  let jobs: Awaited<ReturnType<typeof openTestJobs>>
  before(async () => {
    jobs = await openTestJobs()
  })
  after(() => jobs.close())

  const EXPORT = { operation: 'export/url', input: 'in' }

  it('is a job with these members, and its tasks with theirs', async () => {
    const { id } = await jobs.createJob({ in: RAW, out: EXPORT }, { tag: 'mine' })
    await jobs.ended(id)
    const { body } = await jobs.request(`/v2/jobs/${id}`)
    const links = { self: 'a link to tasks' }
    assert.deepEqual(withoutNames(body), {
      ...JOB,
      tasks: [
        {
          ...TASK,
          name: 'in',
          operation: 'import/raw',
          result: { files: [{ filename: 'hello.png', size: 5 }] },
          depends_on_task_ids: [],
          links,
        },
        {
          ...TASK,
          name: 'out',
          operation: 'export/url',
          result: { files: [{ filename: 'hello.png', size: 5, url: 'a URL' }] },
          depends_on_task_ids: [ID],
          links,
        },
      ],
      links: { self: 'a link to jobs' },
    })
  })

  it('is a task of its own with these, and no name', async () => {
    const { body } = await jobs.post('/.sync.api.cloudconvert.com/v2/import/raw', RAW)
    assert.deepEqual(withoutNames(body), {
      ...TASK,
      job_id: null,
      operation: 'import/raw',
      result: { files: [{ filename: 'hello.png', size: 5 }] },
      depends_on_task_ids: [],
      links: { self: 'a link to tasks' },
    })
  })

  it('is as /v2/openapi.json says it is', async () => {
    const { id, tasks } = await jobs.createJob({ up: { operation: 'import/upload' }, in: RAW })
    const [task] = tasks
    const webhook = { url: 'https://receiver.test/', events: ['job.finished'] }
    const include = 'include=payload,retries,depends_on_tasks,job,tasks'
    const answers = [
      { schema: strict(jobSchema), answer: await jobs.request(`/v2/jobs/${id}?${include}`) },
      { schema: list(jobSchema), answer: await jobs.request('/v2/jobs') },
      { schema: list(jobSchema), answer: await jobs.request(`/v2/jobs?${include}`) },
      {
        schema: strict(taskSchema),
        answer: await jobs.request(`/v2/tasks/${task?.id}?${include}`),
      },
      { schema: list(taskSchema), answer: await jobs.request(`/v2/tasks?${include}&per_page=1`) },
      { schema: strict(webhookSchema), answer: await jobs.post('/v2/webhooks', webhook) },
      { schema: list(webhookSchema), answer: await jobs.request('/v2/webhooks') },
      { schema: strict(userSchema), answer: await jobs.request('/v2/users/me') },
      {
        schema: strict(z.array(operationSchema)),
        answer: await jobs.request('/v2/operations?include=options,engine_versions'),
      },
      { schema: errorSchema, answer: await jobs.request('/v2/jobs/none') },
      { schema: errorSchema, answer: await jobs.post('/v2/jobs', {}) },
    ]
    for (const { schema, answer } of answers) {
      const { error } = z.safeParse(schema, answer.body)
      assert.equal(error, undefined, JSON.stringify(answer.body).slice(0, 300))
    }
  })
})
