import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { thumbHashToRGBA } from 'thumbhash'
import { PICTURE_FORMATS, type PictureFormat } from '../../../src/contract/actions.ts'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { FORMATS, type OutputFormat } from '../../../src/engine/pictures/output-formats.ts'
import { readPictureOptions } from '../../../src/sdk/picture-outline.ts'
import { difference, noise, pixelAt, plain, quarters } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const ink = { r: 200, g: 30, b: 60 }
const grey = { r: 90, g: 90, b: 90 }

const sources: { title: string; image: Sharp; expected: number[]; tolerance: number }[] = [
  { title: 'opaque PNG', image: plain(ink).png(), expected: [200, 30, 60], tolerance: 3 },
  {
    title: 'half transparent PNG',
    image: plain(ink, 0.5).png(),
    expected: [200, 30, 60, 128],
    tolerance: 3,
  },
  {
    title: 'grey JPEG',
    image: plain(grey).toColourspace('b-w').jpeg(),
    expected: [90, 90, 90],
    tolerance: 3,
  },
  // CMYK has no such red, so it comes back as the nearest one that ink can print.
  {
    title: 'CMYK JPEG',
    image: plain(ink).toColourspace('cmyk').jpeg({ quality: 100 }),
    expected: [198, 9, 41],
    tolerance: 6,
  },
  {
    title: '16-bit PNG',
    image: plain(ink).toColourspace('rgb16').png(),
    expected: [200, 30, 60],
    tolerance: 3,
  },
  {
    title: '16-bit grey PNG',
    image: plain(grey).toColourspace('grey16').png(),
    expected: [90, 90, 90],
    tolerance: 3,
  },
  {
    title: '16-bit transparent PNG',
    image: plain(ink, 0.5).toColourspace('rgb16').png(),
    expected: [200, 30, 60, 128],
    tolerance: 3,
  },
  {
    title: '16-bit sRGB PNG',
    image: plain(ink).toColourspace('rgb16').withIccProfile('srgb').png(),
    expected: [200, 30, 60],
    tolerance: 3,
  },
  {
    title: '16-bit Display P3 TIFF',
    image: plain(ink).toColourspace('rgb16').withIccProfile('p3').tiff({ compression: 'lzw' }),
    expected: [200, 30, 60],
    tolerance: 3,
  },
  {
    title: 'Display P3 JPEG',
    image: plain(ink).withIccProfile('p3').jpeg({ quality: 100 }),
    expected: [200, 30, 60],
    tolerance: 6,
  },
]

