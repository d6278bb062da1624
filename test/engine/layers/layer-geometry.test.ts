import assert from 'node:assert/strict'
import type { Layer, View } from '../../../src/engine/layers/composition.ts'
import { prepareView, renderView } from '../../../src/engine/layers/render-view.ts'
import {
  assertPixel,
  colour,
  compose,
  cornersOf,
  layer,
  pixelOf,
  plate,
  quartersRaster,
  toolsFor,
} from './layers-fixture.ts'

const tools = toolsFor({ photo: quartersRaster(80, 60) })

async function sizeOf(said: Partial<Layer>, view: Partial<View> = {}): Promise<string> {
  const { view: size } = await prepareView(compose([layer('photo', said)], view), tools)
  return `${size.width}×${size.height}`
}

describe('the size of a layer', () => {
  // r-crop, r-size-reference, r-is-http-scale, r-res, r-rotate, r-extend; each by arithmetic from 80 × 60
  const table: readonly [string, Partial<Layer>, string][] = [
    ['is that of its picture', {}, '80×60'],
    [
      'is that of its crop',
      { crop: { x: 10, y: 10, width: 20, height: 30, in: 'pixels' } },
      '20×30',
    ],
    [
      'is that of a crop in parts',
      { crop: { x: 0.1, y: 0, width: 0.8, height: 1, in: 'parts' } },
      '64×60',
    ],
    [
      'is that of a crop that reaches beyond it',
      { crop: { x: -10, y: -10, width: 100, height: 80, in: 'pixels' } },
      '100×80',
    ],
    ['fits into a size', { sizing: { by: 'size', width: 40, height: 40 } }, '40×30'],
    ['is enlarged to a size', { sizing: { by: 'size', width: 160, height: 200 } }, '160×120'],
    [
      'has a height that follows from the width',
      { sizing: { by: 'size', width: 30, height: 0 } },
      '30×23',
    ],
    [
      'has a width that follows from the height',
      { sizing: { by: 'size', width: 0, height: 30 } },
      '40×30',
    ],
    ['is scaled by a factor', { sizing: { by: 'factor', factor: 0.4 } }, '32×24'],
    [
      'is sized after it was cropped',
      {
        crop: { x: 0, y: 0, width: 40, height: 20, in: 'pixels' },
        sizing: { by: 'size', width: 20, height: 20 },
      },
      '20×10',
    ],
    ['is turned by a quarter', { rotation: 90 }, '60×80'],
    ['is turned by a half', { rotation: -180 }, '80×60'],
    // 80 · cos 30° + 60 · sin 30° and 80 · sin 30° + 60 · cos 30°
    ['grows when it is turned', { rotation: 30 }, '99×92'],
    ['grows as much when it is turned to the other side', { rotation: -30 }, '99×92'],
    ['is extended', { extend: { left: 1, top: 2, right: 3, bottom: 4, in: 'pixels' } }, '84×66'],
    [
      'is cut by negative edges',
      { extend: { left: -10, top: 0, right: -20, bottom: 5, in: 'pixels' } },
      '50×65',
    ],
    [
      'is extended in parts of what was turned',
      { rotation: 90, extend: { left: 0.5, top: 0, right: 0, bottom: 0.25, in: 'parts' } },
      '90×100',
    ],
    [
      'is never nothing',
      { extend: { left: -100, top: 0, right: 0, bottom: 0, in: 'pixels' } },
      '1×60',
    ],
  ]
  for (const [title, said, expected] of table) {
    it(title, async () => {
      assert.equal(await sizeOf(said), expected)
      const { width, height } = await renderView(compose([layer('photo', said)]), tools)
      assert.equal(`${width}×${height}`, expected)
    })
  }

  it('follows from the resolution of its file', async () => {
    const said: Partial<Layer> = { sizing: { by: 'resolution', resolution: 36 } }
    const content = { kind: 'picture', object: 'photo', resolution: 72 } as const
    const { composite } = await prepareView(compose([layer(content, said)]), tools)
    assert.deepEqual(composite, { width: 40, height: 30 })
    assert.equal(await sizeOf(said), '80×60', 'nobody knows the resolution')
  })

  it('is that of the first, in parts', async () => {
    const red = plate(colour(255, 0, 0), 0.5, 0.25, {
      sizing: { by: 'part', width: 0.5, height: 0.25 },
      origin: { in: 'pixels', x: 0, y: 0 },
      position: { in: 'parts', x: -0.5, y: -0.5 },
    })
    const raster = await renderView(compose([layer('photo'), red]), tools)
    assertPixel(raster, [39, 14], [255, 0, 0])
    assert.notDeepEqual(pixelOf(raster, 40, 14).slice(0, 3), [255, 0, 0])
    assert.notDeepEqual(pixelOf(raster, 39, 15).slice(0, 3), [255, 0, 0])
  })

  it('is that of its text', async () => {
    const text = { paragraphs: [], vertical: 'top', resolution: 72, fitted: false } as const
    const { composite } = await prepareView(compose([layer({ kind: 'text', text })]), tools)
    assert.deepEqual(composite, { width: 30, height: 10 })
  })

  for (const [title, said] of [
    ['no size', {}],
    ['a width alone', { sizing: { by: 'size', width: 5, height: 0 } }],
    ['a factor', { sizing: { by: 'factor', factor: 2 } }],
  ] as const) {
    it(`must be told for a layer of one colour, of which ${title} is no size`, async () => {
      const red = layer({ kind: 'colour', colour: colour(255, 0, 0) }, said)
      await assert.rejects(prepareView(compose([red]), tools), { code: 'layer_without_size' })
    })
  }
})

