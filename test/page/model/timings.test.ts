import assert from 'node:assert/strict'
import { layOutTimings } from '../../../page/model/timings.ts'
import type { WorkSpan } from '../../../src/doors/page/work/work-shapes.ts'

function layOut(begin: number, ...rows: readonly WorkSpan[][]) {
  return layOutTimings(
    rows.map((spans) => ({ spans })),
    { begin, now: 1500 },
  )
}

describe('Timings', () => {
  it('are on one axis, which begins when the piece of work began', () => {
    const { rows, steps } = layOut(
      1000,
      [
        { step: 'render', start: 1100, end: 1200 },
        { step: 'queue', start: 1000, end: 1100 },
      ],
      [{ step: 'render', start: 1150, end: 1400 }],
    )
    assert.deepEqual(steps, ['queue', 'render'])
    assert.deepEqual(rows, [
      [
        { step: 'render', x: 25, width: 25, start: 100, end: 200 },
        { step: 'queue', x: 0, width: 25, start: 0, end: 100 },
      ],
      [{ step: 'render', x: 37.5, width: 62.5, start: 150, end: 400 }],
    ])
  })

  it('go on until now where there is no end', () => {
    const { rows } = layOut(1000, [{ step: 'run', start: 1250 }])
    assert.deepEqual(
      rows[0]?.map(({ x, width }) => [x, width]),
      [[50, 50]],
    )
  })

  it('begin earlier when the clock was set back', () => {
    const { rows } = layOut(1000, [{ step: 'queue', start: 900, end: 800 }])
    assert.deepEqual(
      rows[0]?.map(({ x, width }) => [x, width]),
      [[0, 0]],
    )
  })

  for (const [length, marks] of [
    [3, [0, 1, 2, 3]],
    [87, [0, 20, 40, 60, 80]],
    [400, [0, 100, 200, 300, 400]],
    [1240, [0, 500, 1000]],
    [6000, [0, 2000, 4000, 6000]],
  ] as const) {
    it(`have marks at round numbers of ${length} ms`, () => {
      const { ticks } = layOut(0, [{ step: 'queue', start: 0, end: length }])
      assert.deepEqual(
        ticks.map(({ milliseconds }) => milliseconds),
        marks,
      )
    })
  }

  it('of nothing are an empty axis', () => {
    assert.deepEqual(layOut(0, []).rows, [[]])
  })
})
