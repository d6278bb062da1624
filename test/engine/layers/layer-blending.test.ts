import assert from 'node:assert/strict'
import type {
  BlendMode,
  Effect,
  Layer,
  MaskUse,
  Rgba,
  Treatment,
} from '../../../src/engine/layers/composition.ts'
import type { Raster } from '../../../src/engine/layers/raster.ts'
import { renderView } from '../../../src/engine/layers/render-view.ts'
import {
  assertPixel,
  colour,
  compose,
  layer,
  pixelOf,
  plate,
  quartersRaster,
  toolsFor,
} from './layers-fixture.ts'

const RED = colour(255, 0, 0)
const GREEN = colour(0, 255, 0)

/** 20 × 20 with a square of 10 × 10 in its middle, and nothing around it. */
function squareRaster(of: Rgba): Raster {
  const pixels = Buffer.alloc(20 * 20 * 4)
  for (let y = 5; y < 15; y++) {
    for (let x = 5; x < 15; x++) {
      pixels.set([of.red, of.green, of.blue, of.alpha], (y * 20 + x) * 4)
    }
  }
  return { width: 20, height: 20, channels: 4, pixels }
}

/** 20 × 20, black on its left half and white on its right. */
function halvesRaster(): Raster {
  const pixels = Buffer.alloc(20 * 20 * 3)
  for (let at = 0; at < 400; at++) if (at % 20 >= 10) pixels.fill(255, at * 3, at * 3 + 3)
  return { width: 20, height: 20, channels: 3, pixels }
}

const tools = toolsFor({
  square: squareRaster(RED),
  soft: squareRaster(colour(255, 0, 0, 128)),
  halves: halvesRaster(),
  photo: quartersRaster(20, 20),
})

describe('blending', () => {
  // By the formulas of W3C Compositing and Blending 1; r-blendmode names Photoshop's.
  const table: readonly [BlendMode, readonly number[]][] = [
    ['norm', [200, 100, 50]],
    ['mult', [(100 * 200) / 255, (150 * 100) / 255, (200 * 50) / 255]],
    ['screen', [300 - (100 * 200) / 255, 250 - (150 * 100) / 255, 250 - (200 * 50) / 255]],
    ['lighten', [200, 150, 200]],
    ['darken', [100, 100, 50]],
    ['dissolve', [200, 100, 50]],
  ]
  const ground = plate(colour(100, 150, 200), 20, 20)
  for (const [blendMode, expected] of table) {
    it(`makes of two colours what ${blendMode} does`, async () => {
      const above = plate(colour(200, 100, 50), 10, 10, { blendMode })
      const raster = await renderView(compose([ground, above]), tools)
      assertPixel(raster, [10, 10], expected)
      assertPixel(raster, [2, 2], [100, 150, 200])
    })

    it(`makes half as much of it at half the opacity: ${blendMode}`, async () => {
      const above = plate(colour(200, 100, 50), 20, 20, { blendMode, opacity: 50 })
      const raster = await renderView(compose([ground, above]), tools)
      if (blendMode === 'dissolve') {
        const seen = raster.pixels.filter((value, at) => at % 3 === 0 && value === 200).length
        assert.ok(seen > 150 && seen < 250, `${seen} of 400`)
        const again = await renderView(compose([ground, above]), tools)
        assert.deepEqual(again.pixels, raster.pixels)
      } else {
        const [red = 0, green = 0, blue = 0] = expected
        assertPixel(raster, [10, 10], [(100 + red) / 2, (150 + green) / 2, (200 + blue) / 2])
      }
    })
  }

  it('leaves the colour of what is translucent over nothing', async () => {
    const above = plate(colour(200, 100, 50), 10, 10, { blendMode: 'mult', opacity: 40 })
    const raster = await renderView(compose([plate(colour(0, 0, 0, 0), 20, 20), above]), tools)
    assertPixel(raster, [10, 10], [200, 100, 50, 102])
  })
})

