import assert from 'node:assert/strict'
import { adjust } from '../../../../src/engine/layers/pixels/adjust.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'
import { pixelsOf, randomRaster, rasterOf } from './rasters.ts'

const COLOUR = { red: 200, green: 100, blue: 0, alpha: 255 }

async function colorize(raster: Raster, normalised: boolean, contrast = 0): Promise<number[][]> {
  const options = { colour: COLOUR, normalised, contrast }
  return pixelsOf(await adjust(raster, [{ op: 'colorize', ...options }], 1))
}

function grays(...values: readonly number[]): Raster {
  return rasterOf(values.length, ...values.map((v) => [v, v, v]))
}

describe('colorize', () => {
  it('keeps shadows and lights', async () => {
    const [black, , white] = await colorize(grays(0, 90, 255), false)
    assert.deepEqual(black, [0, 0, 0])
    assert.deepEqual(white, [255, 255, 255])
  })

  it('looks at the luminance alone', async () => {
    const [red, gray] = await colorize(rasterOf(2, [255, 0, 0], [76, 76, 76]), false)
    assert.deepEqual(red, gray)
  })

  it('gives the colour to the median when it is normalised', async () => {
    const pixels = await colorize(grays(20, 40, 60, 61, 200), true)
    assert.deepEqual(pixels[2], [200, 100, 0])
  })

  it('does not ask what is transparent for the median', async () => {
    const raster = rasterOf(
      4,
      [250, 250, 250, 0],
      [251, 251, 251, 0],
      [60, 60, 60, 255],
      [0, 0, 0, 0],
    )
    assert.deepEqual((await colorize(raster, true))[2], [200, 100, 0, 255])
  })

  it('gives the whole range to a contrast of 100, and less to less', async () => {
    const raster = grays(100, 110, 120)
    assert.deepEqual(await colorize(raster, true, 100), [
      [0, 0, 0],
      [200, 100, 0],
      [255, 255, 255],
    ])
    const [dark = []] = await colorize(raster, true, 50)
    assert.deepEqual(dark, [100, 50, 0])
  })

  it('ignores the contrast when it is not normalised', async () => {
    const raster = randomRaster(1, 10, 10, 3)
    assert.deepEqual(await colorize(raster, false, 80), await colorize(raster, false, 0))
  })
})