describe('each fmt', () => {
  const folder = useTemporaryFolder()

  for (const { title, image, expected, tolerance } of sources) {
    for (const fmt of PICTURE_FORMATS) {
      it(`${fmt} keeps the colours of a source: ${title}`, async () => {
        const source = folder.pathTo('source')
        await image.clone().toFile(source)
        const path = folder.pathTo(`rendition.${fmt}`)
        const [rendition] = startRenditions(source, [{ instructions: { fmt }, path }])
        assert.equal((await rendition)?.mediaType, formatOf(fmt).mediaType)

        const { mediaType, width, height, depth, space, hasProfile } = await sharp(path).metadata()
        assert.equal(mediaType, formatOf(fmt).mediaType)
        assert.deepEqual(
          { width, height, depth, space, hasProfile },
          { width: 40, height: 30, depth: 'uchar', space: 'srgb', hasProfile: false },
        )
        assertClose(await pixelAt(path, 20, 15), seenIn(fmt, expected), tolerance)
      })
    }
  }

  for (const fmt of PICTURE_FORMATS) {
    for (const orientation of [2, 3, 5, 6, 7, 8]) {
      it(`${fmt} is upright when nobody turns it, of a source that lies in orientation ${orientation}`, async () => {
        const source = folder.pathTo('lies.jpg')
        await quarters(60, 40).jpeg({ quality: 100 }).withMetadata({ orientation }).toFile(source)
        const expected = await sharp(source)
          .autoOrient()
          .raw()
          .toBuffer({ resolveWithObject: true })
        const path = folder.pathTo('upright')
        await startRenditions(source, [{ instructions: { fmt }, path }])[0]
        const { width, height, orientation: told = 1 } = await sharp(path).metadata()
        const { info } = expected
        assert.deepEqual([width, height, told], [info.width, info.height, 1])
        for (const [x, y] of [
          [5, 5],
          [width - 5, 5],
          [5, height - 5],
        ] as const) {
          const at = (y * info.width + x) * info.channels
          const colour = [...expected.data.subarray(at, at + 3)]
          assertClose((await pixelAt(path, x, y)).slice(0, 3), colour, 12)
        }
      })
    }
  }

  for (const fmt of ['jpg', 'jpeg', 'webp'] as const) {
    it(`${fmt} gets smaller with less quality`, async () => {
      const [best, usual, worst] = await Promise.all(
        [100, undefined, 1].map((quality) => sizeOf({ fmt, quality })),
      )
      assert.ok(best !== undefined && usual !== undefined && worst !== undefined)
      assert.ok(best > usual && usual > worst)
    })
  }

  for (const fmt of ['png', 'tif', 'tiff', 'gif'] as const) {
    it(`${fmt} loses nothing to a quality`, async () => {
      assert.equal(await sizeOf({ fmt, quality: 1 }), await sizeOf({ fmt }))
    })
  }

  it('tiff is written without loss', async () => {
    const source = folder.pathTo('exact.png')
    await noise(50, 40).png().toFile(source)
    const path = folder.pathTo('exact.tiff')
    await startRenditions(source, [{ instructions: { fmt: 'tiff' }, path }])[0]
    assert.equal(await difference(path, source), 0)
  })

  for (const fmt of PICTURE_FORMATS) {
    it(`${fmt} ${formatOf(fmt).alpha ? 'keeps a transparent pixel transparent' : 'shows white through a transparent pixel'}`, async () => {
      const source = folder.pathTo('transparent.png')
      await plain(ink, 0).png().toFile(source)
      const path = folder.pathTo('through')
      await startRenditions(source, [{ instructions: { fmt }, path }])[0]
      const pixel = await pixelAt(path, 20, 15)
      if (formatOf(fmt).alpha) assert.equal(pixel[3], 0)
      else assert.deepEqual(pixel, [255, 255, 255])
    })
  }

  for (const [title, image, side] of [
    ['a picture', quarters(200, 200), [32, 32]],
    ['a wide one', quarters(900, 300), [32, 9]],
    ['a transparent one', quarters(200, 200).ensureAlpha(0.5), [32, 32]],
  ] as const) {
    it(`thumbhash draws ${title} again, in base64 of a few bytes`, async () => {
      const source = folder.pathTo('quarters.png')
      await image.clone().png().toFile(source)
      const path = folder.pathTo('hash')
      const [made] = startRenditions(source, [{ instructions: { fmt: 'thumbhash' }, path }])
      assert.equal((await made)?.mediaType, 'text/x-thumbhash')
      const hash = Buffer.from(await readFile(path, 'latin1'), 'base64')
      assert.ok(hash.length > 4 && hash.length < 26)
      const { w, h, rgba } = thumbHashToRGBA(hash)
      assert.deepEqual([w, h], side)
      const { width, height } = await sharp(source).metadata()
      for (const [x, y] of [
        [0.2, 0.2],
        [0.8, 0.2],
        [0.2, 0.8],
        [0.8, 0.8],
      ] as const) {
        const expected = await pixelAt(source, Math.floor(x * width), Math.floor(y * height))
        const at = (Math.floor(y * h) * w + Math.floor(x * w)) * 4
        assertClose([...rgba.subarray(at, at + expected.length)], expected, 80)
      }
    })
  }

  it('thumbhash shows what instructions leave of a picture, of whatever size', async () => {
    const source = folder.pathTo('quarters.png')
    await quarters(200, 200).png().toFile(source)
    const [whole, part, large] = await Promise.all(
      [{}, { crop: { w: 10, h: 10 } }, { width: 5000 }].map(async (instructions, index) => {
        const path = folder.pathTo(`hash${index}`)
        await startRenditions(source, [
          { instructions: { fmt: 'thumbhash', ...instructions }, path },
        ])[0]
        return readFile(path, 'latin1')
      }),
    )
    assert.notEqual(whole, part)
    assert.equal(whole, large)
  })

  let count = 0

  /** How many bytes the rendition of a noisy picture takes. */
  async function sizeOf(instructions: Instructions): Promise<number> {
    count += 1
    const source = folder.pathTo(`noise${count}.png`)
    const path = folder.pathTo(`sized${count}`)
    await noise(200, 150).png().toFile(source)
    await startRenditions(source, [{ instructions, path }])[0]
    return (await stat(path)).size
  }
})

function formatOf(fmt: PictureFormat): OutputFormat {
  return FORMATS[readPictureOptions({ fmt }).format]
}

/** What of a colour a format can hold. */
function seenIn(fmt: PictureFormat, colour: readonly number[]): number[] {
  const colours = colour.slice(0, 3)
  const [alpha] = colour.slice(3)
  // A GIF always has room for transparency, but a pixel is either there or not.
  if (fmt === 'gif') return [...colours, 255]
  if (alpha === undefined) return colours
  if (formatOf(fmt).alpha) return [...colours, alpha]
  return colours.map((value) => value * (alpha / 255) + 255 * (1 - alpha / 255))
}

function assertClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
): void {
  const close =
    actual.length === expected.length &&
    actual.every((value, index) => Math.abs(value - (expected[index] ?? 0)) <= tolerance)
  assert.ok(close, `${actual.join(', ')} is not within ${tolerance} of ${expected.join(', ')}`)
}
