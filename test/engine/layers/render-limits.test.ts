import assert from 'node:assert/strict'
import type { Composition, Layer } from '../../../src/engine/layers/composition.ts'
import type { LayerPicture } from '../../../src/engine/layers/layer-picture.ts'
import { prepareView, renderView } from '../../../src/engine/layers/render-view.ts'
import { colour, compose, layer, plate, quartersRaster, toolsFor } from './layers-fixture.ts'

/** A picture that must not be decoded. */
const sealed: LayerPicture = {
  width: 400,
  height: 300,
  check: () => undefined,
  decode: async () => assert.fail('it was decoded'),
}

const pictures = { photo: sealed, small: quartersRaster(40, 30) }
const tools = toolsFor(pictures, { maxPixels: 200_000 })
const turned = { rotation: 30 } as const
const shadow = {
  effects: [
    {
      order: -1,
      colour: colour(0, 0, 0),
      opacity: 100,
      blendMode: 'norm',
      offset: { in: 'pixels', x: 0, y: 0 },
      maskUse: 'norm',
      adjustments: [],
    },
  ],
} as const

function nested(composition: Composition, said: Partial<Layer> = {}): Layer {
  return layer({ kind: 'composition', composition }, said)
}

describe('what would take too much memory', () => {
  const table: readonly [string, Composition, string][] = [
    ['a view', compose([layer('photo')], { factor: 2 }), 'rendition_too_large'],
    ['a view of a density', compose([layer('photo')], { density: 3 }), 'rendition_too_large'],
    [
      'a view with much background',
      compose([layer('photo')], { width: 9000 }),
      'rendition_too_large',
    ],
    [
      'a part of a view',
      compose([layer('photo')], { part: { x: 0, y: 0, width: 999, height: 999, factor: 1 } }),
      'rendition_too_large',
    ],
    [
      'a layer scaled by much',
      compose([layer('photo', { sizing: { by: 'factor', factor: 1000 } })]),
      'rendition_too_large',
    ],
    [
      'a layer of one colour',
      compose([plate(colour(0, 0, 0), 1_000_000, 1_000_000)]),
      'rendition_too_large',
    ],
    [
      'a layer extended by much',
      compose([
        layer('photo', { extend: { left: 9e6, top: 0, right: 0, bottom: 0, in: 'pixels' } }),
      ]),
      'rendition_too_large',
    ],
    [
      'a layer that is turned, on a small one',
      compose([layer('small'), layer('photo', { ...turned, sizing: { by: 'factor', factor: 2 } })]),
      'layer_too_large',
    ],
    [
      'a layer with a shadow, on a small one',
      compose([
        layer('small'),
        layer('photo', {
          ...shadow,
          extend: { left: 9e6, top: 0, right: 0, bottom: 0, in: 'pixels' },
        }),
      ]),
      'layer_too_large',
    ],
    [
      'a composition in another',
      compose([layer('small'), nested(compose([layer('photo')], { factor: 3 }), turned)]),
      'layer_too_large',
    ],
    [
      'a layer of a composition in another',
      compose([
        nested(
          compose([
            layer('small'),
            layer('photo', { ...turned, sizing: { by: 'factor', factor: 2 } }),
          ]),
        ),
      ]),
      'layer_too_large',
    ],
  ]
  for (const [title, composition, code] of table) {
    it(`is refused before anything is decoded: ${title}`, async () => {
      await assert.rejects(prepareView(composition, tools), { code })
      await assert.rejects(renderView(composition, tools), { code })
    })
  }

  const possible: readonly [string, Composition][] = [
    [
      'a layer scaled by much, in a small view',
      compose([layer('small', { sizing: { by: 'factor', factor: 1000 } })], { width: 100 }),
    ],
    [
      'a part of a layer that is scaled by much',
      compose([layer('small', { sizing: { by: 'factor', factor: 1000 } })], {
        part: { x: 20_000, y: 20_000, width: 100, height: 75, factor: 1 },
      }),
    ],
    [
      'a large layer on a small one',
      compose([
        plate(colour(9, 9, 9), 100, 75),
        layer('small', { sizing: { by: 'factor', factor: 1000 } }),
      ]),
    ],
    [
      'a large layer that is turned, in a small view',
      compose([layer('small', { ...turned, sizing: { by: 'factor', factor: 1000 } })], {
        width: 100,
        height: 75,
      }),
    ],
    [
      'a large composition in a small one',
      compose(
        [
          nested(compose([layer('small', turned)], { factor: 1000 }), {
            sizing: { by: 'size', width: 100, height: 75 },
          }),
        ],
        { width: 100, height: 75 },
      ),
    ],
  ]
  for (const [title, composition] of possible) {
    it(`is not what takes little: ${title}`, async () => {
      const { width, height } = await renderView(composition, tools)
      assert.deepEqual([width, height], [100, 75])
    })
  }
})

describe('a clip path of a layer that is very long', () => {
  it('is drawn in parts', async () => {
    const said = { clips: [{ path: 'M0,0L39990,0L39990,2L0,2Z', keeps: 'inside' }] } as const
    const { pixels } = await renderView(compose([plate(colour(9, 9, 9), 40_000, 2, said)]), tools)
    const alphas = [0, 31_999, 32_000, 39_989, 39_990].map((x) => pixels[x * 4 + 3])
    assert.deepEqual(alphas, [255, 255, 255, 255, 0])
  })
})

describe('a rendering', () => {
  it('ends when nobody waits for it any more', async () => {
    const abort = new AbortController()
    const reason = new Error('gone')
    const decoded: string[] = []
    const picture = (name: string): LayerPicture => ({
      ...sealed,
      async decode() {
        decoded.push(name)
        abort.abort(reason)
        return quartersRaster(400, 300)
      },
    })
    const both = compose([layer('one'), layer('other')])
    const using = toolsFor(
      { one: picture('one'), other: picture('other') },
      { signal: abort.signal },
    )
    await assert.rejects(renderView(both, using), reason)
    assert.deepEqual(decoded, ['one'])
  })

  it('opens what several layers show once', async () => {
    const opened: string[] = []
    const using = toolsFor(pictures)
    const counting = {
      ...using,
      async open(object: string) {
        opened.push(object)
        return using.open(object)
      },
    }
    const masked = {
      kind: 'picture',
      object: 'small',
      mask: { kind: 'picture', object: 'small' },
    } as const
    await renderView(
      compose([layer('small'), layer(masked), nested(compose([layer('small')]))]),
      counting,
    )
    assert.deepEqual(opened, ['small'])
  })

  it('measures without decoding', async () => {
    const { composite, view } = await prepareView(
      compose([layer('photo', turned)], { width: 100 }),
      tools,
    )
    // 400 · cos 30° + 300 · sin 30° and 400 · sin 30° + 300 · cos 30°
    assert.deepEqual(composite, { width: 496, height: 460 })
    assert.deepEqual(view, { width: 100, height: 93 })
  })
})
