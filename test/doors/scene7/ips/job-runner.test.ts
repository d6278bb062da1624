import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { IPS_MIGRATIONS } from '../../../../src/doors/scene7/ips/ips-schema.ts'
import type { IpsJob } from '../../../../src/doors/scene7/ips/jobs/ips-job.ts'
import type { JobKind, JobWork } from '../../../../src/doors/scene7/ips/jobs/job-kind.ts'
import { createJobRunner } from '../../../../src/doors/scene7/ips/jobs/job-runner.ts'
import { createJobStore } from '../../../../src/doors/scene7/ips/jobs/job-store.ts'
import { openDatabase } from '../../../../src/home/database.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const JOB = {
  company: 'acme',
  kind: 'exportJob',
  details: { fmt: 'orig' },
  email: 'ann',
  locale: undefined,
  description: undefined,
  execTime: undefined,
} as const

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setImmediate()
}

describe('jobs that run', () => {
  const temporary = useTemporaryFolder()
  let files = 0

  /** A runner whose jobs do what a test says, over a file of their own unless it is given. */
  function open(file = temporary.pathTo(`ips-${(files += 1)}.sqlite`)) {
    const database = openDatabase(file, IPS_MIGRATIONS)
    const errors: string[] = []
    const begun: { job: IpsJob; work: JobWork; end: (error?: Error) => void }[] = []
    const kind: JobKind = {
      type: 'Export',
      logType: 'BeginExport',
      check: () => undefined,
      emailSetting: () => 'None',
      tell: () => ({}),
      run: (job, work) =>
        new Promise<undefined>((resolve, reject) => {
          begun.push({ job, work, end: (error) => (error ? reject(error) : resolve(undefined)) })
          work.signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
        }),
    }
    const store = createJobStore(database, Date.now)
    const runner = createJobRunner({
      store,
      kinds: new Map([['exportJob', kind]]),
      log: { error: (message) => void errors.push(message) },
      now: Date.now,
    })
    const submit = async (name: string) => {
      const { number } = await store.add({ ...JOB, name })
      runner.wake()
      return number
    }
    return { file, store, runner, begun, errors, submit, close: database.close }
  }

  it('run one after the other, and keep what they count and log', async () => {
    const { store, begun, submit, close, errors } = open()
    const [first, second] = [await submit('a'), await submit('b')]
    await until(() => begun.length === 1)
    assert.equal(store.find(second)?.state, 'waiting')
    await begun[0]?.work.count({ total: 2, successes: 1, errors: 1, warnings: 0 })
    const asset = { number: 7, name: 'shoe', type: 'Image' }
    await begun[0]?.work.log({ type: 'FileEnd', message: 'shoe.jpg', asset })
    begun[0]?.end()
    await until(() => begun.length === 2)
    const done = store.find(first)
    assert.deepEqual(
      [done?.state, done?.total, done?.successes, done?.errors, done?.isFatal],
      ['done', 2, 1, 1, false],
    )
    assert.deepEqual(
      store.linesOf(first).map(({ type }) => type),
      ['FileEnd', 'ReturnSuccess'],
    )
    assert.deepEqual(
      store.aboutAsset(7).map(({ job, line }) => [job.number, line.message]),
      [[first, 'shoe.jpg']],
    )
    begun[1]?.end()
    await until(() => store.find(second)?.state === 'done')
    assert.deepEqual(errors, [])
    close()
  })

  it('are stopped with a reason', async () => {
    const { store, runner, begun, submit, close, errors } = open()
    const number = await submit('a')
    await until(() => begun.length === 1)
    await runner.interrupt(number, 'ann has stopped the job.')
    assert.equal(store.find(number)?.isFatal, true)
    assert.deepEqual(store.linesOf(number)[0]?.message, 'ann has stopped the job.')
    assert.deepEqual(errors, [])
    close()
  })

  it('are paused, let others go first, and begin anew with an empty log', async () => {
    const { store, runner, begun, submit, close } = open()
    const number = await submit('a')
    await until(() => begun.length === 1)
    await begun[0]?.work.log({ type: 'FileEnd', message: 'before' })
    await runner.interrupt(number, undefined)
    await store.pause(number, true)
    await submit('b')
    await until(() => begun.length === 2)
    assert.equal(begun[1]?.job.name, 'b')
    begun[1]?.end()
    await store.pause(number, false)
    runner.wake()
    await until(() => begun.length === 3)
    assert.deepEqual([begun[2]?.job.name, store.linesOf(number)], ['a', []])
    begun[2]?.end()
    await until(() => store.find(number)?.state === 'done')
    close()
  })

  it('begin anew when the service has ended under them', async () => {
    const first = open()
    const number = await first.submit('a')
    await until(() => first.begun.length === 1)
    await first.runner.stop()
    assert.equal(first.store.find(number)?.state, 'running')
    first.close()
    const second = open(first.file)
    second.runner.wake()
    await until(() => second.begun.length === 1)
    assert.equal(second.begun[0]?.job.number, number)
    second.begun[0]?.end()
    await until(() => second.store.find(number)?.state === 'done')
    second.close()
  })

  it('fail for reasons that the log of the service tells', async () => {
    const { store, begun, submit, close, errors } = open()
    const number = await submit('a')
    await until(() => begun.length === 1)
    begun[0]?.end(new Error('a fault of ours'))
    await until(() => store.find(number)?.state === 'done')
    assert.match(errors.join(''), /job 1 failed: Error: a fault of ours/)
    assert.match(store.linesOf(number)[0]?.message ?? '', /log of the service tells why/)
    close()
  })
})
