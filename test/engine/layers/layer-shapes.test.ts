import assert from 'node:assert/strict'
import type { Perspective } from '../../../src/engine/layers/composition.ts'
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

const RED = colour(255, 0, 0)
const tools = toolsFor({ photo: quartersRaster(80, 60) })

function inside(path: string) {
  return { clips: [{ path, keeps: 'inside' }] } as const
}

describe('a clip path', () => {
  // r-clippath; each is the square from 10, 10 to 30, 30
  for (const path of [
    'M10,10L30,10L30,30L10,30Z',
    'M 10 10 L 30 10 30 30 10 30',
    'M10,10,30,10,30,30,10,30z',
    'm10,10l20,0,0,20,-20,0z',
    'm10,10,20,0,0,20,-20,0',
    'M10,10C15,10,25,10,30,10C30,15,30,25,30,30L10,30Z',
    'M5,5Zm5,5l20,0,0,20,-20,0z',
  ]) {
    it(`keeps what is inside of ${path}`, async () => {
      for (const factor of [1, 0.5]) {
        const raster = await renderView(compose([layer('photo', inside(path))], { factor }), tools)
        assertPixel(raster, [20 * factor, 20 * factor], [220, 30, 40])
        assert.equal(pixelOf(raster, 4 * factor, 20 * factor)[3], 0)
        assert.equal(pixelOf(raster, 34 * factor, 20 * factor)[3], 0)
      }
    })
  }

  it('keeps what is outside', async () => {
    const clips = [
      { path: 'M10,10L70,10L70,50L10,50Z', keeps: 'inside' },
      { path: 'M20,20L60,20L60,40L20,40Z', keeps: 'outside' },
    ] as const
    const raster = await renderView(compose([layer('photo', { clips })]), tools)
    assert.equal(pixelOf(raster, 40, 30)[3], 0)
    assertPixel(raster, [15, 15], [220, 30, 40])
    assert.equal(pixelOf(raster, 5, 5)[3], 0)
  })

  it('is that of the composite', async () => {
    const composite = inside('M10,10L30,10L30,30L10,30Z')
    const raster = await renderView(compose([layer('photo')], {}, composite), tools)
    assertPixel(raster, [20, 20], [220, 30, 40])
    assert.equal(pixelOf(raster, 40, 20)[3], 0)
  })

  it('counts from the layer, without what extends it', async () => {
    const said = {
      ...inside('M0,0L10,0L10,10L0,10Z'),
      extend: { left: 20, top: 0, right: 0, bottom: 0, in: 'pixels' },
    } as const
    const raster = await renderView(compose([layer('photo', said)]), tools)
    assertPixel(raster, [25, 5], [220, 30, 40])
    assert.equal(pixelOf(raster, 5, 5)[3], 0)
  })

  it('tells the size of a layer of one colour, and its place from the origin of the first', async () => {
    const ground = layer('photo', { origin: { in: 'pixels', x: 0, y: 0 } })
    const red = layer({ kind: 'colour', colour: RED }, inside('M10,20L30,20L30,40L10,40Z'))
    const raster = await renderView(compose([ground, red]), tools)
    assertPixel(raster, [10, 20], [255, 0, 0])
    assertPixel(raster, [29, 39], [255, 0, 0])
    assertPixel(raster, [9, 20], [220, 30, 40])
    assertPixel(raster, [10, 19], [220, 30, 40])
  })

  it('is as large as its curves', async () => {
    // A curve reaches three quarters of the way to the points that pull it.
    const red = layer({ kind: 'colour', colour: RED }, inside('M0,0C0,40,40,40,40,0Z'))
    const { composite } = await prepareView(compose([red]), tools)
    assert.deepEqual(composite, { width: 40, height: 30 })
  })

  for (const path of [
    '',
    'L10,10',
    'M10',
    'M10,10Q5,5',
    'M1,1L2,"/><script>',
    'M1,1Z5',
    'M1e999,1',
    'M1,1L',
  ]) {
    it(`must be one: ${JSON.stringify(path)}`, async () => {
      await assert.rejects(prepareView(compose([layer('photo', inside(path))]), tools), {
        code: 'clip_path_malformed',
      })
    })
  }
})

const square = (x: number, y: number, side: number): Perspective['corners'] => [
  { x, y },
  { x: x + side, y },
  { x: x + side, y: y + side },
  { x, y: y + side },
]

