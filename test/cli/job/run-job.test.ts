import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { readJobCall } from '../../../src/cli/job/job-options.ts'
import { formatJob } from '../../../src/cli/job/job-outcome.ts'
import { runJob } from '../../../src/cli/job/run-job.ts'
import type { JobsClient } from '../../../src/client/jobs/jobs-client.ts'
import { ServiceRefusal } from '../../../src/client/refusal.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { ended, fakeClient } from '../jobs-api/fake-jobs-client.ts'

describe('having a job done', () => {
  const folder = useTemporaryFolder()
  const run = (client: JobsClient) =>
    runJob(
      client,
      { body: {}, inputs: new Map([['import', 'a.png']]), out: folder.pathTo('.'), force: false },
      () => undefined,
    )

  it('downloads what it brings', async () => {
    const { state, files } = await run(fakeClient())
    assert.deepEqual([state, files], ['finished', [{ file: folder.pathTo('a.webp'), bytes: 3 }]])
  })

  it('tells what there is to be said of tasks, those that went well included', async () => {
    const message = 'widht is unknown and makes no difference; did you mean width?'
    const job = ended('told.webp')
    const made = { id: '2', name: 'c', operation: 'convert', status: 'finished', message } as const
    const follow = async () => ({ ...job, tasks: [made, ...job.tasks] })
    const outcome = await run(fakeClient({ follow }))
    assert.equal(formatJob(outcome).split('\n').at(-1), `c: ${message}`)
    assert.deepEqual(
      outcome.tasks.map((task) => task.message),
      [message, undefined],
    )
  })

  it('prints what is wrong with it field by field', async () => {
    const fields = { tasks: ['The tasks field is required.'], tag: ['tag must be a text.'] }
    const create = () => Promise.reject(new ServiceRefusal('/v2/jobs', 422, 'Invalid.', fields))
    await assert.rejects(run(fakeClient({ create })), {
      name: 'UsageError',
      message: 'Invalid.\n  tasks: The tasks field is required.\n  tag: tag must be a text.',
    })
  })

  it('is given up, and deleted, when a file of it cannot be uploaded', async () => {
    const client = fakeClient({
      upload: () => Promise.reject(new Error('no space')),
      follow: (_job, _onTask, signal) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason))
        }),
    })
    await assert.rejects(run(client), /no space/)
    assert.deepEqual(client.removed, ['j'])
  })
})

describe('the options of npm run job', () => {
  const folder = useTemporaryFolder()
  before(() => {
    const tasks = { a: { operation: 'import/upload' }, b: { operation: 'convert', input: 'a' } }
    writeFileSync(folder.pathTo('job.json'), JSON.stringify({ tasks }))
    writeFileSync(folder.pathTo('none.json'), '[]')
    writeFileSync(folder.pathTo('half.json'), '{"tasks": ')
  })
  const read = (job: string, ...args: string[]) => readJobCall([folder.pathTo(job), ...args])

  it('name the file of each upload', () => {
    const call = read('job.json', '--input', 'a=samples/logo.png')
    assert.ok(call !== 'help')
    assert.deepEqual([...call.inputs], [['a', 'samples/logo.png']])
  })

  const mistakes: [what: string, job: string, args: string[], sentence: RegExp][] = [
    ['a job that is no object', 'none.json', [], /none\.json: a job must be a JSON object/],
    ['a job that is no JSON', 'half.json', [], /half\.json: a job must be JSON, and this is none/],
    ['a job that is not there', 'nowhere.json', [], /nowhere\.json: there is no such file\.$/],
    ['two jobs', 'job.json', ['b.json'], /^There must be one job, but b\.json/],
    ['an upload without a file', 'job.json', [], /^The task a waits for a file; give it with --in/],
    ['a file without a task', 'job.json', ['--input', 'a'], /^--input a: it must be TASK=FILE\.$/],
    [
      'a file for another task than an upload',
      'job.json',
      ['--input', 'b=samples/logo.png'],
      /^--input b: it must be a task import\/upload; the job has a\.$/,
    ],
    [
      'two files for one task',
      'job.json',
      ['--input', 'a=samples/logo.png', '--input', 'a=samples/logo.png'],
      /^--input a=samples\/logo\.png: a has a file already\.$/,
    ],
  ]
  for (const [what, job, args, message] of mistakes) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(job, ...args), { name: 'UsageError', message })
    })
  }
})
