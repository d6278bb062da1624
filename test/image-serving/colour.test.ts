import assert from 'node:assert/strict'
import { takeColour } from '../../src/image-serving/colour.ts'

/** By Adobe's page about colours, and what its grammar allows besides. */
const COLOURS = [
  { written: '0,100,200', type: 'rgb', components: [0, 100, 200], alpha: 1, ofSource: false },
  {
    written: '0,100,200,200rs',
    type: 'rgb',
    components: [0, 100, 200],
    alpha: 200 / 255,
    ofSource: true,
  },
  { written: '0x010203S', type: 'rgb', components: [1, 2, 3], alpha: 1, ofSource: true },
  {
    written: 'a0b1c2d3R',
    type: 'rgb',
    components: [160, 177, 194],
    alpha: 211 / 255,
    ofSource: false,
  },
  { written: 'ff8000', type: 'rgb', components: [255, 128, 0], alpha: 1, ofSource: false },
  { written: '100S', type: 'gray', components: [100], alpha: 1, ofSource: true },
  { written: '50', type: 'gray', components: [50], alpha: 1, ofSource: false },
  { written: '50,75g', type: 'gray', components: [50], alpha: 0.75, ofSource: false },
  {
    written: '0xddeegs',
    type: 'gray',
    components: [(0xdd * 100) / 255],
    alpha: 0xee / 255,
    ofSource: true,
  },
  {
    written: '94,11,50,33k',
    type: 'cmyk',
    components: [94, 11, 50, 33],
    alpha: 1,
    ofSource: false,
  },
  {
    written: '22,23,24,25,26KS',
    type: 'cmyk',
    components: [22, 23, 24, 25],
    alpha: 0.26,
    ofSource: true,
  },
  { written: '38393A3bK', type: 'cmyk', components: [56, 57, 58, 59], alpha: 1, ofSource: false },
  {
    written: '0x0a0b0C0d0eks',
    type: 'cmyk',
    components: [10, 11, 12, 13],
    alpha: 0.14,
    ofSource: true,
  },
] as const

describe('a colour of Image Serving', () => {
  for (const { written, ...expected } of COLOURS) {
    it(`is read from ${written}`, () => {
      const items = written.split(',')
      assert.deepEqual(takeColour(items), { colour: expected, used: items.length })
    })
  }

  it('ends where another argument begins', () => {
    assert.equal(takeColour(['200', '0', '0', 'norm', '50'])?.used, 3)
    assert.equal(takeColour(['a0b0c0', 'off'])?.used, 1)
    assert.equal(takeColour(['10', '20', '30', '40k', '5'])?.used, 4)
  })

  for (const written of [
    '',
    'red',
    '256,0,0',
    '1,2,3,4,5',
    '101',
    '0x123',
    '10,20k',
    'ff80',
    '1,2,-3',
  ]) {
    it(`is not ${JSON.stringify(written)}, or not all of it`, () => {
      const items = written.split(',')
      assert.notEqual(takeColour(items)?.used, items.length)
    })
  }
})
