import assert from 'node:assert/strict'
import type { Adjustment } from '../../../src/engine/layers/composition.ts'
import { cutRaster } from '../../../src/engine/layers/raster-steps.ts'
import type { Raster } from '../../../src/engine/layers/raster.ts'
import { prepareView, renderView } from '../../../src/engine/layers/render-view.ts'
import { openRaster, toRaster } from '../../../src/engine/layers/sharp-raster.ts'
import { noise } from '../../support/pictures.ts'
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

/** Tools that tell of which size and scale each step is asked for. */
function recordingTools(raster: Raster) {
  const calls: string[] = []
  const record = (name: string) => async (each: Raster, _: unknown, scale: number) => {
    calls.push(`${name} ${each.width}×${each.height} at ${scale}`)
    return each
  }
  const tools = toolsFor(
    { photo: raster },
    { adjust: record('adjust'), sharpen: record('sharpen') },
  )
  return { tools, calls }
}

describe('what is made of a composite', () => {
  const blur: Adjustment = { op: 'blur', radius: 3 }
  const brighten: Adjustment = { op: 'brightness', amount: 3 }
  const sharpening = [
    { by: 'unsharp', amount: 1, radius: 2, threshold: 0, monochrome: false, scaled: true },
  ] as const
  const part = { x: 10, y: 10, width: 20, height: 10, factor: 1 }
  const table: readonly [string, ReturnType<typeof compose>, readonly string[]][] = [
    [
      'is the part that is seen, where single pixels change',
      compose([layer('photo', { adjustments: [brighten] })], { part }),
      ['adjust 20×10 at 1'],
    ],
    [
      'is that at the size of the view',
      compose([layer('photo', { adjustments: [brighten] })], { width: 40, part }),
      ['adjust 20×10 at 0.5'],
    ],
    [
      'is all of it, where neighbours count',
      compose([layer('photo', { adjustments: [blur] })], { part }),
      ['adjust 80×60 at 1'],
    ],
    [
      'is all of it at the size of the view',
      compose([layer('photo')], { width: 40, part }, { adjustments: [blur] }),
      ['adjust 40×30 at 0.5'],
    ],
    [
      'is not larger than it is, where neighbours count',
      compose([layer('photo')], { factor: 3 }, { adjustments: [blur] }),
      ['adjust 80×60 at 1'],
    ],
    [
      'is sharpened at the size of the view',
      compose([layer('photo')], { width: 40 }, { sharpening }),
      ['sharpen 40×30 at 0.5'],
    ],
    [
      'is sharpened with what is around the part',
      compose([layer('photo')], { part }, { sharpening }),
      ['sharpen 34×24 at 1'],
    ],
    [
      'is sharpened as a layer after that was sized',
      compose([layer('photo', { sharpening, sizing: { by: 'factor', factor: 0.5 } })]),
      ['sharpen 40×30 at 0.5'],
    ],
    [
      'is adjusted before it is sharpened',
      compose([layer('photo')], {}, { sharpening, adjustments: [brighten] }),
      ['adjust 80×60 at 1', 'sharpen 80×60 at 1'],
    ],
  ]
  for (const [title, composition, expected] of table) {
    it(title, async () => {
      const { tools, calls } = recordingTools(quartersRaster(80, 60))
      await renderView(composition, tools)
      assert.deepEqual(calls, expected)
    })
  }

  it('is cut into tiles without a seam when it is sharpened', async () => {
    const photo = await toRaster(noise(120, 90))
    const tools = toolsFor(
      { photo },
      { sharpen: async (raster) => toRaster(openRaster(raster).sharpen()) },
    )
    const composite = { sharpening: [{ by: 'simple' }] } as const
    const all = await renderView(compose([layer('photo')], { width: 90 }, composite), tools)
    const tile = { x: 30, y: 20, width: 25, height: 20 }
    const one = { ...tile, factor: 1 }
    const seen = await renderView(
      compose([layer('photo')], { width: 90, part: one }, composite),
      tools,
    )
    assert.deepEqual(seen.pixels, cutRaster(all, tile).pixels)
  })

  it('grows a mask by a radius that was said of its source', async () => {
    const asked: unknown[] = []
    const tools = toolsFor(
      { photo: quartersRaster(80, 60) },
      {
        async adjust(raster, adjustments, scale) {
          asked.push(adjustments, scale)
          return raster
        },
      },
    )
    const said = {
      adjustments: [
        { op: 'growMask', radius: 8, scaled: true },
        { op: 'growMask', radius: 8, scaled: false },
      ],
      sizing: { by: 'factor', factor: 0.5 },
    } as const
    await renderView(compose([layer('photo', said)]), tools)
    const [scaled, asItIs] = said.adjustments
    assert.deepEqual(asked, [[{ ...scaled, radius: 4 }, asItIs], 1])
  })
})

function nested(...said: Parameters<typeof compose>) {
  return { kind: 'composition', composition: compose(...said) } as const
}

describe('a composition in another', () => {
  const tools = toolsFor({ photo: quartersRaster(80, 60) })
  const names = ['topLeft', 'topRight', 'bottomRight', 'bottomLeft']

  it('is as large as its view', async () => {
    const content = nested([layer('photo')], { width: 40, height: 40 })
    const { composite } = await prepareView(compose([layer(content)]), tools)
    assert.deepEqual(composite, { width: 40, height: 40 })
  })

  it('brings its transparency along', async () => {
    const content = nested([layer('photo')], { width: 40, height: 40 })
    const raster = await renderView(
      compose([plate(colour(1, 2, 3), 60, 60), layer(content)]),
      tools,
    )
    assertPixel(raster, [30, 12], [1, 2, 3])
    assertPixel(raster, [20, 20], [220, 30, 40])
  })

  it('is treated like a picture', async () => {
    const content = nested([layer('photo')], { width: 40 })
    const said = {
      crop: { x: 20, y: 0, width: 20, height: 30, in: 'pixels' },
      sizing: { by: 'size', width: 100, height: 0 },
      flip: 'ud',
    } as const
    const raster = await renderView(compose([layer(content, said)]), tools)
    assert.deepEqual([raster.width, raster.height], [100, 150])
    assertPixel(raster, [50, 10], [230, 210, 50])
    assertPixel(raster, [50, 140], [40, 200, 60])
  })

  it('looks the same at every scale, however deep it is', async () => {
    let content = nested([layer('photo', { rotation: 90 })])
    for (let depth = 0; depth < 4; depth++) content = nested([layer(content)])
    for (const factor of [0.5, 1, 2]) {
      const raster = await renderView(compose([layer(content)], { factor }), tools)
      assert.deepEqual([raster.width, raster.height], [60 * factor, 80 * factor])
      assert.deepEqual(cornersOf(raster), [names[3], names[0], names[1], names[2]])
    }
  })

  it('is made no larger than it is needed', async () => {
    const sizes: string[] = []
    const using = toolsFor(
      { photo: quartersRaster(80, 60) },
      {
        async adjust(raster) {
          sizes.push(`${raster.width}×${raster.height}`)
          return raster
        },
      },
    )
    const content = nested([layer('photo')], {}, { adjustments: [{ op: 'blur', radius: 1 }] })
    const raster = await renderView(compose([layer(content)], { width: 20 }), using)
    assert.deepEqual(sizes, ['20×15'])
    assert.equal(pixelOf(raster, 1, 1).length, 3)
  })
})