describe('opacity', () => {
  const table: readonly [string, Partial<Layer>, readonly number[]][] = [
    ['is that of the content', { opacity: 60 }, [255, 0, 0, 153]],
    [
      'is multiplied by that of the content alone',
      { opacity: 90, fillOpacity: 70 },
      [255, 0, 0, 161],
    ],
    ['is not that of what fills the layer', { opacity: 0, colour: GREEN }, [0, 255, 0, 255]],
    [
      'is not that of what is behind the layer',
      { opacity: 50, background: GREEN },
      [128, 128, 0, 255],
    ],
  ]
  for (const [title, said, expected] of table) {
    it(title, async () => {
      assertPixel(await renderView(compose([layer('square', said)]), tools), [10, 10], expected)
    })
  }

  it('is that of all together', async () => {
    const both = compose([layer('photo'), layer('square')], {}, { opacity: 50 })
    const raster = await renderView(both, tools)
    assertPixel(raster, [10, 10], [255, 0, 0, 128])
    assertPixel(raster, [1, 1], [220, 30, 40, 128])
  })

  it('shows the background of the view, which leaves no alpha', async () => {
    const said = { transparent: false, background: GREEN }
    const raster = await renderView(compose([layer('square', { opacity: 50 })], said), tools)
    assert.equal(raster.channels, 3)
    assertPixel(raster, [10, 10], [127, 128, 0])
    assertPixel(raster, [1, 1], [0, 255, 0])
  })

  it('leaves no alpha where there was none', async () => {
    const raster = await renderView(compose([layer('photo')], { factor: 2 }), tools)
    assert.equal(raster.channels, 3)
  })
})

describe('a mask', () => {
  const uses: readonly [MaskUse, string, number, number][] = [
    // The alpha in the left half, and in the right.
    ['norm', 'halves', 0, 255],
    ['invert', 'halves', 255, 0],
    ['off', 'halves', 255, 255],
  ]
  for (const [maskUse, object, left, right] of uses) {
    it(`of lightness is used: ${maskUse}`, async () => {
      const content = {
        kind: 'picture',
        object: 'photo',
        mask: { kind: 'picture', object },
      } as const
      const raster = await renderView(compose([layer(content, { maskUse })]), tools)
      assert.equal(pixelOf(raster, 2, 2)[3] ?? 255, left)
      assert.equal(pixelOf(raster, 17, 2)[3] ?? 255, right)
    })
  }

  it('of a picture with alpha is that', async () => {
    const content = {
      kind: 'picture',
      object: 'photo',
      mask: { kind: 'picture', object: 'soft' },
    } as const
    const raster = await renderView(compose([layer(content)]), tools)
    assertPixel(raster, [8, 8], [220, 30, 40, 128])
    assert.equal(pixelOf(raster, 1, 1)[3], 0)
  })

  it('is cropped and sized with its picture', async () => {
    const content = {
      kind: 'picture',
      object: 'photo',
      mask: { kind: 'picture', object: 'halves' },
    } as const
    const crop = { x: 0.25, y: 0, width: 0.5, height: 1, in: 'parts' } as const
    const sizing = { by: 'factor', factor: 2 } as const
    const raster = await renderView(compose([layer(content, { crop, sizing })]), tools)
    assert.deepEqual([raster.width, raster.height], [20, 40])
    assert.equal(pixelOf(raster, 5, 20)[3], 0)
    assert.equal(pixelOf(raster, 15, 20)[3], 255)
  })

  it('tells the size of a layer of one colour', async () => {
    const content = {
      kind: 'colour',
      colour: RED,
      mask: { kind: 'picture', object: 'halves' },
    } as const
    const said = { sizing: { by: 'size', width: 10, height: 100 } } as const
    const raster = await renderView(compose([layer(content, said)]), tools)
    assert.deepEqual([raster.width, raster.height], [10, 10])
    assertPixel(raster, [8, 5], [255, 0, 0])
    assert.equal(pixelOf(raster, 1, 5)[3], 0)
  })

  it('that is not there and inverted hides the layer', async () => {
    const raster = await renderView(compose([layer('photo', { maskUse: 'invert' })]), tools)
    assert.equal(pixelOf(raster, 5, 5)[3], 0)
  })

  it('may be another composition', async () => {
    const composition = compose([plate(colour(0, 0, 0, 0), 20, 20), layer('square')])
    const content = {
      kind: 'picture',
      object: 'photo',
      mask: { kind: 'composition', composition },
    } as const
    const raster = await renderView(compose([layer(content)]), tools)
    assertPixel(raster, [6, 6], [220, 30, 40])
    assert.equal(pixelOf(raster, 2, 2)[3], 0)
  })
})

