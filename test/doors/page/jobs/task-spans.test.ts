import assert from 'node:assert/strict'
import type { TaskFacts } from '../../../../src/doors/page/jobs/inspected-jobs.ts'
import { spansOfTask } from '../../../../src/doors/page/jobs/task-spans.ts'

const WAITS = {
  id: 'a',
  operation: 'convert',
  status: 'waiting',
  createdAt: 10,
  startedAt: null,
  endedAt: null,
} as const satisfies Partial<TaskFacts>

const ended = (start: number, end: number) => ({
  id: `${start}`,
  action: 'worker',
  start,
  end,
  status: 'success',
})

type Case = [
  what: string,
  task: Partial<TaskFacts>,
  activations: { ended?: readonly ReturnType<typeof ended>[]; running?: number },
  ...spans: string[],
]

const CASES: readonly Case[] = [
  ['that waits', {}, {}, 'wait 10-'],
  ['that never began', { status: 'error', endedAt: 30 }, {}, 'wait 10-30'],
  [
    'that an action has worked for',
    { status: 'finished', startedAt: 20, endedAt: 60 },
    { ended: [ended(30, 50)] },
    'wait 10-20',
    'queue 20-30',
    'run 30-50',
  ],
  [
    'that two actions work for, of which one runs',
    { status: 'processing', startedAt: 20 },
    { ended: [ended(40, 50)], running: 30 },
    'wait 10-20',
    'queue 20-30',
    'run 40-50',
    'run 30-',
  ],
  ['that is in the queue', { status: 'processing', startedAt: 20 }, {}, 'wait 10-20', 'queue 20-'],
  [
    'of which nobody knows any more when its action ran',
    { status: 'finished', startedAt: 20, endedAt: 60 },
    {},
    'wait 10-20',
    'run 20-60',
  ],
  [
    'that the service does itself',
    { operation: 'import/url', status: 'finished', startedAt: 20, endedAt: 60 },
    {},
    'wait 10-20',
    'transfer 20-60',
  ],
]

describe('What a task spends its time with', () => {
  for (const [what, task, { ended: over = [], running }, ...spans] of CASES) {
    it(`is ${spans.join(', ')} for one ${what}`, () => {
      const found = spansOfTask(
        { ...WAITS, ...task },
        {
          ended: () => [...over],
          running: () =>
            running === undefined ? [] : [{ id: 'r', action: 'worker', start: running }],
        },
      )
      assert.deepEqual(
        found.map(({ step, start, end }) => `${step} ${start}-${end ?? ''}`),
        spans,
      )
    })
  }
})
