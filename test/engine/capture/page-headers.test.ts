import assert from 'node:assert/strict'
import { readCookies } from '../../../src/engine/capture/page-headers.ts'

describe('the cookies of a header', () => {
  const cases: [header: string, expected: [name: string, value: string][]][] = [
    ['a=b', [['a', 'b']]],
    [
      'a=b; c=d=e',
      [
        ['a', 'b'],
        ['c', 'd=e'],
      ],
    ],
    [' a = b ;', [['a', 'b']]],
    ['a=', [['a', '']]],
    ['none; =b; ', []],
  ]
  for (const [header, expected] of cases) {
    it(`are those of ${JSON.stringify(header)}`, () => {
      assert.deepEqual(
        readCookies(header).map(({ name, value }) => [name, value]),
        expected,
      )
    })
  }
})
