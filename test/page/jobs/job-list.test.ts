import assert from 'node:assert/strict'
import { countTasks, listedJobs, withJob, withJobPage } from '../../../page/jobs/job-list.ts'
import type { Job } from '../../../page/jobs/job.ts'
import { type JobFilter, NO_JOBS } from '../../../page/jobs/jobs-state.ts'
import { job, task } from './known.ts'

const at = (id: string, second: number, more: Partial<Job> = {}): Job =>
  job(id, { created_at: `2026-01-01T00:00:${String(second).padStart(2, '0')}+00:00`, ...more })

const idsOf = (jobs: readonly Job[]): string => jobs.map(({ id }) => id).join('')

describe('The list of jobs', () => {
  it('is newest first, and in the order of the service within a second', () => {
    const first = withJobPage(NO_JOBS, {
      jobs: [at('d', 2), at('c', 1)],
      more: true,
      number: 1,
    })
    const { known, listed } = withJobPage(first, {
      jobs: [at('b', 1), at('a', 0)],
      more: false,
      number: 2,
    })
    assert.equal(idsOf(known), 'dcba')
    assert.deepEqual(listed, { pages: 2, more: false, end: 'a' })
  })

  it('has a new job first, and one that has come further where it was', () => {
    const known = [at('b', 1), at('a', 0)]
    const listed = { pages: 1, more: false, end: 'a' }
    assert.equal(idsOf(withJob({ known, listed }, at('c', 1)).known), 'cba')
    const changed = withJob({ known, listed }, at('a', 0, { status: 'finished' })).known
    assert.deepEqual(
      changed.map(({ id, status }) => [id, status]),
      [
        ['b', 'waiting'],
        ['a', 'finished'],
      ],
    )
  })

  it('lets the oldest go when there are more than a thousand, which can then be asked for again', () => {
    const known = Array.from({ length: 1000 }, (_, index) => at(String(index), 1))
    const listed = { pages: 1, more: false, end: '999' }
    const news = withJob({ known, listed }, at('new', 2))
    assert.equal(news.known.length, 1000)
    assert.deepEqual(news.listed, { pages: 20, more: true, end: '998' })
  })

  it('does not show what is older than it was asked for', () => {
    const known = [at('c', 2), at('b', 1), at('a', 0)]
    const listed = { pages: 1, more: true, end: 'b' }
    assert.equal(idsOf(listedJobs({ ...NO_JOBS, known, listed })), 'cb')
    assert.equal(
      idsOf(listedJobs({ ...NO_JOBS, known, listed: { ...listed, more: false } })),
      'cba',
    )
  })

  const FILTERS: readonly [filter: Partial<JobFilter>, shown: string][] = [
    [{}, 'cba'],
    [{ status: 'error' }, 'b'],
    [{ tag: 'night' }, 'c'],
    [{ tag: 'nightly' }, 'ba'],
    [{ tag: 'nightly', status: 'error' }, 'b'],
    [{ text: 'NIGHTLY' }, 'ba'],
    [{ text: 'my-task' }, 'c'],
    [{ text: 'metadata' }, 'c'],
    [{ text: ' task-id ' }, 'c'],
    [{ text: 'nothing' }, ''],
  ]
  for (const [filter, shown] of FILTERS) {
    it(`shows ${JSON.stringify(shown)} for ${JSON.stringify(filter)}`, () => {
      const tasks = [task('task-id', { name: 'my-task', operation: 'metadata' })]
      const known = [
        at('c', 2, { tag: 'night', tasks }),
        at('b', 1, { tag: 'nightly', status: 'error' }),
        at('a', 0, { tag: 'nightly' }),
      ]
      const state = { ...NO_JOBS, known, filter: { ...NO_JOBS.filter, ...filter } }
      assert.equal(idsOf(listedJobs(state)), shown)
    })
  }

  it('counts the tasks of a job', () => {
    const statuses = ['finished', 'finished', 'error', 'waiting'] as const
    const tasks = statuses.map((status, index) => task(String(index), { status }))
    assert.deepEqual(countTasks(job('a', { tasks })), { total: 4, finished: 2, failed: 1 })
  })
})
