import assert from 'node:assert/strict'
import sharp, { type Sharp } from 'sharp'
import { isInterlacedGif, readResolution } from '../../src/cases/comparison-headers.ts'
import { compareRenditions } from '../../src/cases/comparison.ts'
import { noise, plain, quarters } from '../support/pictures.ts'
import { zip } from '../support/zip.ts'

const teal = { r: 20, g: 130, b: 130 }
const brown = { r: 150, g: 90, b: 40 }

/** What differs, the two renditions, and the sentences that say so. */
const DIFFERENT: [what: string, expected: Sharp, actual: Sharp, sentences: RegExp[]][] = [
  ['the format', plain(teal).png(), plain(teal).tiff(), [/^format is tiff, expected png$/]],
  ['AVIF and WebP', plain(teal).avif(), plain(teal).webp(), [/^format is webp, expected avif$/]],
  [
    'one column',
    quarters(199, 100).png(),
    quarters(200, 100).png(),
    [/^width is 200 pixels, expected 199 pixels$/],
  ],
  [
    'one row',
    quarters(80, 50).png(),
    quarters(80, 49).png(),
    [/^height is 49 pixels, expected 50 pixels$/],
  ],
  [
    'the number of pages',
    animation(3, 100).gif(),
    plain(teal).gif(),
    [/^number of pages is 1, expected 3$/, /^time of the pages is /],
  ],
  [
    'the time of the pages',
    animation(2, 100).gif(),
    animation(2, 200).gif(),
    [/^time of the pages is 200, 200 ms, expected 100, 100 ms$/],
  ],
  [
    'a progressive JPEG',
    plain(teal).jpeg(),
    plain(teal).jpeg({ progressive: true }),
    [/^interlacing is on, expected off$/],
  ],
  [
    'an interlaced PNG',
    plain(teal).png({ progressive: true }),
    plain(teal).png(),
    [/^interlacing is off, expected on$/],
  ],
  [
    'an interlaced GIF',
    plain(teal).gif({ progressive: true }),
    plain(teal).gif(),
    [/^interlacing is off, expected on$/],
  ],
  [
    'transparency',
    plain(teal).png(),
    plain(teal, 1).png(),
    [/^transparency is there, expected not there$/, /^number of channels is 4, expected 3$/],
  ],
  [
    'grey',
    plain(teal).png(),
    plain(teal).toColourspace('b-w').png(),
    [
      /^number of channels is 1, expected 3$/,
      /^colour space is b-w, expected srgb$/,
      /^distance of the pixels is /,
    ],
  ],
  [
    '16 bits',
    plain(teal).png(),
    plain(teal).toColourspace('rgb16').png(),
    [/^colour space is rgb16, expected srgb$/],
  ],
  [
    'a colour profile',
    plain(teal).png(),
    plain(teal).withIccProfile('p3').png(),
    [/^colour profile is there, expected not there$/],
  ],
  [
    'an orientation',
    plain(teal).jpeg(),
    plain(teal).withMetadata({ orientation: 6 }).jpeg(),
    [/^colour profile is /, /^orientation is 6, expected none$/, /^resolution is /],
  ],
  [
    'the resolution of a JPEG',
    plain(teal).withDensity(300).jpeg(),
    plain(teal).jpeg(),
    [/^resolution is not there, expected 300\.0 × 300\.0 dpi$/],
  ],
  [
    'the resolution of a PNG',
    plain(teal).withDensity(300).png(),
    plain(teal).withDensity(299).png(),
    [/^resolution is 299\.0 × 299\.0 dpi, expected 300\.0 × 300\.0 dpi$/],
  ],
  [
    'the resolution of a TIFF',
    plain(teal).tiff({ xres: 300 / 25.4, yres: 150 / 25.4 }),
    plain(teal).tiff({ xres: 300 / 25.4, yres: 300 / 25.4 }),
    [/^resolution is 300\.0 × 300\.0 dpi, expected 300\.0 × 150\.0 dpi$/],
  ],
  [
    'the quality',
    noise(80, 60).jpeg({ quality: 90 }),
    noise(80, 60).jpeg({ quality: 40 }),
    [/^size is \d+ bytes, expected about \d+$/, /^distance of the pixels is /],
  ],
  [
    'the compression',
    plain(teal).png({ compressionLevel: 0 }),
    plain(teal).png({ compressionLevel: 9 }),
    [/^size is \d+ bytes, expected about \d+$/],
  ],
  ['the picture', plain(teal).png(), plain(brown).png(), [/^distance of the pixels is 0\.\d{4}, /]],
  [
    'a picture upside down',
    quarters(80, 60).jpeg(),
    quarters(80, 60).flip().jpeg(),
    [/^distance of the pixels is 0\.\d{4}, /],
  ],
  [
    'half of the transparency',
    plain(teal, 0.5).png(),
    plain(teal, 0.8).png(),
    [/^distance of the pixels is 0\.\d{4}, /],
  ],
]

