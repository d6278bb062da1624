import assert from 'node:assert/strict'
import { assert as assertProperty, asyncProperty, integer, record } from 'fast-check'
import sharp from 'sharp'
import { fitInside } from '../../../src/engine/pictures/dimensions.ts'

const side = integer({ min: 1, max: 300 })
const limit = integer({ min: 1, max: 350 })

describe('fitInside', () => {
  const table = [
    { original: [6000, 4000], box: { width: 48, height: 48 }, expected: [48, 32] },
    { original: [6000, 4000], box: { width: 1280 }, expected: [1280, 853] },
    { original: [6000, 4000], box: { height: 100 }, expected: [150, 100] },
    { original: [6000, 4000], box: {}, expected: [6000, 4000] },
    { original: [300, 200], box: { width: 1280, height: 1280 }, expected: [300, 200] },
    { original: [300, 200], box: { width: 150, height: 1280 }, expected: [150, 100] },
    { original: [10_000, 2], box: { width: 48 }, expected: [48, 1] },
  ] as const

  for (const { original, box, expected } of table) {
    it(`makes ${original.join(' × ')} in ${JSON.stringify(box)} ${expected.join(' × ')}`, () => {
      const [width, height] = original
      assert.deepEqual(fitInside({ width, height }, box), {
        width: expected[0],
        height: expected[1],
      })
    })
  }

  it('agrees with sharp on every size and box', async () => {
    const box = record({ width: limit, height: limit }, { requiredKeys: [] })
    const agreement = asyncProperty(side, side, box, async (width, height, limits) => {
      const source = sharp({ create: { width, height, channels: 3, background: 'grey' } })
      const { info } = await source
        .resize({ ...limits, fit: 'inside', withoutEnlargement: true })
        .raw()
        .toBuffer({ resolveWithObject: true })
      const expected = { width: info.width, height: info.height }
      assert.deepEqual(fitInside({ width, height }, limits), expected)
    })
    await assertProperty(agreement, { numRuns: 200 })
  })
})
