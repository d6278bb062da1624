import assert from 'node:assert/strict'
import { adjust } from '../../../../src/engine/layers/pixels/adjust.ts'
import { blur } from '../../../../src/engine/layers/pixels/blur.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'
import { pixelAt, pixelsOf, plain } from './rasters.ts'

/** Left of the middle one colour, right of it another. */
function step(width: number, left: readonly number[], right: readonly number[]): Raster {
  const raster = plain(width, width, left)
  for (let y = 0; y < width; y += 1) {
    for (let x = width / 2; x < width; x += 1) {
      raster.pixels.set(right, (y * width + x) * raster.channels)
    }
  }
  return raster
}

/** The part of a normal distribution below a multiple of its deviation, by adding it up. */
function normal(multiple: number): number {
  let sum = 0
  for (let at = -6; at < multiple; at += 0.001) sum += Math.exp((-at * at) / 2) * 0.001
  return sum / Math.sqrt(2 * Math.PI)
}

describe('blur', () => {
  for (const colour of [
    [201, 3, 77],
    [201, 3, 77, 77],
    [201, 3, 77, 255],
    [9, 9, 9, 0],
  ]) {
    it(`leaves a plain ${colour.join()}`, async () => {
      for (const radius of [0.7, 5, 40]) {
        const [blurred = []] = pixelsOf(await blur(plain(70, 20, colour), radius)).slice(100)
        const expected = colour[3] === 0 ? [0, 0, 0, 0] : colour
        assert.deepEqual(blurred, expected, `by ${radius}`)
      }
    })
  }

  for (const radius of [0.8, 4, 30, 60]) {
    it(`makes a step a slope of ${radius} pixels`, async () => {
      const blurred = await blur(step(400, [0, 0, 0], [255, 255, 255]), radius)
      for (const x of [120, 170, 190, 198, 201, 210, 250]) {
        const expected = 255 * normal((x + 0.5 - 200) / radius)
        const [value = -99] = pixelAt(blurred, x, 200)
        assert.ok(Math.abs(value - expected) < 4, `at ${x}: ${value} for ${Math.round(expected)}`)
      }
    })
  }

  for (const radius of [5, 9, 20]) {
    it(`goes on beyond its edges as it ends there, by ${radius}`, async () => {
      const [side, margin] = [50, 100]
      const small = step(side, [10, 10, 10], [250, 90, 10])
      const large = plain(side + 2 * margin, side + 2 * margin, [0, 0, 0])
      const within = (at: number) => Math.min(Math.max(at - margin, 0), side - 1)
      for (let y = 0; y < large.height; y += 1) {
        for (let x = 0; x < large.width; x += 1) {
          large.pixels.set(pixelAt(small, within(x), within(y)), (y * large.width + x) * 3)
        }
      }
      const [blurred, expected] = [await blur(small, radius), await blur(large, radius)]
      for (let x = 0; x < side; x += 1) {
        const [red = 0] = pixelAt(blurred, x, 0)
        const [exact = 0] = pixelAt(expected, x + margin, margin)
        assert.ok(Math.abs(red - exact) <= 8, `at ${x}: ${red} for ${exact}`)
      }
    })
  }

  it('has a radius that shrinks with the picture', async () => {
    const raster = step(60, [0, 0, 0], [255, 255, 255])
    const half = await adjust(raster, [{ op: 'blur', radius: 20 }], 0.5)
    assert.deepEqual(half, await adjust(raster, [{ op: 'blur', radius: 10 }], 1))
  })

  it('takes no colour from what is transparent', async () => {
    for (const radius of [6, 40]) {
      const blurred = await blur(step(200, [250, 130, 60, 255], [0, 0, 0, 0]), radius)
      for (const [r = 0, g = 0, b = 0, alpha = 0] of pixelsOf(blurred)) {
        if (alpha === 0) continue
        assert.ok(
          Math.abs(r - 250) < 2 && Math.abs(g - 130) < 2 && Math.abs(b - 60) < 2,
          [r, g, b, alpha].join(),
        )
      }
      assert.ok((pixelAt(blurred, 101, 100)[3] ?? 0) > 100, 'alpha is blurred')
    }
  })

  it('blurs pictures of any size', async () => {
    for (const [width, height] of [
      [1, 1],
      [1, 300],
      [300, 1],
      [3, 3],
      [130, 129],
    ] as const) {
      for (const channels of [3, 4]) {
        const raster = plain(width, height, [9, 200, 30, 255].slice(0, channels))
        assert.deepEqual(await blur(raster, 100), raster)
      }
    }
  })
})