describe('an effect', () => {
  const shadow: Effect = {
    order: -1,
    colour: GREEN,
    opacity: 100,
    blendMode: 'norm',
    offset: { in: 'pixels', x: 3, y: 2 },
    maskUse: 'norm',
    adjustments: [],
  }
  const inner: Effect = { ...shadow, order: 1 }

  const table: readonly [
    string,
    Partial<Treatment>,
    readonly (readonly [readonly [number, number], readonly number[]])[],
  ][] = [
    [
      'behind a layer has its shape, and is not seen on it',
      { effects: [shadow] },
      [
        [
          [14, 14],
          [255, 0, 0, 255],
        ],
        [
          [17, 16],
          [0, 255, 0, 255],
        ],
        [
          [18, 16],
          [0, 0, 0, 0],
        ],
        [
          [6, 6],
          [255, 0, 0, 255],
        ],
      ],
    ],
    [
      'is not seen through a layer that fades',
      { effects: [shadow], fillOpacity: 0 },
      [
        [
          [10, 10],
          [0, 0, 0, 0],
        ],
        [
          [16, 10],
          [0, 255, 0, 255],
        ],
      ],
    ],
    [
      'fades with its layer',
      { effects: [{ ...shadow, opacity: 50 }], opacity: 90 },
      [
        [
          [16, 10],
          [0, 255, 0, 115],
        ],
      ],
    ],
    [
      'moves by parts of its layer',
      { effects: [{ ...shadow, offset: { in: 'parts', x: 0.25, y: 0 } }] },
      [
        [
          [19, 10],
          [0, 255, 0, 255],
        ],
        [
          [12, 10],
          [255, 0, 0, 255],
        ],
      ],
    ],
    [
      'on a layer is seen where what is outside moves in',
      { effects: [inner] },
      [
        [
          [6, 10],
          [0, 255, 0, 255],
        ],
        [
          [10, 6],
          [0, 255, 0, 255],
        ],
        [
          [8, 7],
          [255, 0, 0, 255],
        ],
        [
          [14, 14],
          [255, 0, 0, 255],
        ],
        [
          [3, 3],
          [0, 0, 0, 0],
        ],
      ],
    ],
    [
      'on a layer may have its shape',
      { effects: [{ ...inner, maskUse: 'invert' }] },
      [
        [
          [6, 10],
          [255, 0, 0, 255],
        ],
        [
          [10, 10],
          [0, 255, 0, 255],
        ],
      ],
    ],
    [
      'may be a rectangle',
      { effects: [{ ...shadow, maskUse: 'off', offset: { in: 'pixels', x: 0, y: 0 } }] },
      [
        [
          [1, 1],
          [0, 255, 0, 255],
        ],
        [
          [10, 10],
          [255, 0, 0, 255],
        ],
      ],
    ],
    [
      'of a higher order is over one of a lower',
      {
        effects: [
          { ...shadow, colour: colour(0, 0, 255) },
          { ...shadow, order: -2 },
        ],
      },
      [
        [
          [17, 10],
          [0, 0, 255, 255],
        ],
      ],
    ],
  ]
  for (const [title, said, pixels] of table) {
    it(title, async () => {
      const raster = await renderView(compose([layer('square', said)]), tools)
      for (const [place, expected] of pixels) assertPixel(raster, place, expected)
    })

    it(`${title}, of all together as well`, async () => {
      const raster = await renderView(compose([layer('square')], {}, said), tools)
      for (const [place, expected] of pixels) assertPixel(raster, place, expected)
    })
  }

  it('lies between a layer and what is behind it', async () => {
    const said = { effects: [shadow], background: colour(0, 0, 255) }
    const raster = await renderView(compose([layer('square', said)]), tools)
    assertPixel(raster, [10, 10], [255, 0, 0])
    assertPixel(raster, [17, 16], [0, 255, 0])
    assertPixel(raster, [1, 1], [0, 0, 255])
  })

  it('is seen on other layers, and blended with them', async () => {
    const mult = { ...shadow, blendMode: 'mult' } as const
    const square = layer('square', { effects: [mult] })
    const raster = await renderView(compose([plate(colour(100, 150, 200), 40, 40), square]), tools)
    assertPixel(raster, [27, 26], [0, 150, 0])
    assertPixel(raster, [20, 20], [255, 0, 0])
    assertPixel(raster, [2, 2], [100, 150, 200])
  })

  it('grows and blurs its shape, by radii that shrink with the view', async () => {
    const calls: unknown[] = []
    const recording = toolsFor(
      { square: squareRaster(RED) },
      {
        async adjust(raster, adjustments, scale) {
          calls.push([adjustments, scale])
          return raster
        },
      },
    )
    const effect = {
      ...shadow,
      adjustments: [
        { op: 'grow', radius: 4 },
        { op: 'blur', radius: 2 },
      ],
    } as const
    await renderView(compose([layer('square', { effects: [effect] })], { factor: 0.5 }), recording)
    const grown = [
      { op: 'growMask', radius: 4, scaled: true },
      { op: 'blur', radius: 2 },
    ]
    assert.deepEqual(calls, [[grown, 0.5]])
  })
})
