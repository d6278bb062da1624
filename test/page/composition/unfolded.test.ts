import assert from 'node:assert/strict'
import { inserted, removed, swapped, toggle, unfold } from '../../../page/composition/unfolded.ts'

describe('The renditions that are unfolded', () => {
  for (const [title, found, expected] of [
    ['one more when a row is unfolded', toggle([1], 3), [1, 3]],
    ['one fewer when it is folded', toggle([1, 3], 1), [3]],
    ['the same when one is led to that is unfolded', unfold([1], 1), [1]],
    ['with one that is led to', unfold([1], 0), [1, 0]],
    [
      'those behind a new one at their new places, and that one',
      inserted([0, 1, 2], 1),
      [0, 2, 3, 1],
    ],
    ['those behind one that is gone at their new places', removed([0, 1, 2], 1), [0, 1]],
    ['where they are when two change places', swapped([0, 2], 0, 1), [1, 2]],
    ['both when both are', swapped([0, 1], 0, 1), [1, 0]],
  ] as const) {
    it(`are ${title}`, () => {
      assert.deepEqual(found, expected)
    })
  }
})
