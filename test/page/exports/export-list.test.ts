import assert from 'node:assert/strict'
import { withExport } from '../../../page/exports/export-list.ts'
import type { ShownExport } from '../../../src/doors/page/exports/export-shapes.ts'
import { DETAIL } from './known-export.ts'

const of = (number: number, title = 'old'): ShownExport => ({ ...DETAIL.job, number, title })

describe('An export on the page', () => {
  it('takes its place in the list by its number, newest first', () => {
    const told = withExport([of(9), of(5)], of(7, 'new'), true)
    assert.deepEqual(
      told.map(({ number }) => number),
      [9, 7, 5],
    )
    const again = withExport(told, of(5, 'new'), true)
    assert.deepEqual(
      again.map(({ number, title }) => `${number} ${title}`),
      ['9 old', '7 new', '5 new'],
    )
    assert.deepEqual(withExport(told, of(4), true), told)
    assert.equal(withExport(told, of(4), false).length, 4)
  })
})
