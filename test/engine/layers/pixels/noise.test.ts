import assert from 'node:assert/strict'
import { adjust } from '../../../../src/engine/layers/pixels/adjust.ts'
import { pixelsOf, plain } from './rasters.ts'

const GRAY = plain(200, 100, [128, 128, 128])

/** By how much each component of a plain gray is changed. */
async function noiseOf(options: {
  amount: number
  distribution?: 'uniform' | 'gaussian'
  monochrome?: boolean
  seed?: number
}): Promise<number[][]> {
  const noise = { distribution: 'uniform', monochrome: false, seed: 1, ...options } as const
  const noisy = await adjust(GRAY, [{ op: 'noise', ...noise }], 1)
  return pixelsOf(noisy).map((pixel) => pixel.map((value) => value - 128))
}

function deviationOf(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length)
}

describe('noise', () => {
  it('is the same for the same seed, and another for another', async () => {
    const first = await noiseOf({ amount: 20, seed: 7 })
    assert.deepEqual(await noiseOf({ amount: 20, seed: 7 }), first)
    assert.notDeepEqual(await noiseOf({ amount: 20, seed: 8 }), first)
  })

  it('has something for a seed of 0', async () => {
    assert.ok(deviationOf((await noiseOf({ amount: 20, seed: 0 })).flat()) > 10)
  })

  it('goes as far as its percentage when it is uniform, and evenly', async () => {
    const values = (await noiseOf({ amount: 20 })).flat()
    assert.deepEqual([Math.min(...values), Math.max(...values)], [-51, 51])
    const inner = values.filter((value) => Math.abs(value) <= 25).length
    assert.ok(Math.abs(inner / values.length - 0.5) < 0.02)
  })

  it('is as strong, and goes further, when it is gaussian', async () => {
    const values = (await noiseOf({ amount: 20, distribution: 'gaussian' })).flat()
    assert.ok(Math.abs(deviationOf(values) - 51 / Math.sqrt(3)) < 0.5)
    const near = values.filter((value) => Math.abs(value) <= 29).length
    assert.ok(Math.abs(near / values.length - 0.683) < 0.02, 'two thirds are within the deviation')
  })

  it('changes a gray to a gray when it is monochrome, and to colours when not', async () => {
    const gray = await noiseOf({ amount: 30, monochrome: true })
    assert.ok(gray.every(([r, g, b]) => r === g && g === b))
    const coloured = await noiseOf({ amount: 30 })
    assert.ok(coloured.filter(([r, g, b]) => r === g && g === b).length < 100)
  })

  it('leaves alpha', async () => {
    const raster = plain(20, 20, [128, 128, 128, 55])
    const noise = { amount: 90, distribution: 'uniform', monochrome: false, seed: 3 } as const
    const noisy = await adjust(raster, [{ op: 'noise', ...noise }], 1)
    assert.ok(pixelsOf(noisy).every(([, , , alpha]) => alpha === 55))
  })
})
