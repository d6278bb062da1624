import assert from 'node:assert/strict'
import type { OperationError } from '../../../src/base/operation-error.ts'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { MAX_PIXELS_IN_MEMORY } from '../../../src/engine/pictures/memory.ts'
import type { Step } from '../../../src/engine/pictures/options.ts'
import {
  planRequest as plan,
  type RenditionPlan,
  type RequestPlan,
} from '../../../src/engine/pictures/plan.ts'
import { SOURCE_FORMATS } from '../../../src/engine/pictures/source-formats.ts'
import type { Source } from '../../../src/engine/pictures/source.ts'
import { readPictureOptions } from '../../../src/sdk/picture-outline.ts'

const MAX_PIXELS = 500_000_000

const format = SOURCE_FORMATS.jpeg
const photo: Source = {
  input: 'photo.jpg',
  format,
  width: 6000,
  height: 4000,
  orientation: 1,
  resolution: undefined,
  page: 0,
  opaque: true,
  frames: 1,
  eightBit: true,
}
const drawing: Source = {
  ...photo,
  width: 80.5,
  height: 40.25,
  input: {
    usualScale: 400 / 80.5,
    unitsPerInch: undefined,
    maxPixels: Number.POSITIVE_INFINITY,
    draw: () => assert.fail('nothing is drawn yet'),
  },
}
const animation: Source = { ...photo, width: 60, height: 40, frames: 12 }

const box = (side: number, fmt = 'png') => ({ fmt, width: side, height: side })

function planRequest(
  source: Source,
  requested: readonly Instructions[],
  maxPixels: number,
): RequestPlan {
  return plan(source, requested.map(readPictureOptions), maxPixels)
}

function planOne(source: Source, instructions: Instructions): RenditionPlan {
  const [planned] = planRequest(source, [{ fmt: 'png', ...instructions }], MAX_PIXELS).renditions
  assert.ok(planned?.ok)
  return planned.plan
}

function refusal(source: Source, instructions: Instructions): OperationError {
  const [planned] = planRequest(source, [{ fmt: 'png', ...instructions }], MAX_PIXELS).renditions
  assert.ok(planned && !planned.ok)
  return planned.error
}

