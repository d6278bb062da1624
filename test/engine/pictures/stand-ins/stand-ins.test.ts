import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { identifyPicture } from '../../../../src/engine/pictures/identify-picture.ts'
import { pixelAt, plain, QUARTER_COLOURS, quarters } from '../../../support/pictures.ts'
import { startRenditions } from '../../../support/rendering.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { zip } from '../../../support/zip.ts'
import { icoOf } from '../conversion/sources.ts'
import {
  affinityOf,
  animatedCursorOf,
  binaryEps,
  DESIGNS,
  designOf,
  EPS_PROGRAM,
  epsiComments,
  icnsOf,
  inDesignOf,
  photoshopComments,
  textEps,
  xmpWith,
} from './files.ts'
import { wmfOf } from './metafiles.ts'

const SIZE = { width: 64, height: 48 }

/** Eight rows of which the left half is black. */
const HALF_BLACK = Array.from({ length: 8 }, () => Array.from({ length: 12 }, (_, x) => x < 6))

/** A WMF that is red all over. */
const RED_WMF = wmfOf(
  [
    [0x020b, 0, 0],
    [0x020c, 60, 90],
    [0x02fc, 0, Buffer.from([255, 0, 0, 0]), 0],
    [0x012d, 0],
    [0x041b, 61, 91, -1, -1],
  ],
  { box: [0, 0, 90, 60], perInch: 96 },
)

/** Of icons of 16 × 16 the left half is red and the right half is blue, of which a mask leaves the upper half. */
const isRight = (at: number): boolean => at % 16 >= 8
const runs = (left: number, right: number): number[] =>
  Array.from({ length: 16 }, () => [0x85, left, 0x85, right]).flat()

/** An icon of one PNG. */
const icon = (bytes: Buffer, side: number) => icoOf([{ side, bitsPerPixel: 32, image: bytes }])

/** What is said of a file without a preview. */
const none = (title: string): RegExp => new RegExp(`^The ${title} source carries no preview`)

