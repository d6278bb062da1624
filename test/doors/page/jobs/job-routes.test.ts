import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { jobDetailSchema, makerSchema, refusalSchema } from '../../../../src/doors/page/api.ts'
import type { Storage } from '../../../../src/doors/page/files/storage.ts'
import type { InspectedJobs } from '../../../../src/doors/page/jobs/inspected-jobs.ts'
import { createJobRoutes } from '../../../../src/doors/page/jobs/job-routes.ts'
import type { TaskActivations } from '../../../../src/doors/page/jobs/task-activations.ts'
import type { DerivedFiles, KeptFile } from '../../../../src/doors/page/requests/derived-files.ts'
import { rootApp } from '../../../support/root-app.ts'

const MAKER = { operation: 'pdf/a', from: ['pdf'], to: ['pdf'], needs: ['G'], missing: 'None.' }

const FILES = [
  { filename: 'a.svg', object: 'jobs/mine/1', size: 5, contentType: 'image/svg+xml' },
  { filename: 'ü "b".heic', object: 'jobs/mine/2', size: 5, contentType: 'image/heic' },
]

const JOBS: InspectedJobs = {
  listen: () => () => undefined,
  touch: () => undefined,
  listed: async () => undefined,
  job: async (id) =>
    id === 'job'
      ? {
          job: { id: 'job', tasks: [] },
          retries: [],
          tasks: [
            {
              id: 'mine',
              name: 'small',
              operation: 'convert',
              status: 'processing',
              createdAt: 1,
              startedAt: 2,
              endedAt: null,
              progress: 0.5,
              options: { width: 80 },
              files: FILES,
            },
          ],
          deliveries: [
            {
              id: 1,
              event: 'job.finished',
              subject: 'job',
              url: 'https://x.test/hook',
              attempts: 0,
              nextAt: 3,
              outcome: null,
              createdAt: 3,
            },
          ],
        }
      : undefined,
  hasTask: async (id) => id === 'mine',
  makers: () => [MAKER],
  filesOf: async (id) => (id === 'mine' ? FILES : undefined),
  runAgain: async (id) => `${id}-again`,
}

const ACTIVATIONS: TaskActivations = {
  ended: () => [{ id: 'e', action: 'worker', start: 2, end: 3, status: 'success' }],
  running: () => [{ id: 'r', action: 'worker', start: 4 }],
  logOf: (task, id) => (task === 'mine' && id === 'e' ? ['hello'] : undefined),
  forget: () => undefined,
  close: () => undefined,
}

const never = (): never => assert.fail('this is not asked for')

describe('What the page asks about jobs', () => {
  let drawn: KeptFile[]
  let read: string[]
  let app: ReturnType<typeof rootApp>

  beforeEach(() => {
    drawn = []
    read = []
    const storage: Storage = {
      put: never,
      stat: never,
      async get(key) {
        read.push(key)
        return new Response('bytes')
      },
      readUrl: never,
      targetUrl: never,
      save: never,
    }
    const draw = async (file: KeptFile) => {
      drawn.push(file)
      return { key: 'drawn', type: 'image/png' }
    }
    const derived: DerivedFiles = {
      picture: draw,
      thumbnail: draw,
      drawLocal: never,
    }
    const routes = createJobRoutes({
      jobs: JOBS,
      activations: ACTIVATIONS,
      storage: () => storage,
      derived,
    })
    app = rootApp().route('/devtool/api', routes)
  })

  const ask = async (path: string, init?: RequestInit): Promise<Response> =>
    app.request(`https://localhost/devtool/api${path}`, init)

  it('is a job with all that is known of it', async () => {
    const detail = jobDetailSchema.parse(await (await ask('/jobs/job')).json())
    const [task] = detail.tasks
    assert.deepEqual(
      task?.files.map(({ name, shownAs }) => [name, shownAs]),
      [
        ['a.svg', 'picture'],
        ['ü "b".heic', 'picture'],
      ],
    )
    assert.deepEqual(
      [task?.progress, task?.endedAt, task?.activations[0]?.id, task?.running[0]?.id],
      [0.5, undefined, 'e', 'r'],
    )
    assert.deepEqual([task?.name, task?.state], ['small', 'running'])
    assert.deepEqual(task?.spans, [
      { step: 'wait', start: 1, end: 2 },
      { step: 'queue', start: 2, end: 2 },
      { step: 'run', start: 2, end: 3 },
      { step: 'run', start: 4 },
    ])
    assert.equal(detail.deliveries[0]?.nextAt, 3)
  })

  it('is what makes the formats of each operation', async () => {
    const answer = await ask('/makers')
    assert.deepEqual(z.array(makerSchema).parse(await answer.json()), [MAKER])
  })

  it('is a file of a task, which runs no script and names itself', async () => {
    const answer = await ask('/tasks/mine/files/1/file?download')
    assert.equal(await answer.text(), 'bytes')
    assert.deepEqual(read, ['jobs/mine/2'])
    const { headers } = answer
    assert.equal(headers.get('content-security-policy'), "sandbox; default-src 'none'")
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
    assert.equal(
      headers.get('content-disposition'),
      "attachment; filename*=UTF-8''%C3%BC%20%22b%22.heic",
    )
  })

  for (const what of ['picture', 'thumbnail']) {
    it(`is a ${what} of it, which is kept among the objects of the task and goes with them`, async () => {
      const answer = await ask(`/tasks/mine/files/1/${what}`)
      assert.equal(answer.headers.get('content-type'), 'image/png')
      assert.deepEqual(
        drawn.map(({ key, drawnAt }) => [key, drawnAt]),
        [['jobs/mine/2', 'jobs/mine/devtool']],
      )
    })
  }

  it('is the log of an activation', async () => {
    const answer = await ask('/tasks/mine/activations/e/log')
    assert.deepEqual(await answer.json(), { lines: ['hello'] })
  })

  it('is the same job once more', async () => {
    const answer = await ask('/jobs/job/again', { method: 'POST' })
    assert.deepEqual([answer.status, await answer.json()], [201, { id: 'job-again' }])
  })

  const REFUSED: readonly [path: string, message: string][] = [
    ['/jobs/other', 'There is no job "other" any more.'],
    ['/tasks/other/files/0/file', 'There is no task "other" any more.'],
    ['/tasks/other/activations/e/log', 'There is no task "other" any more.'],
    ['/tasks/mine/activations/x/log', 'The log of this activation is not kept any more.'],
    ...['2', '-1', '1.0', '0x1', 'e', '..%2F..%2Fother', '99999999999', '__proto__'].map(
      (position): [string, string] => [
        `/tasks/mine/files/${position}/file`,
        'There is no such file; the task has 2, counted from 0.',
      ],
    ),
  ]
  for (const [path, message] of REFUSED) {
    it(`is refused at ${path}`, async () => {
      const answer = await ask(path)
      assert.equal(answer.status, 404)
      assert.equal(refusalSchema.parse(await answer.json()).message, message)
      assert.deepEqual(read, [])
    })
  }
})