describe('planRequest', () => {
  const bases = [
    {
      title: 'the largest of the standard renditions',
      sides: [48, 140, 319, 1280],
      base: [1280, 853],
    },
    { title: 'the size that two renditions share', sides: [400, 400], base: [400, 267] },
    { title: 'a shared size below the largest', sides: [1280, 1000, 1000], base: [1000, 667] },
    { title: 'nothing for a single rendition', sides: [1280], base: undefined },
    {
      title: 'nothing for two renditions of nearly one size',
      sides: [1280, 1000],
      base: undefined,
    },
    { title: 'the original size, of a photo', sides: [9000, 48], base: [6000, 4000] },
  ]
  for (const { title, sides, base } of bases) {
    it(`decodes to ${title}`, () => {
      const expected = base && { width: base[0], height: base[1] }
      const requested = sides.map((side) => box(side))
      const chosen = planRequest(photo, requested, MAX_PIXELS).base
      assert.deepEqual(chosen && { width: chosen.width, height: chosen.height }, expected)
    })
  }

  it('decodes to the largest rendition that is no burden on memory', () => {
    const panorama = { ...photo, width: 20_000, height: MAX_PIXELS_IN_MEMORY / 10_000 }
    const { base } = planRequest(panorama, [box(20_000), box(1000), box(48)], MAX_PIXELS)
    assert.equal(base?.width, 1000)
  })

  it('decodes once for the renditions that show the same part', () => {
    const crop = { x: 0, y: 0, w: 3000, h: 3000 }
    const requested = [box(2000), { ...box(1000), crop }, { ...box(400), crop }]
    const { base } = planRequest(photo, requested, MAX_PIXELS)
    assert.deepEqual(base?.region, { left: 0, top: 0, width: 3000, height: 3000 })
    assert.equal(base.width, 1000)
  })

  it('draws a vector image anew for each rendition', () => {
    assert.equal(planRequest(drawing, [box(800), box(48)], MAX_PIXELS).base, undefined)
  })

  it('fails a rendition that cannot be made of the source and plans the others', () => {
    const beside = { x: 9000, y: 0, w: 1, h: 1 }
    const requested = [box(48), { ...box(48), crop: beside }, box(140)]
    const [good, bad, other] = planRequest(photo, requested, MAX_PIXELS).renditions
    assert.deepEqual([good?.ok, bad?.ok, other?.ok], [true, false, true])
  })

  const at300 = { ...photo, resolution: { x: 300, y: 300 } }
  const fax = { ...photo, width: 1728, height: 1000, resolution: { x: 204, y: 98 } }
  const sizes = [
    { title: 'a crop as it is', source: photo, crop: [10, 20, 300, 200], size: [300, 200] },
    {
      title: 'what of a crop lies inside the picture',
      source: photo,
      crop: [5900, -100, 300, 200],
      size: [100, 100],
    },
    {
      title: 'a crop in a box',
      source: photo,
      crop: [0, 0, 3000, 2000],
      width: 300,
      size: [300, 200],
    },
    {
      title: 'no crop above its size',
      source: photo,
      crop: [0, 0, 30, 20],
      width: 300,
      size: [30, 20],
    },
    {
      title: 'the width up to maxWidth',
      source: photo,
      width: 900,
      maxWidth: 600,
      size: [600, 400],
    },
    { title: 'the source up to maxHeight', source: photo, maxHeight: 400, size: [600, 400] },
    {
      title: 'no more than the source by maxWidth',
      source: photo,
      maxWidth: 9000,
      size: [6000, 4000],
    },
    {
      title: 'a quarter at a quarter of the dpi',
      source: at300,
      convertToDpi: 75,
      size: [1500, 1000],
    },
    {
      title: 'twice the size at twice the dpi',
      source: at300,
      convertToDpi: 600,
      size: [12_000, 8000],
    },
    {
      title: 'the box first and the dpi then',
      source: at300,
      width: 600,
      convertToDpi: 150,
      size: [300, 200],
    },
    {
      title: 'maxWidth after the dpi',
      source: at300,
      convertToDpi: 600,
      maxWidth: 9000,
      size: [9000, 6000],
    },
    {
      title: '72 dpi of a source that says nothing',
      source: photo,
      convertToDpi: 36,
      size: [3000, 2000],
    },
    {
      title: 'dpi as what the source counts as',
      source: at300,
      dpi: 100,
      convertToDpi: 50,
      size: [3000, 2000],
    },
    {
      title: 'each direction by its own dpi',
      source: fax,
      convertToDpi: { xdpi: 102, ydpi: 98 },
      size: [864, 1000],
    },
    {
      title: 'half a pixel as one more',
      source: { ...photo, width: 240, height: 160, resolution: { x: 96, y: 96 } },
      convertToDpi: 49,
      size: [123, 82],
    },
    { title: '400 px of a vector image', source: drawing, size: [400, 200] },
    { title: 'a vector image larger than it is', source: drawing, width: 4000, size: [4000, 2000] },
    {
      title: 'a vector image in a box',
      source: drawing,
      width: 4000,
      height: 100,
      size: [200, 100],
    },
    { title: 'a vector image up to maxWidth', source: drawing, maxWidth: 100, size: [100, 50] },
    { title: 'a vector image by its dpi', source: drawing, convertToDpi: 144, size: [800, 400] },
    {
      title: 'a box with max as without fit',
      source: photo,
      width: 300,
      height: 300,
      fit: 'max',
      size: [300, 200],
    },
    {
      title: 'no max above the source',
      source: photo,
      width: 9000,
      fit: 'max',
      size: [6000, 4000],
    },
    {
      title: 'a box that crop fills',
      source: photo,
      width: 300,
      height: 301,
      fit: 'crop',
      size: [300, 301],
    },
    {
      title: 'a box above the source that crop fills',
      source: photo,
      width: 7000,
      height: 7001,
      fit: 'crop',
      size: [7000, 7001],
    },
    {
      title: 'a box that scale distorts into',
      source: photo,
      width: 50,
      height: 7001,
      fit: 'scale',
      size: [50, 7001],
    },
    {
      title: 'one side above the source with crop',
      source: photo,
      width: 9000,
      fit: 'crop',
      size: [9000, 6000],
    },
    {
      title: 'one side above the source with scale',
      source: photo,
      height: 6000,
      fit: 'scale',
      size: [9000, 6000],
    },
    { title: 'all of the source with a fit alone', source: photo, fit: 'crop', size: [6000, 4000] },
    {
      title: 'maxWidth after crop',
      source: photo,
      width: 400,
      height: 400,
      fit: 'crop',
      maxWidth: 100,
      size: [100, 100],
    },
    {
      title: 'the dpi after scale',
      source: at300,
      width: 400,
      height: 400,
      fit: 'scale',
      convertToDpi: 150,
      size: [200, 200],
    },
    {
      title: 'a crop that is filled',
      source: photo,
      crop: [0, 0, 10, 20],
      width: 30,
      height: 30,
      fit: 'crop',
      size: [30, 30],
    },
    {
      title: 'a vector image that crop fills a box with',
      source: drawing,
      width: 100,
      height: 300,
      fit: 'crop',
      size: [100, 300],
    },
    {
      title: 'a vector image that scale distorts',
      source: drawing,
      width: 100,
      height: 300,
      fit: 'scale',
      size: [100, 300],
    },
    {
      title: 'a vector image by one side with scale',
      source: drawing,
      width: 4000,
      fit: 'scale',
      size: [4000, 2000],
    },
    {
      title: 'an animation that crop fills a box with',
      source: animation,
      width: 20,
      height: 20,
      fit: 'crop',
      animated: true,
      size: [20, 20],
    },
    { title: 'one frame for all', source: animation, width: 30, animated: true, size: [30, 20] },
  ]
  for (const { title, source, size, crop, ...instructions } of sizes) {
    it(`plans ${title}`, () => {
      const [x, y, w, h] = crop ?? []
      const { width, height } = planOne(source, {
        ...instructions,
        ...(crop && { crop: { x, y, w, h } }),
      })
      assert.deepEqual([width, height], size)
    })
  }

  const middles = [
    { title: 'the sides', box: { width: 200, height: 200 }, region: [1000, 0, 4000, 4000] },
    { title: 'top and bottom', box: { width: 600, height: 200 }, region: [0, 1000, 6000, 2000] },
    {
      title: 'fractions of pixels',
      box: { width: 700, height: 300 },
      region: [0, (4000 - (6000 * 3) / 7) / 2, 6000, (6000 * 3) / 7],
    },
    {
      title: 'the sides of a crop',
      box: { width: 100, height: 100, crop: { x: 10, y: 20, w: 300, h: 200 } },
      region: [60, 20, 200, 200],
    },
  ]
  for (const { title, box: given, region } of middles) {
    it(`cuts off evenly with crop: ${title}`, () => {
      const { region: shown } = planOne(photo, { ...given, fit: 'crop' })
      assert.deepEqual([shown?.left, shown?.top, shown?.width, shown?.height], region)
    })
  }

  it('shows all of the source with crop where nothing protrudes', () => {
    assert.equal(planOne(photo, { width: 300, height: 200, fit: 'crop' }).region, undefined)
  })

  it('decodes once for the boxes of one shape that crop fills', () => {
    const requested = [box(400), box(200), box(100)].map((each) => ({ ...each, fit: 'crop' }))
    const { base } = planRequest(photo, requested, MAX_PIXELS)
    assert.deepEqual(base?.region, { left: 1000, top: 0, width: 4000, height: 4000 })
    assert.deepEqual([base.width, base.height], [400, 400])
  })

  it('draws so much of a vector image that it covers what crop fills', () => {
    const { drawnAt, region } = planOne(drawing, { width: 100, height: 300, fit: 'crop' })
    assert.deepEqual(drawnAt, { width: 600, height: 300 })
    assert.deepEqual(region, { left: 250, top: 0, width: 100, height: 300 })
  })

  it('draws so much of a vector image that a crop has its size', () => {
    const crop = { x: 100, y: 50, w: 200, h: 100 }
    const { drawnAt, region } = planOne(drawing, { width: 400, crop, maxWidth: 50 })
    assert.deepEqual(drawnAt, { width: 100, height: 50 })
    assert.deepEqual(region, { left: 25, top: 13, width: 50, height: 25 })
  })

  const OPTIONS = readPictureOptions({ fmt: 'png' })
  const orders: { title: string; steps: readonly Step[]; size: number[]; region: number[] }[] = [
    {
      title: 'a crop of what was fitted',
      steps: [
        { step: 'fit', width: 300 },
        { step: 'crop', left: 15, top: 10, width: 150, height: 100 },
      ],
      size: [150, 100],
      region: [300, 200, 3000, 2000],
    },
    {
      title: 'a crop of a crop',
      steps: [
        { step: 'crop', left: 1000, top: 0, width: 4000, height: 4000 },
        { step: 'fit', width: 400 },
        { step: 'crop', left: 100, top: 50, width: 9000, height: 100 },
        { step: 'cap', width: 150 },
      ],
      size: [150, 50],
      region: [2000, 500, 3000, 1000],
    },
    {
      title: 'a crop of what was resampled',
      steps: [
        { step: 'resample', x: 144, y: 144 },
        { step: 'crop', left: 11_000, top: 7000, width: 4000, height: 4000 },
      ],
      size: [1000, 1000],
      region: [5500, 3500, 500, 500],
    },
  ]
  for (const { title, steps, size, region } of orders) {
    it(`takes steps in their order: ${title}`, () => {
      const [planned] = plan(photo, [{ ...OPTIONS, steps }], MAX_PIXELS).renditions
      assert.ok(planned?.ok)
      const { width, height, region: shown } = planned.plan
      assert.deepEqual([width, height], size)
      assert.deepEqual([shown?.left, shown?.top, shown?.width, shown?.height], region)
    })
  }

  const resolutions = [
    { title: 'keeps the resolution of the source', source: at300, expected: { x: 300, y: 300 } },
    {
      title: 'says nothing of a resolution when the source does not',
      source: photo,
      expected: undefined,
    },
    {
      title: 'says the dpi that are asked for',
      source: at300,
      dpi: 96,
      expected: { x: 96, y: 96 },
    },
    {
      title: 'says the dpi it was resampled to',
      source: at300,
      convertToDpi: 96,
      expected: { x: 96, y: 96 },
    },
    {
      title: 'says the dpi of both',
      source: at300,
      dpi: 100,
      convertToDpi: 50,
      expected: { x: 100, y: 100 },
    },
  ]
  for (const { title, source, expected, ...instructions } of resolutions) {
    it(title, () => {
      assert.deepEqual(planOne(source, instructions).resolution, expected)
    })
  }

  const frames = [
    {
      title: 'keeps the frames of an animation',
      source: animation,
      fmt: 'gif',
      animated: 'true',
      kept: true,
    },
    {
      title: 'takes the first frame unless told otherwise',
      source: animation,
      fmt: 'gif',
      kept: false,
    },
    {
      title: 'takes the first frame for a format without',
      source: animation,
      fmt: 'png',
      animated: true,
      kept: false,
    },
    {
      title: 'finds one frame in a photo',
      source: photo,
      fmt: 'webp',
      animated: true,
      kept: false,
    },
    {
      title: 'takes the first frame of an animation that would have to be turned',
      source: { ...animation, orientation: 6 as const },
      fmt: 'webp',
      animated: true,
      kept: false,
    },
  ]
  for (const { title, source, kept, ...instructions } of frames) {
    it(title, () => {
      assert.equal(planOne(source, instructions).animated, kept)
    })
  }

  const refusals = [
    {
      title: 'a rendition that its format cannot hold',
      source: { ...photo, width: 20_000, height: 100 },
      fmt: 'webp',
      code: 'side_too_long',
      message:
        'A WebP image has at most 16383 pixels a side, but this rendition would have 20000 × 100; set width and height, or another fmt.',
    },
    {
      title: 'a crop beside the picture',
      source: photo,
      crop: { x: 6000, y: 0, w: 10, h: 20 },
      code: 'crop_outside',
      message:
        'crop must lie at least partly inside the source of 6000 × 4000 pixels, but it is the 10 × 20 pixels from 6000, 0.',
    },
    {
      title: 'more pixels than there may be by convertToDpi',
      source: photo,
      convertToDpi: 7200,
      code: 'rendition_too_large',
      message:
        'The rendition would have 600000 × 400000 pixels, more than the 500000000 that can be made; set a smaller width, height or convertToDpi.',
    },
    {
      title: 'more pixels than there may be by fit',
      source: photo,
      width: 50_000,
      height: 20_000,
      fit: 'crop',
      code: 'rendition_too_large',
      message:
        'The rendition would have 50000 × 20000 pixels, more than the 500000000 that can be made; set a smaller width, height or convertToDpi.',
    },
    {
      title: 'a vector image of more pixels than there may be, though little of it is shown',
      source: drawing,
      width: 100_000,
      crop: { x: 0, y: 0, w: 10, h: 10 },
      code: 'rendition_too_large',
      message: /more than the 500000000 that can be made/,
    },
    {
      title: 'an animation that has too many pixels in all',
      source: { ...animation, width: 8000, height: 8000 },
      fmt: 'webp',
      animated: true,
      code: 'source_too_many_pixels',
      message: 'The source has 8000 × 96000 pixels, more than the 500000000 that can be processed.',
    },
  ]
  for (const { title, source, code, message, ...instructions } of refusals) {
    it(`refuses ${title}`, () => {
      const error = refusal(source, instructions)
      assert.equal(error.code, code)
      const sentence = error.inWordsOf({ format: 'fmt', resample: 'convertToDpi' })
      if (message instanceof RegExp) assert.match(sentence, message)
      else assert.equal(sentence, message)
    })
  }
})
