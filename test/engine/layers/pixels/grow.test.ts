import assert from 'node:assert/strict'
import type { Adjustment } from '../../../../src/engine/layers/composition.ts'
import { adjust } from '../../../../src/engine/layers/pixels/adjust.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'
import { pixelAt, pixelsOf, plain, randomRaster } from './rasters.ts'

/** A square of a colour on another. */
function square(
  side: number,
  inner: { from: number; until: number },
  colours: { inside: readonly number[]; outside: readonly number[] },
): Raster {
  const raster = plain(side, side, colours.outside)
  for (let y = inner.from; y < inner.until; y += 1) {
    for (let x = inner.from; x < inner.until; x += 1) {
      raster.pixels.set(colours.inside, (y * side + x) * raster.channels)
    }
  }
  return raster
}

const WHITE_ON_BLACK = { inside: [255, 255, 255], outside: [0, 0, 0] }

/** The same by looking at every pixel of every square. */
function growSlowly(raster: Raster, radius: number): number[][] {
  const { width, height } = raster
  const best = radius > 0 ? Math.max : Math.min
  const reach = Math.abs(radius)
  return pixelsOf(raster).map((own, index) => {
    const [x, y] = [index % width, Math.floor(index / width)]
    const grown = [...own]
    for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row += 1) {
      for (let at = Math.max(0, x - reach); at <= Math.min(width - 1, x + reach); at += 1) {
        const other = pixelAt(raster, at, row)
        for (const [component, value] of other.entries()) {
          grown[component] = best(grown[component] ?? 0, value)
        }
      }
    }
    return grown
  })
}

describe('growing', () => {
  const rows: readonly [number, number, number, number][] = [
    // radius, scale, where the white square begins and ends, from 10 to 20
    [3, 1, 7, 23],
    [-3, 1, 13, 17],
    [6, 0.5, 7, 23],
    [-5, 1, 0, 0],
    [100, 1, 0, 30],
    [1, 0.4, 10, 20],
  ]
  for (const [radius, scale, from, until] of rows) {
    it(`makes 10 to 20 white from ${from} to ${until} by ${radius} at a scale of ${scale}`, async () => {
      const grown = await adjust(
        square(30, { from: 10, until: 20 }, WHITE_ON_BLACK),
        [{ op: 'grow', radius }],
        scale,
      )
      assert.deepEqual(pixelsOf(grown), pixelsOf(square(30, { from, until }, WHITE_ON_BLACK)))
    })
  }

  for (const [width, height] of [
    [1, 1],
    [1, 40],
    [40, 1],
    [13, 29],
    [130, 3],
  ] as const) {
    for (const radius of [1, 2, 7, -4, -50]) {
      it(`takes the extreme of every square: ${width} × ${height}, ${radius}`, async () => {
        const raster = randomRaster(width + radius + 60, width, height, 3)
        const grown = await adjust(raster, [{ op: 'grow', radius }], 1)
        assert.deepEqual(pixelsOf(grown), growSlowly(raster, radius))
      })
    }
  }

  it('leaves alpha, and takes no colour from what is transparent', async () => {
    const raster = square(
      9,
      { from: 3, until: 6 },
      { inside: [200, 100, 50, 255], outside: [0, 255, 0, 0] },
    )
    for (const radius of [2, -2]) {
      const grown = await adjust(raster, [{ op: 'grow', radius }], 1)
      assert.deepEqual(pixelAt(grown, 4, 4), [200, 100, 50, 255])
      assert.equal(pixelAt(grown, 2, 2)[3], 0)
    }
  })
})

describe('growing the mask', () => {
  const colours = { inside: [200, 100, 50, 255], outside: [1, 2, 3, 0] }
  const cases: readonly [string, Adjustment, number, { from: number; until: number }][] = [
    [
      'the radius of the view',
      { op: 'growMask', radius: 2, scaled: false },
      0.5,
      { from: 8, until: 22 },
    ],
    [
      'the radius of the source',
      { op: 'growMask', radius: 4, scaled: true },
      0.5,
      { from: 8, until: 22 },
    ],
    [
      'a negative radius',
      { op: 'growMask', radius: -2, scaled: false },
      1,
      { from: 12, until: 18 },
    ],
  ]
  for (const [name, adjustment, scale, { from, until }] of cases) {
    it(`changes alpha alone, by ${name}`, async () => {
      const raster = square(30, { from: 10, until: 20 }, colours)
      const grown = await adjust(raster, [adjustment], scale)
      for (const [index, [r, g, b, alpha]] of pixelsOf(grown).entries()) {
        const [x, y] = [index % 30, Math.floor(index / 30)]
        assert.deepEqual([r, g, b], pixelAt(raster, x, y).slice(0, 3))
        const inside = Math.min(x, y) >= from && Math.max(x, y) < until
        assert.equal(alpha, inside ? 255 : 0, `at ${x}, ${y}`)
      }
    })
  }

  it('changes nothing where there is no mask', async () => {
    const raster = randomRaster(3, 8, 8, 3)
    assert.equal(await adjust(raster, [{ op: 'growMask', radius: -3, scaled: false }], 1), raster)
  })
})
