import assert from 'node:assert/strict'
import type { Adjustment } from '../../../../src/engine/layers/composition.ts'
import { adjust } from '../../../../src/engine/layers/pixels/adjust.ts'
import { pixelsOf, plain, randomRaster, rasterOf } from './rasters.ts'

/** Adjusts one pixel. */
async function become(colour: readonly number[], ...adjustments: Adjustment[]): Promise<number[]> {
  const [pixel = []] = pixelsOf(await adjust(rasterOf(1, colour), adjustments, 1))
  return pixel
}

const BLACK = [0, 0, 0]
const WHITE = [255, 255, 255]
const RED = [255, 0, 0]
const GREEN = [0, 255, 0]
const BLUE = [0, 0, 255]

const NOTHING: Record<string, Adjustment> = {
  'a brightness of 0': { op: 'brightness', amount: 0 },
  'a contrast of 0': { op: 'contrast', amount: 0 },
  'a saturation of 0': { op: 'saturation', amount: 0 },
  'a hue of 0': { op: 'hue', degrees: 0 },
  'a balance of 0,0,0': { op: 'colorbalance', red: 0, green: 0, blue: 0 },
  'a blur of 0': { op: 'blur', radius: 0 },
  'noise of 0': {
    op: 'noise',
    amount: 0,
    distribution: 'gaussian',
    monochrome: false,
    seed: 1,
  },
  'a growth of 0': { op: 'grow', radius: 0 },
  'a growth of the mask by 0': { op: 'growMask', radius: 0, scaled: true },
}

const COLOURS: readonly [string, readonly number[], Adjustment, readonly number[]][] = [
  ['brightness of 100 makes black white', BLACK, { op: 'brightness', amount: 100 }, WHITE],
  ['brightness of -100 makes white black', WHITE, { op: 'brightness', amount: -100 }, BLACK],
  [
    'brightness is a part of the range',
    [10, 0, 250],
    { op: 'brightness', amount: 20 },
    [61, 51, 255],
  ],
  [
    'contrast of -100 leaves the middle',
    [3, 90, 250],
    { op: 'contrast', amount: -100 },
    [128, 128, 128],
  ],
  ['contrast of 100 leaves the ends', [3, 127, 128], { op: 'contrast', amount: 100 }, [0, 0, 255]],
  ['saturation of -100 makes red a gray', RED, { op: 'saturation', amount: -100 }, [76, 76, 76]],
  [
    'saturation of -100 makes green a gray',
    GREEN,
    { op: 'saturation', amount: -100 },
    [150, 150, 150],
  ],
  ['saturation leaves a gray', [77, 77, 77], { op: 'saturation', amount: 100 }, [77, 77, 77]],
  ['hue of 120 makes red green', RED, { op: 'hue', degrees: 120 }, GREEN],
  ['hue of 120 makes green blue', GREEN, { op: 'hue', degrees: 120 }, BLUE],
  ['hue of 120 makes blue red', BLUE, { op: 'hue', degrees: 120 }, RED],
  ['hue of -120 makes red blue', RED, { op: 'hue', degrees: -120 }, BLUE],
  ['hue of 180 makes red cyan', RED, { op: 'hue', degrees: 180 }, [0, 255, 255]],
  ['hue of -180 does too', RED, { op: 'hue', degrees: -180 }, [0, 255, 255]],
  [
    'hue of 60 makes a dull red a dull yellow',
    [200, 100, 100],
    { op: 'hue', degrees: 60 },
    [200, 200, 100],
  ],
  ['hue leaves a gray', [9, 9, 9], { op: 'hue', degrees: 77 }, [9, 9, 9]],
  [
    'balance changes each component by itself',
    [100, 100, 100],
    { op: 'colorbalance', red: 20, green: -20, blue: 0 },
    [151, 49, 100],
  ],
  ['invert makes a negative', [0, 100, 255], { op: 'invert' }, [255, 155, 0]],
]

describe('adjustments of a picture', () => {
  for (const [name, adjustment] of Object.entries(NOTHING)) {
    it(`changes nothing by ${name}`, async () => {
      const raster = randomRaster(4, 9, 7, 4)
      const adjusted = await adjust(raster, [adjustment], 1)
      assert.deepEqual(adjusted, raster)
    })
  }

  for (const [name, colour, adjustment, expected] of COLOURS) {
    it(name, async () => {
      assert.deepEqual(await become(colour, adjustment), expected)
      assert.deepEqual(await become([...colour, 7], adjustment), [...expected, 7], 'with alpha')
    })
  }

  it('gives a gray to every colour by a saturation of -100', async () => {
    const gray = await adjust(randomRaster(5, 40, 40, 3), [{ op: 'saturation', amount: -100 }], 1)
    assert.ok(pixelsOf(gray).every(([r, g, b]) => r === g && g === b))
  })

  it('comes back by inverting twice, and by three turns of 120 degrees', async () => {
    const raster = randomRaster(6, 30, 30, 4)
    const turn: Adjustment = { op: 'hue', degrees: 120 }
    assert.deepEqual(await adjust(raster, [{ op: 'invert' }, { op: 'invert' }], 1), raster)
    assert.deepEqual(await adjust(raster, [turn, turn, turn], 1), raster)
  })

  it('moves lightness away from 50 % on either side by contrast', async () => {
    const ramp = rasterOf(256, ...Array.from({ length: 256 }, (_, v) => [v, v, v]))
    const adjusted = pixelsOf(await adjust(ramp, [{ op: 'contrast', amount: 40 }], 1))
    for (const [value, [now = -1]] of adjusted.entries()) {
      assert.ok(value < 128 ? now <= value : now >= value, `${value} became ${now}`)
      assert.equal((adjusted[255 - value]?.[0] ?? -1) + now, 255, 'the two sides are alike')
    }
  })

  it('is the same together as one after the other', async () => {
    const raster = randomRaster(7, 20, 20, 3)
    const list: Adjustment[] = [
      { op: 'brightness', amount: 13 },
      { op: 'contrast', amount: -31 },
      { op: 'saturation', amount: 44 },
      { op: 'colorbalance', red: 3, green: 50, blue: -9 },
      { op: 'invert' },
    ]
    let single = raster
    for (const each of list) single = await adjust(single, [each], 1)
    assert.deepEqual(await adjust(raster, list, 1), single)
  })

  it('leaves the picture that it is given as it was', async () => {
    const raster = randomRaster(8, 20, 20, 4)
    const before = Buffer.from(raster.pixels)
    const all: Adjustment[] = [
      { op: 'invert' },
      { op: 'hue', degrees: 9 },
      { op: 'growMask', radius: 2, scaled: false },
      { op: 'grow', radius: -2 },
      { op: 'blur', radius: 3 },
    ]
    for (const each of all) await adjust(raster, [each], 1)
    assert.deepEqual(raster.pixels, before)
  })

  it('ends when its signal does', async () => {
    const signal = AbortSignal.abort(new Error('nobody waits any more'))
    await assert.rejects(
      adjust(plain(4, 4, [1, 2, 3]), [{ op: 'hue', degrees: 9 }], 1, signal),
      /nobody waits any more/,
    )
  })
})