const ALIKE: [what: string, expected: Sharp, actual: Sharp][] = [
  ['a JPEG of almost the same quality', noise(80, 60).jpeg(), noise(80, 60).jpeg({ quality: 78 })],
  ['a PNG with other filters', noise(80, 60).png(), noise(80, 60).png({ adaptiveFiltering: true })],
  ['colours of what is transparent', plain(teal, 0).png(), plain(brown, 0).png()],
  [
    'an animation',
    animation(3, 100).webp({ quality: 90 }),
    animation(3, 100).webp({ quality: 85 }),
  ],
]

describe('comparing renditions', () => {
  for (const [what, expected, actual, sentences] of DIFFERENT) {
    it(`sees a difference: ${what}`, async () => {
      const differences = await compareRenditions(...(await toBuffers(expected, actual)))
      assert.equal(differences.length, sentences.length, differences.join('\n'))
      for (const [index, sentence] of sentences.entries()) {
        assert.match(differences[index] ?? '', sentence)
      }
    })
  }

  for (const [what, expected, actual] of ALIKE) {
    it(`lets pass: ${what}`, async () => {
      assert.deepEqual(await compareRenditions(...(await toBuffers(expected, actual))), [])
    })
  }

  it('takes another tolerance', async () => {
    const [one, other] = await toBuffers(plain(teal).png(), plain({ ...teal, r: 24 }).png())
    assert.deepEqual(await compareRenditions(one, other), [])
    assert.equal((await compareRenditions(one, other, { tolerance: 0.001 })).length, 1)
  })

  it('says that what is no image is none', async () => {
    const image = await plain(teal).png().toBuffer()
    assert.deepEqual(await compareRenditions(image, Buffer.from('no image')), ['it is no image'])
  })

  it('says that an image ends too early', async () => {
    const image = await noise(80, 60).png().toBuffer()
    const differences = await compareRenditions(image, image.subarray(0, -400))
    assert.deepEqual(differences, ['the pixels cannot be decoded'])
  })

  const others: [what: string, expected: Buffer, actual: Buffer, sentences: string[]][] = [
    ['equal texts', Buffer.from('a\nb\n'), Buffer.from('a\nb\n'), []],
    [
      'a line of a text',
      Buffer.from('a\nb\n'),
      Buffer.from('a\nc\n'),
      ['line 2 is "c", expected "b"'],
    ],
    [
      'a shorter text',
      Buffer.from('a\nb'),
      Buffer.from('a'),
      ['line 2 is not there, expected "b"'],
    ],
    [
      'what is around the difference of a long line',
      Buffer.from(`${'a'.repeat(500)}file${'z'.repeat(500)}`),
      Buffer.from(`${'a'.repeat(500)}source${'z'.repeat(500)}`),
      [
        `line 1 is "…${'a'.repeat(40)}source${'z'.repeat(104)}…", expected "…${'a'.repeat(40)}file${'z'.repeat(106)}…"`,
      ],
    ],
    [
      'the end of a long line that is longer than expected',
      Buffer.from('a'.repeat(200)),
      Buffer.from(`${'a'.repeat(200)}b`),
      [`line 1 is "…${'a'.repeat(149)}b", expected "…${'a'.repeat(150)}"`],
    ],
    ['a longer text', Buffer.from('a'), Buffer.from('a\nb'), ['line 2 is "b", expected not there']],
    [
      'what is neither picture nor text',
      Buffer.from([0xff, 0]),
      Buffer.from([0xff, 1]),
      ['byte 2 is 0x01, expected 0x00; it has 2 bytes, expected 2'],
    ],
    ['archives of the same files', zip({ a: '1', b: '2' }), zip({ a: '1', b: '2' }), []],
    [
      'another order in an archive',
      zip({ a: '1', b: '2' }),
      zip({ b: '2', a: '1' }),
      ['it holds b, a, expected a, b'],
    ],
    [
      'a file in an archive',
      zip({ a: '1', b: '2' }),
      zip({ a: '1', b: '3' }),
      ['b is another file than expected'],
    ],
    [
      'an archive that is damaged',
      zip({ a: '1' }),
      zip({ a: '1' }).subarray(0, 40),
      ['it is no archive that can be read'],
    ],
  ]
  for (const [what, expected, actual, sentences] of others) {
    it(`tells of ${what}`, async () => {
      assert.deepEqual(await compareRenditions(expected, actual), sentences)
    })
  }

  it('rejects when there is nothing to compare with', async () => {
    const image = await plain(teal).png().toBuffer()
    await assert.rejects(compareRenditions('no/such/file', image), { code: 'ENOENT' })
  })
})

