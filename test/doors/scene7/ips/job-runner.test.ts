import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { ServiceError } from '../../../../src/base/errors.ts'
import { openSqliteDatabase } from '../../../../src/database/sqlite-database.ts'
import { IpsFault } from '../../../../src/doors/scene7/ips/ips-fault.ts'
import { IPS } from '../../../../src/doors/scene7/ips/ips-schema.ts'
import type { IpsTables } from '../../../../src/doors/scene7/ips/ips-tables.ts'
import type { IpsJob } from '../../../../src/doors/scene7/ips/jobs/ips-job.ts'
import type { JobKind, JobWork } from '../../../../src/doors/scene7/ips/jobs/job-kind.ts'
import { createJobRunner } from '../../../../src/doors/scene7/ips/jobs/job-runner.ts'
import { createJobStore, type NewJob } from '../../../../src/doors/scene7/ips/jobs/job-store.ts'
import { createOwedMails } from '../../../../src/doors/scene7/ips/jobs/owed-mails.ts'
import { createRunStore } from '../../../../src/doors/scene7/ips/jobs/run-store.ts'
import { createScheduleStore } from '../../../../src/doors/scene7/ips/jobs/schedule-store.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const JOB = {
  company: 'acme',
  kind: 'exportJob',
  details: { fmt: 'orig' },
  email: 'ann',
  locale: undefined,
  description: undefined,
  execTime: undefined,
  schedule: undefined,
} as const

/** A time of the first day, such as `13:00`. */
function at(hour: string): string {
  return `2026-03-01T${hour}:00Z`
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await setImmediate()
}

