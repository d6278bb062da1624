import assert from 'node:assert/strict'
import { formatSeconds } from '../../../page/jobs/job-words.ts'
import { findTask, type KnownJob, originOf, usualTask } from '../../../page/jobs/job.ts'
import { shortenTexts } from '../../../page/jobs/shorten-texts.ts'
import { job, known, task } from './known.ts'

const failed = known(task('1', { name: 'failed', status: 'error', code: 'SOURCE_CORRUPT' }))
const skipped = known(task('2', { name: 'skipped', status: 'error', code: 'INPUT_TASK_FAILED' }))
const done = known(task('3', { name: 'done', status: 'finished' }))
const runs = known(task('4', { name: 'runs', status: 'processing' }))
const again = known(task('5', { name: undefined, retry_of_task_id: '1' }))
const onceMore = known(task('6', { name: undefined, retry_of_task_id: '5' }))

function jobOf(...tasks: KnownJob['tasks']): KnownJob {
  return { job: job('j'), tasks, retries: [again, onceMore], deliveries: [] }
}

const cut = (text: string, length: number): string => `${text.length} of ${length}`

describe('A job with all that is known of it', () => {
  it('has its tasks by their names and ids, and retries by their ids', () => {
    const all = jobOf(failed, done)
    assert.equal(findTask(all, 'failed'), failed)
    assert.equal(findTask(all, '3'), done)
    assert.equal(findTask(all, '5'), again)
    assert.equal(findTask(all, 'another'), undefined)
  })

  it('shows first what tells most: a failure, what is under way, or what came last', () => {
    assert.equal(usualTask(jobOf(done, skipped, runs, failed)), failed)
    assert.equal(usualTask(jobOf(done, runs)), runs)
    assert.equal(usualTask(jobOf(failed, done, skipped)), failed)
    assert.equal(usualTask(jobOf(done, skipped)), skipped)
    assert.equal(usualTask(jobOf()), undefined)
  })

  it('knows which of its tasks a retry of a retry is about', () => {
    assert.equal(originOf(jobOf(failed), onceMore), failed)
    assert.equal(originOf(jobOf(failed), failed), failed)
    assert.equal(originOf(jobOf(done), onceMore), again)
  })

  it('shows the beginning of texts that are files', () => {
    assert.deepEqual(
      shortenTexts({ a: ['x'.repeat(2001), 'short', 1, null], b: 'y'.repeat(2000) }, cut),
      { a: ['200 of 2001', 'short', 1, null], b: 'y'.repeat(2000) },
    )
  })

  for (const [milliseconds, text] of [
    [0, 'under 1 s'],
    [3000, '3 s'],
    [125_000, '2 min 5 s'],
    [3_725_000, '1 h 2 min'],
  ] as const) {
    it(`took ${text} when that were ${milliseconds} ms`, () => {
      assert.equal(formatSeconds(milliseconds), text)
    })
  }
})
