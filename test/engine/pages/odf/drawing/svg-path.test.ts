import assert from 'node:assert/strict'
import { readSvgPath } from '../../../../../src/engine/pages/odf/drawing/svg-path.ts'

/** A path, and its steps with whole numbers (SVG 2, chapter 9). */
const TABLE: Readonly<Record<string, readonly [path: string, steps: string]>> = {
  'lines after the first place': ['m10 10 5 0 0 5z', 'M10,10 L15,10 L15,15 Z'],
  'numbers without anything between': ['M1.5.5-4-5H1e1V.4e1', 'M2,1 L-4,-5 L10,-5 L10,4'],
  'what follows a closed outline': ['M5 5h9zl1 1', 'M5,5 L14,5 Z L6,6'],
  'curves that mirror': ['M0 0C0 9 9 9 9 0s9-9 9 0', 'M0,0 C0,9 9,9 9,0 C9,-9 18,-9 18,0'],
  'curves of one handle': ['M0 0Q3 6 6 0t6 0', 'M0,0 C2,4 4,4 6,0 C8,-4 10,-4 12,0'],
  'half a circle': ['M0 50A50 50 0 0 1 100 50', 'M0,50 C0,22 22,0 50,0 C78,0 100,22 100,50'],
  'half a circle the other way': [
    'M0 50a50 50 0 0 0 100 0',
    'M0,50 C0,78 22,100 50,100 C78,100 100,78 100,50',
  ],
  'the flags of an arc without anything between': [
    'M0 50a50 50 0 01100 0',
    'M0,50 C0,22 22,0 50,0 C78,0 100,22 100,50',
  ],
  'an arc whose radii are too small': [
    'M0 50a1 1 0 01100 0',
    'M0,50 C0,22 22,0 50,0 C78,0 100,22 100,50',
  ],
  'the longer way of an arc': [
    'M10 0A10 10 0 1 1 0 -10',
    'M10,0 C10,6 6,10 0,10 C-6,10 -10,6 -10,0 C-10,-6 -6,-10 0,-10',
  ],
  'an arc that is a line': ['M0 0A0 5 0 0 0 9 9', 'M0,0 C0,0 9,9 9,9'],
  'an arc to where it begins': ['M9 9A5 5 0 0 0 9 9', 'M9,9'],
  'steps up to what is none': ['M0 0L1 1 x2 2L3 3', 'M0,0 L1,1'],
  nothing: ['', ''],
}

describe('the path of an SVG', () => {
  for (const [title, [path, steps]] of Object.entries(TABLE)) {
    it(`has its steps: ${title}`, () => {
      const told = readSvgPath(path).map(
        ([kind, ...points]) =>
          kind + points.map(([x, y]) => `${Math.round(x) + 0},${Math.round(y) + 0}`).join(' '),
      )
      assert.equal(told.join(' '), steps)
    })
  }
})