describe('stand-ins', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()
  let png: Buffer
  let jpeg: Buffer
  let tiff: Buffer
  let small: Buffer
  let large: Buffer

  before(async () => {
    const picture = quarters(SIZE.width, SIZE.height)
    png = await picture.clone().png().toBuffer()
    jpeg = await picture.clone().jpeg({ quality: 98, chromaSubsampling: '4:4:4' }).toBuffer()
    tiff = await picture.clone().tiff({ compression: 'lzw' }).toBuffer()
    small = await plain({ r: 9, g: 9, b: 9 }).resize(16, 12).png().toBuffer()
    large = await quarters(128, 128).png().toBuffer()
  })

  async function render(file: Buffer, instructions: Readonly<Record<string, unknown>> = {}) {
    const source = folder.pathTo('source')
    await writeFile(source, file)
    const [made] = startRenditions(source, [
      { instructions: { fmt: 'png', ...instructions }, path: folder.pathTo('made.png') },
    ])
    return made ?? assert.fail()
  }

  /** Files that show four quarters, by the formats that they are told to be. */
  const shown: readonly (readonly [title: string, format: string, file: () => Buffer])[] = [
    ['the TIFF beside a program', 'eps', () => binaryEps({ tiff, wmf: RED_WMF })],
    ['the JPEG in the XMP of a program', 'eps', () => textEps(xmpWith(jpeg))],
    ['the thumbnail of Photoshop in comments', 'eps', () => textEps(photoshopComments(jpeg))],
    ['the JPEG in the XMP of InDesign', 'indd', () => inDesignOf(jpeg)],
    ['the PNG in a document of Krita', 'kra', () => designOf('kra', png)],
    ['the PNG in an OpenRaster file', 'ora', () => designOf('ora', png)],
    ['the PNG in a document of XD', 'xd', () => designOf('xd', png)],
    ['the PNG in a document of Sketch', 'sketch', () => designOf('sketch', png)],
    ['the PNG in a document of Figma', 'fig', () => designOf('fig', png)],
    ['the PNG in a document of Procreate', 'procreate', () => designOf('procreate', png)],
    ['the larger PNG in a document of Affinity', 'affinity', () => affinityOf(small, png)],
  ]
  for (const [title, format, file] of shown) {
    it(`shows ${title}`, async () => {
      const made = await render(file())
      assert.equal((await identifyPicture(folder.pathTo('source'))).content, format)
      assert.deepEqual({ width: made.width, height: made.height }, SIZE)
      for (const [place, x, y] of [
        ['topLeft', 8, 8],
        ['topRight', 56, 8],
        ['bottomLeft', 8, 40],
        ['bottomRight', 56, 40],
      ] as const) {
        const found = await pixelAt(made.path, x, y)
        for (const [channel, value] of QUARTER_COLOURS[place].entries()) {
          assert.ok(Math.abs((found[channel] ?? 0) - value) <= 6, `${place} is ${found.join()}`)
        }
      }
    })
  }

  it('shows the largest picture of an icon', async () => {
    const planes = Buffer.alloc(16 * 16 * 4)
    const made = await render(icnsOf({ is32: planes, ic07: large, s8mk: Buffer.alloc(256, 255) }))
    assert.deepEqual([made.width, made.height], [128, 128])
  })

  const mask = Buffer.from(Array.from({ length: 256 }, (_, at) => (at < 128 ? 255 : 0)))
  const pixels = Array.from({ length: 256 }, (_, at) =>
    isRight(at) ? [0, 0, 0, 255] : [0, 255, 0, 0],
  )
  const icons: readonly (readonly [title: string, elements: Readonly<Record<string, Buffer>>])[] = [
    ['of pixels one after the other', { is32: Buffer.from(pixels.flat()), s8mk: mask }],
    [
      'of planes of runs',
      { is32: Buffer.from([...runs(255, 0), ...runs(0, 0), ...runs(0, 255)]), s8mk: mask },
    ],
    [
      'of planes with the mask before them',
      {
        ic04: Buffer.concat([
          Buffer.from('ARGB'),
          // A hundred and twenty-eight bytes that are seen, and as many that are not.
          Buffer.from([0xfd, 255, 0xfd, 0]),
          Buffer.from([...runs(255, 0), ...runs(0, 0), ...runs(0, 255)]),
        ]),
      },
    ],
  ]
  for (const [title, elements] of icons) {
    it(`decodes an icon ${title}`, async () => {
      const made = await render(icnsOf(elements))
      assert.deepEqual([made.width, made.height], [16, 16])
      assert.deepEqual(await pixelAt(made.path, 2, 2), [255, 0, 0, 255])
      assert.deepEqual(await pixelAt(made.path, 13, 2), [0, 0, 255, 255])
      assert.equal((await pixelAt(made.path, 2, 13))[3], 0)
    })
  }

  it('decodes an icon of bits', async () => {
    const bits = Buffer.concat([Buffer.alloc(32, Buffer.from([0xff, 0x00])), Buffer.alloc(32, 255)])
    const made = await render(icnsOf({ 'ics#': bits }))
    assert.deepEqual(await pixelAt(made.path, 1, 1), [0, 0, 0, 255])
    assert.deepEqual(await pixelAt(made.path, 14, 1), [255, 255, 255, 255])
  })

  it('shows the first picture of an animated cursor, in the order that it has', async () => {
    const [one, other] = [icon(large, 128), icon(small, 16)]
    assert.equal((await render(animatedCursorOf([one, other]))).width, 128)
    assert.equal((await render(animatedCursorOf([one, other], [1, 0]))).width, 16)
  })

  it('shows a bitmap in comments, of which 1 is black', async () => {
    const made = await render(textEps(epsiComments(HALF_BLACK)))
    assert.deepEqual([made.width, made.height], [12, 8])
    assert.equal((await pixelAt(made.path, 2, 2))[0], 0)
    assert.equal((await pixelAt(made.path, 9, 2))[0], 255)
  })

  it('draws the WMF beside a program when there is no TIFF', async () => {
    const made = await render(binaryEps({ wmf: RED_WMF }))
    assert.deepEqual([made.width, made.height], [90, 60])
    assert.deepEqual((await pixelAt(made.path, 45, 30)).slice(0, 3), [255, 0, 0])
  })

  it('takes the largest picture of a document, and of equal ones the first', async () => {
    const made = await render(inDesignOf(await plain({ r: 1, g: 2, b: 3 }).jpeg().toBuffer(), jpeg))
    assert.deepEqual({ width: made.width, height: made.height }, SIZE)
  })

  it('says how large a preview is, unless what is made of it is smaller', async () => {
    const remark =
      'It is made of the preview that the InDesign file carries, which has 64 × 48 pixels.'
    assert.deepEqual((await render(inDesignOf(jpeg))).remarks, [remark])
    assert.deepEqual((await render(inDesignOf(jpeg), { width: 500 })).remarks, [remark])
    assert.equal((await render(inDesignOf(jpeg), { width: 32 })).remarks, undefined)
    assert.equal((await render(designOf('kra', png))).remarks, undefined)
  })

  it('enlarges no preview that a box is larger than', async () => {
    const made = await render(inDesignOf(jpeg), { width: 500, height: 500 })
    assert.deepEqual({ width: made.width, height: made.height }, SIZE)
  })

  const refused: readonly (readonly [
    what: string,
    file: () => Buffer,
    reason: string,
    message: RegExp,
  ])[] = [
    ['a program alone', () => Buffer.from(EPS_PROGRAM), 'SourceUnsupported', /Ghostscript/],
    [
      'a document of InDesign without one',
      () => inDesignOf(),
      'SourceUnsupported',
      none('InDesign'),
    ],
    ['a document of XD without one', () => designOf('xd'), 'SourceUnsupported', none('Adobe XD')],
    [
      'a document of Figma that is no zip file',
      () => Buffer.from('fig-kiwi\x14\0\0\0'),
      'SourceUnsupported',
      none('Figma'),
    ],
    [
      'a document of Affinity without one',
      () => affinityOf(),
      'SourceUnsupported',
      none('Affinity'),
    ],
    [
      'an icon of nothing that is known',
      () => icnsOf({ 'TOC ': Buffer.alloc(8) }),
      'SourceUnsupported',
      none('ICNS'),
    ],
    [
      'an icon that is in no format that is read here',
      () => icnsOf({ ic09: Buffer.alloc(40, 'odd') }),
      'SourceUnsupported',
      /^The source has icons alone/,
    ],
    [
      'an icon that is cut',
      () => icnsOf({ ic07: large }).subarray(0, 200),
      'SourceCorrupt',
      /ICNS/,
    ],
    [
      'a preview behind the end of the file',
      () => binaryEps({ tiff }).subarray(0, -20),
      'SourceCorrupt',
      /EPS/,
    ],
    [
      'a preview that is damaged',
      () => designOf('xd', png.subarray(0, 120)),
      'SourceCorrupt',
      /Adobe XD/,
    ],
    [
      'a cursor that is cut',
      () =>
        animatedCursorOf([icoOf([{ side: 128, bitsPerPixel: 32, image: large }])]).subarray(0, 200),
      'SourceCorrupt',
      /animated cursor/,
    ],
    ['another page than the first', () => inDesignOf(jpeg), 'GenericError', /page/],
  ]
  for (const [what, file, reason, message] of refused) {
    it(`refuses ${what} in a sentence`, async () => {
      const page = what.includes('page') ? { page: 2 } : {}
      await assert.rejects(render(file(), page), (error: unknown) => {
        assert.ok(error instanceof Error && 'reason' in error)
        assert.equal(error.reason, reason)
        assert.match(error.message, message)
        return true
      })
    })
  }

  it('knows each of its designs by its parts', async () => {
    for (const [format, parts] of Object.entries(DESIGNS)) {
      await writeFile(folder.pathTo('design'), zip(parts))
      assert.equal((await identifyPicture(folder.pathTo('design'))).content, format)
    }
  })
})
