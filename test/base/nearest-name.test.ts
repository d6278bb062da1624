import assert from 'node:assert/strict'
import { nearestName } from '../../src/base/nearest-name.ts'
import { INSTRUCTIONS } from '../../src/contract/instructions/table.ts'

const NAMES = [...Object.keys(INSTRUCTIONS), 'wid', 'hei', 'qlt']

describe('the nearest name', () => {
  const NEAREST: Readonly<Record<string, string | undefined>> = {
    // Two in the wrong order, one missing, one too many, one wrong.
    widht: 'width',
    qtl: 'qlt',
    heigth: 'height',
    hight: 'height',
    qualityy: 'quality',
    qualuty: 'quality',
    // As others write such names.
    WIDTH: 'width',
    target_size: 'targetSize',
    'compression-level': 'compressionLevel',
    watermak: 'watermark',
    // Only the beginning.
    compression: 'compressionLevel',
    water: 'watermark',
    // Too far from all, or nothing.
    foo: undefined,
    backgroundColor: undefined,
    x: undefined,
    '': undefined,
    ['width'.repeat(100)]: undefined,
  }
  for (const [given, nearest] of Object.entries(NEAREST)) {
    it(`of "${given.slice(0, 20)}" is ${nearest ?? 'none'}`, () => {
      assert.equal(nearestName(given, NAMES), nearest)
    })
  }

  it('of each name is the name itself', () => {
    assert.deepEqual(
      NAMES.map((name) => nearestName(name, NAMES)),
      NAMES,
    )
  })
})
