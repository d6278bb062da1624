import assert from 'node:assert/strict'
import type { KnownTask } from '../../../page/jobs/job.ts'
import { layOutTaskTimings, spansOfTask } from '../../../page/jobs/task-timings.ts'
import { known, task } from './known.ts'

const NOW = 100
const ran = (start: number, end: number) => ({
  id: `${start}`,
  action: 'worker',
  start,
  end,
  status: 'success',
})

const SPANS: readonly [what: string, of: KnownTask, spans: readonly string[]][] = [
  ['that waits', known(task('a'), { createdAt: 10 }), ['wait 10-100']],
  [
    'that never began',
    known(task('a', { status: 'error' }), { createdAt: 10, endedAt: 30 }),
    ['wait 10-30'],
  ],
  [
    'that an action has worked for',
    known(task('a', { status: 'finished' }), {
      createdAt: 10,
      startedAt: 20,
      endedAt: 60,
      activations: [ran(30, 50)],
    }),
    ['wait 10-20', 'queue 20-30', 'run 30-50'],
  ],
  [
    'that two actions work for, of which one runs',
    known(task('a', { status: 'processing' }), {
      createdAt: 10,
      startedAt: 20,
      activations: [ran(40, 50)],
      running: [{ id: 'r', action: 'worker', start: 30 }],
    }),
    ['wait 10-20', 'queue 20-30', 'run 40-50', 'run 30-100'],
  ],
  [
    'that is in the queue',
    known(task('a', { status: 'processing' }), { createdAt: 10, startedAt: 20 }),
    ['wait 10-20', 'queue 20-100'],
  ],
  [
    'of which nobody knows any more when its action ran',
    known(task('a', { status: 'finished' }), { createdAt: 10, startedAt: 20, endedAt: 60 }),
    ['wait 10-20', 'run 20-60'],
  ],
  [
    'that the service does itself',
    known(task('a', { operation: 'import/url', status: 'finished' }), {
      createdAt: 10,
      startedAt: 20,
      endedAt: 60,
    }),
    ['wait 10-20', 'transfer 20-60'],
  ],
]

describe('The timings of a task', () => {
  for (const [what, of, spans] of SPANS) {
    it(`${what} are ${spans.join(', ')}`, () => {
      assert.deepEqual(
        spansOfTask(of, NOW).map(({ step, start, end }) => `${step} ${start}-${end}`),
        spans,
      )
    })
  }

  it('are on one axis with those of the others, which begins with the first', () => {
    const { rows } = layOutTaskTimings(
      [known(task('a'), { createdAt: 60 }), known(task('b'), { createdAt: 50, endedAt: 75 })],
      NOW,
    )
    assert.deepEqual(
      rows.map(([bar]) => [bar?.x, bar?.width]),
      [
        [20, 80],
        [0, 50],
      ],
    )
  })
})
