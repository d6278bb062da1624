import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import type { View } from '../../../src/engine/layers/composition.ts'
import { encodeView } from '../../../src/engine/layers/encode/encode-view.ts'
import type { Encoding } from '../../../src/engine/layers/encoding.ts'
import type { LayerPicture } from '../../../src/engine/layers/layer-picture.ts'
import { prepareView } from '../../../src/engine/layers/render-view.ts'
import { openSourcePicture } from '../../../src/engine/layers/source-picture.ts'
import { noise } from '../../support/pictures.ts'
import { probe } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { PLAIN, TOOLS } from './encode/views.ts'
import { compose, layer, toolsFor } from './layers-fixture.ts'

const MOST = 4_000_000

const SOURCES: Readonly<Record<string, () => Sharp>> = {
  'a JPEG': () => noise(160, 120).jpeg(),
  'a grey JPEG': () => noise(160, 120).toColourspace('b-w').jpeg(),
  'a JPEG of inks': () => noise(160, 120).toColourspace('cmyk').jpeg(),
  'a JPEG of another profile': () => noise(160, 120).withIccProfile('p3').jpeg(),
  'a JPEG that lies on its side': () => noise(160, 120).withMetadata({ orientation: 6 }).jpeg(),
  'a JPEG of 300 dpi': () => noise(160, 120).withMetadata({ density: 300 }).jpeg(),
  'a PNG': () => noise(160, 120).png(),
  'a PNG of 16 bits': () => noise(160, 120).toColourspace('rgb16').png(),
  'a grey PNG of 16 bits': () => noise(160, 120).toColourspace('grey16').png(),
  'a PNG with a palette': () => noise(160, 120).png({ palette: true }),
  'a TIFF': () => noise(160, 120).tiff(),
  'a WebP': () => noise(160, 120).webp(),
}

const ENCODINGS: Readonly<Record<string, Partial<Encoding>>> = {
  'a JPEG': {},
  'a progressive JPEG of 300 dpi': { format: 'pjpeg', resolution: 300 },
  'a JPEG of few bytes': { mostBytes: 1500 },
  'a grey JPEG': { pixelType: 'gray' },
  'a JPEG with the profile': { embedProfile: true },
  'a JPEG of inks': { pixelType: 'cmyk' },
  'a PNG': { format: 'png' },
  'a PNG of few colours': { format: 'png8' },
  'a WebP': { format: 'webp' },
  'a TIFF': { format: 'tif' },
}

const VIEWS: Readonly<Record<string, Partial<View>>> = {
  'as it is': {},
  'made smaller': { width: 40 },
  'in part': { width: 80, part: { x: 10, y: 10, width: 40, height: 20, factor: 1 } },
}

/** What can only be had in several steps. */
const STEP_BY_STEP: readonly string[] = [
  'a JPEG that lies on its side, in part',
  'a PNG of 16 bits',
  'a grey PNG of 16 bits',
]

const MASK = { kind: 'picture', object: 'photo' } as const

describe('a view that is one picture alone', () => {
  const folder = useTemporaryFolder()

  async function open(image: Sharp): Promise<LayerPicture> {
    const path = folder.pathTo('source')
    await writeFile(path, await image.toBuffer())
    return openSourcePicture(await probe(path), MOST)
  }

  for (const [source, make] of Object.entries(SOURCES)) {
    it(`is the same file as step by step, of ${source}`, async () => {
      const tools = toolsFor({ photo: await open(make()) }, { maxPixels: MOST })
      for (const [way, view] of Object.entries(VIEWS)) {
        const { alone, render } = await prepareView(compose([layer('photo')], view), tools)
        if (alone === undefined) {
          assert.ok(STEP_BY_STEP.some((each) => each === source || each === `${source}, ${way}`))
          continue
        }
        const raster = await render()
        assert.deepEqual([alone.width, alone.height], [raster.width, raster.height])
        for (const [file, said] of Object.entries(ENCODINGS)) {
          const encoding = { ...PLAIN, ...said }
          const bytes = await encodeView(alone, encoding, TOOLS)
          const expected = await encodeView(raster, encoding, TOOLS)
          assert.ok(bytes.equals(expected), `${file} of ${source}, ${way}`)
        }
      }
    })
  }

  const photo = async () => ({ photo: await open(noise(80, 60).jpeg()) })
  const blend = { opacity: 50 }
  for (const [title, composition] of [
    ['another layer over it', compose([layer('photo'), layer('photo', blend)])],
    ['its alpha turned round', compose([layer('photo', { maskUse: 'invert' })])],
    ['a mask', compose([layer({ kind: 'picture', object: 'photo', mask: MASK })])],
    ['an opacity', compose([layer('photo', blend)])],
    ['a mirror', compose([layer('photo', { flip: 'lr' })])],
    ['a turn', compose([layer('photo', { rotation: 90 })])],
    ['noise where it is seen through', compose([layer('photo', { blendMode: 'dissolve' })])],
    ['sharpening', compose([layer('photo', { sharpening: [{ by: 'simple' }] })])],
    [
      'what changes its colours',
      compose([layer('photo')], {}, { adjustments: [{ op: 'hue', degrees: 90 }] }),
    ],
    [
      'margins',
      compose([layer('photo', { extend: { in: 'pixels', left: 1, top: 1, right: 1, bottom: 1 } })]),
    ],
    ['a size larger than itself', compose([layer('photo')], { width: 200 })],
    ['a hidden layer alone', compose([layer('photo', { hidden: true })])],
  ] as const) {
    it(`is made step by step with ${title}`, async () => {
      const { alone } = await prepareView(composition, toolsFor(await photo()))
      assert.equal(alone, undefined)
    })
  }

  it('is made step by step of a picture through which one sees', async () => {
    const tools = toolsFor({ photo: await open(noise(80, 60).ensureAlpha(0.5).png()) })
    assert.equal((await prepareView(compose([layer('photo')]), tools)).alone, undefined)
  })
})