describe('a layer', () => {
  const [TL, TR, BR, BL] = ['topLeft', 'topRight', 'bottomRight', 'bottomLeft']
  // r-flip, r-rotate; the corners from the upper left, clockwise
  const turns: readonly [string, Partial<Layer>, readonly (string | undefined)[]][] = [
    ['stands as it is', {}, [TL, TR, BR, BL]],
    ['is mirrored from left to right', { flip: 'lr' }, [TR, TL, BL, BR]],
    ['is mirrored upside down', { flip: 'ud' }, [BL, BR, TR, TL]],
    ['is mirrored both ways', { flip: 'lrud' }, [BR, BL, TL, TR]],
    ['is turned clockwise', { rotation: 90 }, [BL, TL, TR, BR]],
    ['is turned counterclockwise', { rotation: -90 }, [TR, BR, BL, TL]],
    ['is mirrored before it is turned', { flip: 'lr', rotation: 90 }, [BR, TR, TL, BL]],
    [
      'leaves corners free when it is turned by less',
      { rotation: 45 },
      ['nothing', 'nothing', 'nothing', 'nothing'],
    ],
  ]
  for (const [title, said, expected] of turns) {
    it(title, async () => {
      assert.deepEqual(
        cornersOf(await renderView(compose([layer('photo', said)]), tools)),
        expected,
      )
      // At another scale as well, where another path may be taken.
      const small = compose([layer('photo', said)], { factor: 0.5 })
      assert.deepEqual(cornersOf(await renderView(small, tools)), expected)
      const large = compose([layer('photo', said)], { factor: 2 })
      assert.deepEqual(cornersOf(await renderView(large, tools)), expected)
    })
  }

  it('is turned before the composite is mirrored', async () => {
    const raster = await renderView(
      compose([layer('photo', { rotation: 90 })], {}, { flip: 'lr' }),
      tools,
    )
    assert.deepEqual(cornersOf(raster), [TL, BL, BR, TR])
  })

  it('is filled within its rectangle before it is turned, and around it behind', async () => {
    const raster = await renderView(
      compose([
        layer('cut', {
          colour: colour(9, 9, 9),
          rotation: 45,
          background: colour(0, 0, 255),
          extend: { left: 5, top: 0, right: 0, bottom: 0, in: 'pixels' },
        }),
      ]),
      toolsFor({ cut: { width: 40, height: 40, channels: 4, pixels: Buffer.alloc(6400) } }),
    )
    assert.deepEqual([raster.width, raster.height], [62, 57])
    assertPixel(raster, [1, 1], [0, 0, 255])
    assertPixel(raster, [33, 28], [9, 9, 9])
  })

  it('shows of a crop what is there, and is transparent beside it', async () => {
    const crop = { x: -10, y: 30, width: 50, height: 60, in: 'pixels' } as const
    for (const factor of [1, 0.5, 2]) {
      const raster = await renderView(compose([layer('photo', { crop })], { factor }), tools)
      assert.equal(raster.width, 50 * factor)
      assertPixel(raster, [4 * factor, 10 * factor], [0, 0, 0, 0])
      assert.deepEqual(
        cornersOf(raster),
        ['nothing', 'bottomLeft', 'nothing', 'nothing'],
        `${factor}`,
      )
    }
  })

  it('that is hidden is not opened', async () => {
    const hidden = layer('not there', { hidden: true })
    const raster = await renderView(compose([layer('photo'), hidden]), tools)
    assert.deepEqual(cornersOf(raster), [TL, TR, BR, BL])
  })

  it('that is the first is the canvas even when it is hidden', async () => {
    const red = plate(colour(255, 0, 0), 10, 10)
    const raster = await renderView(compose([layer('photo', { hidden: true }), red]), tools)
    assert.deepEqual([raster.width, raster.height], [80, 60])
    assertPixel(raster, [40, 30], [255, 0, 0])
    assertPixel(raster, [10, 10], [0, 0, 0, 0])
  })
})

