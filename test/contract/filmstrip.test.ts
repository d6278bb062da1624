import assert from 'node:assert/strict'
import { filmstripSchema, toFilmstrip } from '../../src/contract/filmstrip.ts'

describe('a filmstrip', () => {
  const shapes: [given: number | string, columns: number, rows: number][] = [
    [8, 8, 1],
    ['8', 8, 1],
    ['4x3', 4, 3],
    [' 4 × 3 ', 4, 3],
    ['10X10', 10, 10],
  ]
  for (const [given, columns, rows] of shapes) {
    it(`of ${JSON.stringify(given)} has ${columns} columns and ${rows} rows`, () => {
      assert.ok(filmstripSchema.safeParse(given).success)
      assert.deepEqual(toFilmstrip(given), { columns, rows })
    })
  }

  for (const given of [0, 101, 1.5, '', '0x4', '11x10', '4x3x2', 'four', '-4', null]) {
    it(`is not ${JSON.stringify(given)}`, () => {
      assert.ok(!filmstripSchema.safeParse(given).success)
    })
  }
})
