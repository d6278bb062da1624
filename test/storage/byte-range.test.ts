import assert from 'node:assert/strict'
import { parseRange } from '../../src/storage/file-slices.ts'

describe('parseRange', () => {
  const cases: [
    header: string | undefined,
    size: number,
    expected: ReturnType<typeof parseRange>,
  ][] = [
    ['bytes=0-0', 10, { start: 0, end: 1 }],
    ['bytes=2-4', 10, { start: 2, end: 5 }],
    ['bytes=0-9', 10, { start: 0, end: 10 }],
    ['bytes=5-', 10, { start: 5, end: 10 }],
    ['bytes=5-99', 10, { start: 5, end: 10 }],
    ['bytes=5-99999999999999999999999', 10, { start: 5, end: 10 }],
    ['bytes=-3', 10, { start: 7, end: 10 }],
    ['bytes=-99', 10, { start: 0, end: 10 }],
    ['BYTES=1-1', 10, { start: 1, end: 2 }],
    ['bytes=9-', 10, { start: 9, end: 10 }],
    ['bytes=10-', 10, 'unsatisfiable'],
    ['bytes=99999999999999999999999-', 10, 'unsatisfiable'],
    ['bytes=-0', 10, 'unsatisfiable'],
    ['bytes=0-', 0, 'unsatisfiable'],
    ['bytes=-1', 0, undefined],
    ['bytes=4-2', 10, undefined],
    ['bytes=0-1,3-4', 10, undefined],
    ['bytes=-', 10, undefined],
    ['bytes=', 10, undefined],
    ['bytes=a-b', 10, undefined],
    ['bytes=1.5-2', 10, undefined],
    ['bytes=+1-2', 10, undefined],
    ['items=0-1', 10, undefined],
    ['', 10, undefined],
    [undefined, 10, undefined],
  ]
  for (const [header, size, expected] of cases) {
    it(`reads ${header ?? 'no header'} of ${size} bytes as ${JSON.stringify(expected) ?? 'the whole'}`, () => {
      assert.deepEqual(parseRange(header, size), expected)
    })
  }
})
