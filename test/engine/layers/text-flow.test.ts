import assert from 'node:assert/strict'
import type { Layer, Rectangle } from '../../../src/engine/layers/composition.ts'
import { fillRaster } from '../../../src/engine/layers/raster-steps.ts'
import { prepareView } from '../../../src/engine/layers/render-view.ts'
import type { TextContent } from '../../../src/engine/typesetting/text-content.ts'
import { assertPixel, colour, compose, layer, pixelOf, toolsFor } from './layers-fixture.ts'

const TEXT: TextContent = { paragraphs: [], vertical: 'top', resolution: 72, fitted: false }

/** Texts are drawn as a plate that fills its box. */
const tools = toolsFor(
  {},
  {
    drawText: async (_, box) => fillRaster(box ?? { width: 30, height: 10 }, colour(9, 8, 7, 254)),
  },
)

function textIn(flow: Rectangle | undefined, said: Partial<Layer> = {}) {
  return prepareView(compose([layer({ kind: 'text', text: TEXT, flow }, said)]), tools)
}

const BOX = { sizing: { by: 'size', width: 50, height: 40 } } as const

describe('the rectangle that a text flows into', () => {
  for (const [name, flow, said, size] of [
    ['is the layer without a size', { x: 5, y: 6, width: 20, height: 12 }, {}, [20, 12]],
    ['leaves a size as it is', { x: 5, y: 6, width: 20, height: 12 }, BOX, [50, 40]],
    ['is the size unless it is said', undefined, BOX, [50, 40]],
  ] as const) {
    it(name, async () => {
      const { view } = await textIn(flow, said)
      assert.deepEqual([view.width, view.height], size)
    })
  }

  for (const [name, flow, seen, unseen] of [
    [
      'is where it is in the layer',
      { x: 5, y: 6, width: 20, height: 12 },
      [
        [5, 6],
        [24, 17],
      ],
      [
        [4, 6],
        [5, 5],
        [25, 17],
        [24, 18],
      ],
    ],
    [
      'is cut off at the edges of the layer',
      { x: -5, y: 30, width: 20, height: 100 },
      [
        [0, 30],
        [14, 39],
      ],
      [
        [15, 39],
        [0, 29],
      ],
    ],
    ['may be beside the layer', { x: 90, y: 6, width: 20, height: 12 }, [], [[49, 6]]],
  ] as const) {
    it(name, async () => {
      const raster = await (await textIn(flow, BOX)).render()
      for (const [x, y] of seen) assertPixel(raster, [x, y], [9, 8, 7, 254])
      for (const [x, y] of unseen) assert.equal(pixelOf(raster, x, y)[3], 0)
    })
  }

  it('is refused in a layer of more pixels than there may be', async () => {
    const huge = { sizing: { by: 'size', width: 9000, height: 9000 } } as const
    await assert.rejects(textIn({ x: 0, y: 0, width: 5, height: 5 }, huge), /81000000|9000 × 9000/)
  })
})