describe('jobs that run', () => {
  const temporary = useTemporaryFolder()
  let files = 0

  /** A runner whose jobs do what a test says, over a file of their own unless it is given. */
  function open(file = temporary.pathTo(`ips-${(files += 1)}.sqlite`)) {
    const database = openSqliteDatabase<IpsTables>(file, IPS.fileMigrations)
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
    const clock = { now: Date.parse('2026-03-01T12:00:00Z') }
    const members = new Set(['ann', 'bob'])
    const store = createJobStore(database, () => clock.now)
    const schedules = createScheduleStore(database, () => clock.now)
    const runs = createRunStore(database, '', () => clock.now)
    const owed = createOwedMails(database, '')
    const runner = createJobRunner({
      store,
      runs,
      schedules,
      mayRun: async ({ email }) => members.has(email),
      kinds: new Map([['exportJob', kind]]),
      log: { error: (message) => void errors.push(message) },
      now: () => clock.now,
    })
    const submit = async (name: string, more: Partial<NewJob> = {}) => {
      const { number } = await store.add({ ...JOB, name, ...more })
      runner.wake()
      return number
    }
    /** Sets the clock, and has the runner look at it. */
    const setClock = (time: string) => {
      clock.now = Date.parse(time)
      runner.wake()
    }
    const close = async (): Promise<void> => {
      await runner.stop()
      await database.close()
    }
    return {
      file,
      store,
      runs,
      owed,
      schedules,
      runner,
      begun,
      errors,
      submit,
      setClock,
      members,
      close,
    }
  }

  it('are counted by kind and state', async () => {
    const { store, begun, submit, close } = open()
    await submit('a')
    await submit('b')
    await submit('c', { schedule: '0 0 12 * * ?' })
    await until(() => begun.length === 1)
    const told = async () =>
      (await store.counts()).map(({ kind, state, count }) => `${kind} ${state} ${count}`)
    assert.deepEqual(await told(), ['exportJob running 1', 'exportJob waiting 1'])
    begun[0]?.end()
    await until(() => begun.length === 2)
    begun[1]?.end(new Error('broken'))
    await until(async () =>
      (await store.counts()).every(({ state }) => state === 'done' || state === 'failed'),
    )
    assert.deepEqual(await told(), ['exportJob done 1', 'exportJob failed 1'])
    await close()
  })

  it('of one user run one after the other, and keep what they count and log', async () => {
    const { store, begun, submit, close, errors } = open()
    const [first, second] = [await submit('a'), await submit('b')]
    await until(() => begun.length === 1)
    assert.equal((await store.find(second))?.state, 'waiting')
    await begun[0]?.work.count({ total: 2, successes: 1, errors: 1, warnings: 0 })
    const asset = { number: 7, name: 'shoe', type: 'Image' }
    await begun[0]?.work.log({ type: 'FileEnd', message: 'shoe.jpg', asset })
    begun[0]?.end()
    await until(() => begun.length === 2)
    const done = await store.find(first)
    assert.deepEqual(
      [done?.state, done?.total, done?.successes, done?.errors, done?.isFatal],
      ['done', 2, 1, 1, false],
    )
    assert.deepEqual(
      (await store.linesOf(first)).map(({ type }) => type),
      ['FileEnd', 'ReturnSuccess'],
    )
    assert.deepEqual(
      (await store.aboutAsset(7)).map(({ job, line }) => [job.number, line.message]),
      [[first, 'shoe.jpg']],
    )
    begun[1]?.end()
    await until(async () => (await store.find(second))?.state === 'done')
    assert.deepEqual(errors, [])
    await close()
  })

  it('are stopped with a reason', async () => {
    const { store, runner, begun, submit, close, errors } = open()
    const number = await submit('a')
    await until(() => begun.length === 1)
    await runner.interrupt(number, 'ann has stopped the job.')
    assert.equal((await store.find(number))?.isFatal, true)
    assert.deepEqual((await store.linesOf(number))[0]?.message, 'ann has stopped the job.')
    assert.deepEqual(errors, [])
    await close()
  })

  it('are paused, let others go first, and begin anew with an empty log', async () => {
    const { store, runner, begun, submit, close } = open()
    const number = await submit('a')
    await until(() => begun.length === 1)
    await begun[0]?.work.log({ type: 'FileEnd', message: 'before' })
    await store.pause(number, true)
    await runner.interrupt(number, undefined)
    await submit('b')
    await until(() => begun.length === 2)
    assert.equal(begun[1]?.job.name, 'b')
    begun[1]?.end()
    await store.pause(number, false)
    runner.wake()
    await until(() => begun.length === 3)
    assert.deepEqual([begun[2]?.job.name, await store.linesOf(number)], ['a', []])
    begun[2]?.end()
    await until(async () => (await store.find(number))?.state === 'done')
    await close()
  })

  it('begin anew when the service has ended under them', async () => {
    const first = open()
    const number = await first.submit('a')
    await until(() => first.begun.length === 1)
    await first.runner.stop()
    assert.equal((await first.store.find(number))?.state, 'waiting')
    await first.close()
    const second = open(first.file)
    second.runner.wake()
    await until(() => second.begun.length === 1)
    assert.equal(second.begun[0]?.job.number, number)
    second.begun[0]?.end()
    await until(async () => (await second.store.find(number))?.state === 'done')
    await second.close()
  })

  it('fail for reasons that the log of the service tells', async () => {
    const { store, begun, submit, close, errors } = open()
    const number = await submit('a')
    await until(() => begun.length === 1)
    begun[0]?.end(new Error('a fault of ours'))
    await until(async () => (await store.find(number))?.state === 'done')
    assert.match(errors.join(''), /job 1 failed: Error: a fault of ours/)
    assert.match((await store.linesOf(number))[0]?.message ?? '', /log of the service tells why/)
    await close()
  })

  it('begin anew when it could not be kept what has become of them', async () => {
    const { store, runs, runner, begun, submit, close, errors } = open()
    const number = await submit('a')
    await until(() => begun.length === 1)
    const broken = mock.method(runs, 'end', () => Promise.reject(new Error('the disk is full')))
    begun[0]?.end()
    await until(() => errors.length === 2)
    broken.mock.restore()
    assert.equal((await store.find(number))?.state, 'running')
    assert.match(errors.join(' '), /job 1 could not end: Error: the disk is full/)
    await until(async () => {
      runner.wake()
      return begun.length === 2
    })
    begun[1]?.end()
    await until(async () => (await store.find(number))?.state === 'done')
    await close()
  })

  it('begin anew when the database was away meanwhile, and are no failures', async () => {
    const { store, begun, submit, close, errors } = open()
    const number = await submit('a')
    await until(() => begun.length === 1)
    const away = new ServiceError('database_unavailable', 'The database does not answer.')
    begun[0]?.end(new IpsFault('exception', away.message, { cause: away }))
    await until(() => begun.length === 2)
    begun[1]?.end(away)
    await until(() => begun.length === 3)
    begun[2]?.end()
    await until(async () => (await store.find(number))?.state === 'done')
    assert.deepEqual(
      (await store.linesOf(number)).map(({ type }) => type),
      ['ReturnSuccess'],
    )
    assert.deepEqual(errors, [])
    await close()
  })

  it('of others run beside them, whether in this company or in another', async () => {
    const { store, runner, begun, submit, close } = open()
    for (const name of ['huge', 'next']) await submit(name)
    await submit('of bob', { email: 'bob' })
    await submit('elsewhere', { company: 'other' })
    await until(() => begun.length === 3)
    assert.deepEqual(
      begun.map(({ job }) => job.name),
      ['huge', 'of bob', 'elsewhere'],
    )
    for (const { end } of begun.slice(0, 3)) end()
    await until(() => begun.length === 4)
    assert.equal(begun[3]?.job.name, 'next')
    await runner.stop()
    assert.deepEqual(
      (await store.list('acme', 'done')).map(({ name }) => name),
      ['huge', 'of bob'],
    )
    await close()
  })

  describe('by a schedule', () => {
    /** Each hour, which it is asked for at 12:00. */
    const HOURLY = {
      schedule: 'CRON_TZ=UTC 0 0 * * * ?',
      execTime: Date.parse('2026-03-01T13:00:00Z'),
    }

    it('are made each time, each with an end of its own', async () => {
      const { store, owed, begun, submit, setClock, close } = open()
      const schedule = await submit('hourly', HOURLY)
      const times: number[] = []
      for (const [index, hour] of ['13:00', '14:00', '15:00'].entries()) {
        setClock(at(hour))
        await until(() => begun.length === index + 1)
        times.push((await store.find(schedule))?.execTime ?? 0)
        begun[index]?.end()
        await until(async () => (await store.list('acme', 'done')).length === index + 1)
      }
      const nextTimes = ['14:00', '15:00', '16:00'].map((hour) => Date.parse(at(hour)))
      assert.deepEqual(times, nextTimes)
      const runs = await owed.list()
      assert.deepEqual(
        runs.map(({ name, scheduledBy, state }) => [name, scheduledBy, state]),
        Array.from({ length: 3 }, () => ['hourly', schedule, 'done']),
      )
      assert.equal((await store.find(schedule))?.state, 'waiting')
      await close()
    })

    it('make up by one job for all times that were missed while the one before went on', async () => {
      const { store, begun, submit, setClock, close } = open()
      const schedule = await submit('hourly', HOURLY)
      setClock(at('13:00'))
      await until(() => begun.length === 1)
      setClock(at('17:30'))
      begun[0]?.end()
      await until(() => begun.length === 2)
      assert.equal((await store.find(schedule))?.execTime, Date.parse(at('18:00')))
      begun[1]?.end()
      await until(async () => (await store.list('acme', 'done')).length === 2)
      assert.equal(begun.length, 2)
      await close()
    })

    it('make up by one job for all times that were missed while the service did not run', async () => {
      const first = open()
      const schedule = await first.submit('hourly', HOURLY)
      await first.close()
      const second = open(first.file)
      second.setClock('2026-03-04T09:20:00Z')
      await until(() => second.begun.length === 1)
      const next = (await second.store.find(schedule))?.execTime
      assert.equal(next, Date.parse('2026-03-04T10:00:00Z'))
      second.begun[0]?.end()
      await until(async () => (await second.owed.list()).length === 1)
      assert.equal(second.begun.length, 1)
      await second.close()
    })

    it('go on as the same job when the service was killed under them', async () => {
      const first = open()
      await first.submit('hourly', HOURLY)
      first.setClock(at('13:00'))
      await until(() => first.begun.length === 1)
      await first.close()
      const second = open(first.file)
      second.setClock(at('14:10'))
      await until(() => second.begun.length === 1)
      assert.equal(second.begun[0]?.job.number, first.begun[0]?.job.number)
      await second.close()
    })

    it('are gone after the last time', async () => {
      const { store, owed, begun, submit, setClock, close } = open()
      const schedule = await submit('once', {
        schedule: 'CRON_TZ=UTC 0 0 13 1 3 ? 2026',
        execTime: Date.parse(at('13:00')),
      })
      setClock(at('13:00'))
      await until(() => begun.length === 1)
      assert.equal(await store.find(schedule), undefined)
      begun[0]?.end()
      await until(async () => (await owed.list()).length === 1)
      await close()
    })

    it('are not made while it is paused, nor twice of one time', async () => {
      const { store, schedules, submit, setClock, close } = open()
      const schedule = await submit('hourly', HOURLY)
      await store.pause(schedule, true)
      setClock(at('13:00'))
      assert.deepEqual(await schedules.due(), [])
      await store.pause(schedule, false)
      const due = Date.parse(at('13:00'))
      const next = Date.parse(at('14:00'))
      await Promise.all([schedules.fire(schedule, due, next), schedules.fire(schedule, due, next)])
      assert.equal((await store.next()).length, 1)
      await close()
    })

    it('fail when who wants them may not have jobs run any more', async () => {
      const { store, owed, begun, members, submit, setClock, close } = open()
      const schedule = await submit('hourly', HOURLY)
      members.delete('ann')
      setClock(at('13:00'))
      await until(async () => (await owed.list()).length === 1)
      const [run] = await owed.list()
      assert.deepEqual([run?.isFatal, begun.length], [true, 0])
      assert.match(
        (await store.linesOf(run?.number ?? 0))[0]?.message ?? '',
        new RegExp(
          `^ann may not have jobs run in acme any more.+j\\|${schedule} should be deleted`,
        ),
      )
      await close()
    })
  })
})
