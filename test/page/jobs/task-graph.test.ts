import assert from 'node:assert/strict'
import { layOutTasks } from '../../../page/jobs/task-graph.ts'

/** What each task needs, and the column and row that it gets. */
const GRAPHS: readonly [
  what: string,
  needs: Record<string, readonly string[]>,
  places: Record<string, readonly [column: number, row: number]>,
][] = [
  ['nothing', {}, {}],
  ['a chain', { a: [], b: ['a'], c: ['b'] }, { a: [0, 0], b: [1, 0], c: [2, 0] }],
  [
    'chains beside each other, however they are mixed',
    { a: [], d: ['b'], b: [], c: ['a'] },
    { a: [0, 0], d: [1, 1], b: [0, 1], c: [1, 0] },
  ],
  ['two that one needs', { a: [], b: [], c: ['a', 'b'] }, { a: [0, 0], b: [0, 1], c: [1, 0.5] }],
  ['one that two need', { a: [], b: ['a'], c: ['a'] }, { a: [0, 0], b: [1, 0], c: [1, 1] }],
  [
    'one that needs the first and the last',
    { a: [], b: ['a'], c: ['a', 'b'] },
    { a: [0, 0], b: [1, 0], c: [2, 0] },
  ],
  [
    'two that want the same row',
    { a: [], b: [], c: ['a', 'b'], d: ['a', 'b'] },
    { a: [0, 0], b: [0, 1], c: [1, 0.5], d: [1, 1.5] },
  ],
  ['one that needs what is in no job', { a: ['elsewhere'] }, { a: [0, 0] }],
  ['one that is its own input', { a: ['a'] }, { a: [0, 0] }],
]

const layOut = (needs: Record<string, readonly string[]>) =>
  layOutTasks(Object.entries(needs).map(([id, ids]) => ({ id, depends_on_task_ids: ids })))

describe('The graph of a job', () => {
  for (const [what, needs, places] of GRAPHS) {
    it(`has columns and rows for ${what}`, () => {
      const { boxes } = layOut(needs)
      assert.deepEqual(
        Object.fromEntries(boxes.map(({ id, column, row }) => [id, [column, row]])),
        places,
      )
    })
  }

  it('has a line from each task to those that need it, one however often they do', () => {
    const { lines } = layOut({ a: [], b: ['a', 'a', 'elsewhere'], c: ['b', 'a'] })
    assert.deepEqual(
      lines.map(({ from, to }) => `${from.id}${to.id}`),
      ['ab', 'bc', 'ac'],
    )
  })

  it('is as wide and as high as its boxes', () => {
    const { columns, rows } = layOut({ a: [], b: [], c: ['a', 'b'], d: ['a', 'b'] })
    assert.deepEqual([columns, rows], [2, 2.5])
  })

  it('comes to an end for tasks in a circle', () => {
    const { boxes } = layOut({ a: ['b'], b: ['a'] })
    assert.equal(boxes.length, 2)
  })
})
