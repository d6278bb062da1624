import assert from 'node:assert/strict'
import { PAGE_RANGE, pagesWithin, parsePageRange } from '../../src/base/page-range.ts'

describe('a range of pages', () => {
  const ranges: readonly [string, readonly number[]][] = [
    ['1', [1]],
    ['1-3', [1, 2, 3]],
    ['5,1-2', [5, 1, 2]],
    ['2-3, 3-4 ,2', [2, 3, 4]],
    ['4-', [4, 5]],
    ['3-99999999999', [3, 4, 5]],
    ['0-2', [1, 2]],
    ['3-2', []],
    ['6', []],
  ]
  for (const [range, pages] of ranges) {
    it(`means ${pages.join() || 'no page'} of five: ${range}`, () => {
      assert.match(range, PAGE_RANGE)
      assert.deepEqual(pagesWithin(parsePageRange(range), 5), pages)
    })
  }

  for (const range of ['', 'odd', '-3', '1;2', '1,', '1.5']) {
    it(`is none: ${JSON.stringify(range)}`, () => assert.doesNotMatch(range, PAGE_RANGE))
  }
})