describe('what headers say', () => {
  it('is no resolution where a file has none', async () => {
    for (const image of [plain(teal).webp(), plain(teal).gif()]) {
      assert.equal(readResolution(await image.toBuffer()), undefined)
    }
  })

  it('is the resolution of a JPEG, JFIF before EXIF', async () => {
    const exif = await plain(teal).withDensity(300).jpeg().toBuffer()
    assert.deepEqual(readResolution(exif), { x: 300, y: 300 })
    const jfif = Buffer.from('ffe000104a46494600010202006400320000', 'hex')
    const both = Buffer.concat([exif.subarray(0, 2), jfif, exif.subarray(2)])
    assert.deepEqual(readResolution(both), { x: 254, y: 127 })
  })

  it('is the resolution of a TIFF in centimetres', async () => {
    const tiff = plain(teal).tiff({ xres: 10, yres: 20, resolutionUnit: 'cm' })
    assert.deepEqual(readResolution(await tiff.toBuffer()), { x: 254, y: 508 })
  })

  it('is the interlacing of a GIF, its extensions aside', async () => {
    assert.equal(
      isInterlacedGif(await animation(2, 100).gif({ progressive: true }).toBuffer()),
      true,
    )
    assert.equal(isInterlacedGif(await animation(2, 100).gif().toBuffer()), false)
  })
})

/** Bars of colour that grow, each page shown for as many milliseconds. */
function animation(pages: number, delay: number): Sharp {
  const [width, height] = [40, 30]
  const pixels = Buffer.alloc(width * height * 3 * pages, 255)
  for (let page = 0; page < pages; page++) {
    const start = page * width * height * 3
    pixels.fill(Buffer.from([200, 40, 60]), start, start + (page + 1) * 8 * width * 3)
  }
  const image = sharp(pixels, {
    raw: { width, height: height * pages, channels: 3, pageHeight: height },
  })
  return image.gif({ delay: Array.from({ length: pages }, () => delay) })
}

async function toBuffers(expected: Sharp, actual: Sharp): Promise<[Buffer, Buffer]> {
  return [await expected.toBuffer(), await actual.toBuffer()]
}