describe('a perspective', () => {
  const ground = plate(colour(255, 255, 255), 100, 100)

  it('puts the corners of a layer where it says', async () => {
    const perspective = { in: 'pixels', corners: square(20, 30, 40) } as const
    const raster = await renderView(compose([ground, layer('photo', { perspective })]), tools)
    assertPixel(raster, [22, 32], [220, 30, 40])
    assertPixel(raster, [57, 32], [40, 200, 60])
    assertPixel(raster, [57, 67], [230, 210, 50])
    assertPixel(raster, [22, 67], [40, 60, 210])
    assertPixel(raster, [18, 50], [255, 255, 255])
    assertPixel(raster, [62, 50], [255, 255, 255])
  })

  it('says so in parts of the first layer, and is moved, at every scale', async () => {
    const perspective = { in: 'parts', corners: square(0, 0, 0.5) } as const
    const photo = layer('photo', { perspective, position: { in: 'pixels', x: 50, y: 50 } })
    for (const factor of [0.5, 1, 2]) {
      const raster = await renderView(compose([ground, photo], { factor }), tools)
      assertPixel(raster, [52 * factor, 52 * factor], [220, 30, 40])
      assertPixel(raster, [96 * factor, 96 * factor], [230, 210, 50])
      assertPixel(raster, [46 * factor, 46 * factor], [255, 255, 255])
    }
  })

  it('makes smaller what is farther away', async () => {
    // Half as wide above as below: what is in the middle of the layer is seen above the middle.
    const corners = [
      { x: 25, y: 0 },
      { x: 75, y: 0 },
      { x: 100, y: 90 },
      { x: 0, y: 90 },
    ] as const
    const perspective = { in: 'pixels', corners } as const
    const raster = await renderView(compose([ground, layer('photo', { perspective })]), tools)
    // By the cross ratio it is at a third of the height.
    assertPixel(raster, [45, 26], [220, 30, 40])
    assertPixel(raster, [45, 33], [40, 60, 210])
    assertPixel(raster, [5, 10], [255, 255, 255])
  })

  it('mirrors when its corners do', async () => {
    const corners = [
      { x: 100, y: 0 },
      { x: 0, y: 0 },
      { x: 0, y: 100 },
      { x: 100, y: 100 },
    ] as const
    const perspective = { in: 'pixels', corners } as const
    const raster = await renderView(compose([ground, layer('photo', { perspective })]), tools)
    assert.deepEqual(cornersOf(raster), ['topRight', 'topLeft', 'bottomLeft', 'bottomRight'])
  })

  it('leaves the first layer as large as it is', async () => {
    const perspective = { in: 'parts', corners: square(0.25, 0.25, 0.5) } as const
    const raster = await renderView(compose([layer('photo', { perspective })]), tools)
    assert.deepEqual([raster.width, raster.height], [80, 60])
    assertPixel(raster, [23, 18], [220, 30, 40])
    assert.equal(pixelOf(raster, 5, 5)[3], 0)
  })

  it('may reach far beyond the first layer', async () => {
    const perspective = { in: 'pixels', corners: square(-400_000, -600_000, 1_000_000) } as const
    const raster = await renderView(compose([ground, layer('photo', { perspective })]), tools)
    assertPixel(raster, [50, 50], [40, 60, 210])
  })

  for (const [title, corners] of [
    ['in one point', square(5, 5, 0)],
    [
      'on one line',
      [
        { x: 0, y: 0 },
        { x: 1, y: 0 },
        { x: 2, y: 0 },
        { x: 3, y: 0 },
      ],
    ],
    [
      'crosswise',
      [
        { x: 0, y: 0 },
        { x: 9, y: 9 },
        { x: 9, y: 0 },
        { x: 0, y: 9 },
      ],
    ],
    [
      'with a dent',
      [
        { x: 0, y: 0 },
        { x: 9, y: 0 },
        { x: 2, y: 2 },
        { x: 0, y: 9 },
      ],
    ],
  ] as const) {
    it(`cannot have its corners ${title}`, async () => {
      const perspective: Perspective = {
        in: 'pixels',
        corners: [corners[0], corners[1], corners[2], corners[3]],
      }
      await assert.rejects(prepareView(compose([layer('photo', { perspective })]), tools), {
        code: 'perspective_impossible',
      })
    })
  }
})
