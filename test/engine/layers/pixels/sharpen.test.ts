import assert from 'node:assert/strict'
import type { Sharpening } from '../../../../src/engine/layers/composition.ts'
import { blur } from '../../../../src/engine/layers/pixels/blur.ts'
import { sharpen } from '../../../../src/engine/layers/pixels/sharpen.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'
import { pixelAt, plain, randomRaster } from './rasters.ts'

type Unsharp = Extract<Sharpening, { by: 'unsharp' }>

function unsharp(options: Partial<Unsharp>): readonly Unsharp[] {
  const usual = { amount: 1, radius: 4, threshold: 0, monochrome: false, scaled: false }
  return [{ by: 'unsharp', ...usual, ...options }]
}

/** Left of the middle one colour, right of it another. */
function step(left: readonly number[], right: readonly number[]): Raster {
  const raster = plain(40, 12, left)
  for (let y = 0; y < 12; y += 1) {
    for (let x = 20; x < 40; x += 1) raster.pixels.set(right, (y * 40 + x) * raster.channels)
  }
  return raster
}

const DARK = [64, 64, 64]
const LIGHT = [200, 200, 200]

describe('sharpening', () => {
  for (const [name, sharpening] of [
    ['simply', [{ by: 'simple' }]],
    ['by an unsharp mask', unsharp({})],
    ['by an unsharp mask of the lightness', unsharp({ monochrome: true })],
  ] satisfies [string, readonly Sharpening[]][]) {
    it(`makes an edge steeper ${name}, and leaves what is plain`, async () => {
      const sharpened = await sharpen(step(DARK, LIGHT), sharpening, 1)
      assert.ok((pixelAt(sharpened, 19, 6)[0] ?? 99) < 60)
      assert.ok((pixelAt(sharpened, 20, 6)[0] ?? 0) > 204)
      assert.deepEqual(pixelAt(sharpened, 2, 6), DARK)
      assert.deepEqual(pixelAt(sharpened, 37, 6), LIGHT)
    })

    it(`sharpens the mask as well ${name}`, async () => {
      const raster = step([...LIGHT, 64], [...LIGHT, 200])
      const sharpened = await sharpen(raster, sharpening, 1)
      assert.ok((pixelAt(sharpened, 19, 6)[3] ?? 99) < 60)
      assert.ok((pixelAt(sharpened, 20, 6)[3] ?? 0) > 204)
    })
  }

  it('does nothing without any', async () => {
    const raster = randomRaster(1, 9, 9, 4)
    assert.equal(await sharpen(raster, [], 1), raster)
  })

  it('does nothing by an unsharp mask with a radius of 0, or an amount of 0', async () => {
    const raster = randomRaster(2, 9, 9, 4)
    assert.deepEqual(await sharpen(raster, unsharp({ radius: 0 }), 1), raster)
    assert.deepEqual(await sharpen(raster, unsharp({ amount: 0 }), 1), raster)
  })

  it('adds the difference from the blurred picture, where it reaches the threshold', async () => {
    const raster = randomRaster(3, 30, 30, 3)
    const soft = await blur(raster, 4)
    const sharpened = await sharpen(raster, unsharp({ amount: 1.5, threshold: 40 }), 1)
    let below = 0
    for (const [at, value] of raster.pixels.entries()) {
      const difference = value - (soft.pixels[at] ?? 0)
      const more = Math.abs(difference) < 40 ? 0 : difference * 1.5
      const expected = Math.min(255, Math.max(0, value + more))
      assert.ok(Math.abs((sharpened.pixels[at] ?? 0) - expected) <= 0.5)
      if (more === 0) below += 1
    }
    assert.ok(below > 100 && below < 2600, `${below} stay as they are`)
  })

  it('adds the same to all components when it is monochrome', async () => {
    const raster = step([100, 80, 90], [120, 130, 110])
    const sharpened = await sharpen(raster, unsharp({ monochrome: true }), 1)
    for (const x of [18, 19, 20, 21]) {
      const before = pixelAt(raster, x, 6)
      const [r, g, b] = pixelAt(sharpened, x, 6).map((value, index) => value - (before[index] ?? 0))
      assert.ok(r === g && g === b && r !== 0, `${[r, g, b].join()} at ${x}`)
    }
  })

  it('has a radius that shrinks with the picture where it is one of the source', async () => {
    const raster = step(DARK, LIGHT)
    const scaled = await sharpen(raster, unsharp({ radius: 8, scaled: true }), 0.5)
    assert.deepEqual(scaled, await sharpen(raster, unsharp({ radius: 4 }), 1))
    assert.deepEqual(await sharpen(raster, unsharp({}), 0.5), await sharpen(raster, unsharp({}), 1))
  })
})