describe('the place of a layer', () => {
  // 10 × 10 on a canvas of 80 × 60; where its upper left comes to be (r-pos, r-origin, r-anchor, r-layer-placement)
  const table: readonly [string, Partial<Layer>, Partial<Layer>, readonly [number, number]][] = [
    ['is in the middle', {}, {}, [35, 25]],
    ['is moved by pixels', {}, { position: { in: 'pixels', x: 5, y: -3 } }, [40, 22]],
    [
      'is moved by parts of the first',
      {},
      { position: { in: 'parts', x: 0.25, y: 0.5 } },
      [55, 55],
    ],
    ['is told by its own origin', {}, { origin: { in: 'pixels', x: 0, y: 0 } }, [40, 30]],
    [
      'is told by its own origin in parts',
      {},
      { origin: { in: 'parts', x: 0.5, y: 0.5 } },
      [30, 20],
    ],
    [
      'is told by the origin of the first',
      { origin: { in: 'pixels', x: 0, y: 0 } },
      { origin: { in: 'pixels', x: 0, y: 0 } },
      [0, 0],
    ],
    ['is told by its anchor', {}, { anchor: { in: 'pixels', x: 0, y: 10 } }, [40, 20]],
    [
      'is told by its anchor as it was mirrored',
      {},
      { anchor: { in: 'pixels', x: 0, y: 10 }, flip: 'lr' },
      [30, 20],
    ],
    [
      'is told by its anchor as it was turned',
      {},
      { anchor: { in: 'parts', x: -0.5, y: -0.5 }, rotation: 90 },
      [30, 30],
    ],
    [
      'is told by its anchor as it was sized',
      {},
      { anchor: { in: 'pixels', x: 10, y: 10 }, sizing: { by: 'factor', factor: 2 } },
      [20, 10],
    ],
    [
      'is told by its anchor as it was cropped',
      {},
      {
        anchor: { in: 'pixels', x: 10, y: 10 },
        crop: { x: 5, y: 5, width: 5, height: 5, in: 'pixels' },
      },
      [35, 25],
    ],
    [
      'is told by its anchor as it was extended',
      {},
      {
        anchor: { in: 'pixels', x: 0, y: 0 },
        extend: { left: 4, top: 2, right: 0, bottom: 0, in: 'pixels' },
        background: colour(255, 0, 0),
      },
      [36, 28],
    ],
    [
      'is told by its origin rather than its anchor',
      {},
      { anchor: { in: 'pixels', x: 0, y: 0 }, origin: { in: 'pixels', x: 10, y: 10 } },
      [30, 20],
    ],
    [
      'is told by the anchor of the first',
      { anchor: { in: 'pixels', x: 20, y: 20 } },
      {},
      [15, 15],
    ],
  ]
  const dots = toolsFor({ photo: quartersRaster(80, 60), dot: redRaster(10, 10) })
  for (const [title, ground, said, [x, y]] of table) {
    it(title, async () => {
      const raster = await renderView(compose([layer('photo', ground), layer('dot', said)]), dots)
      assertPixel(raster, [x, y], [255, 0, 0])
      for (const [left, top] of [
        [x - 1, y],
        [x, y - 1],
      ] as const) {
        if (left < 0 || top < 0) continue
        assert.notDeepEqual(pixelOf(raster, left, top).slice(0, 3), [255, 0, 0])
      }
    })
  }

  it('may be partly outside, which is cut off', async () => {
    const dot = layer('dot', { position: { in: 'parts', x: 0.5, y: 0.5 } })
    const raster = await renderView(compose([layer('photo'), dot]), dots)
    assert.deepEqual([raster.width, raster.height], [80, 60])
    assertPixel(raster, [79, 59], [255, 0, 0])
    assertPixel(raster, [75, 55], [255, 0, 0])
  })

  it('may be wholly outside', async () => {
    const dot = layer('dot', { position: { in: 'parts', x: 3, y: 0 } })
    const raster = await renderView(compose([layer('photo'), dot]), dots)
    assert.deepEqual(cornersOf(raster), ['topLeft', 'topRight', 'bottomRight', 'bottomLeft'])
  })

  it('is the same at every scale of the view', async () => {
    const dot = layer('dot', { position: { in: 'pixels', x: 20, y: 10 } })
    for (const factor of [0.5, 1, 3]) {
      const raster = await renderView(compose([layer('photo'), dot], { factor }), dots)
      assertPixel(raster, [60 * factor, 40 * factor], [255, 0, 0])
      assert.notDeepEqual(pixelOf(raster, 54 * factor, 40 * factor).slice(0, 3), [255, 0, 0])
    }
  })
})

function redRaster(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3, Buffer.from([255, 0, 0]))
  return { width, height, channels: 3, pixels } as const
}
