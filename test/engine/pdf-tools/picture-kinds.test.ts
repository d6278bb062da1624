import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { drawPage } from '../../../src/engine/pdf/pdf.ts'
import { noise } from '../../support/pictures.ts'
import { useChanges } from './changing.ts'

/** A text is a name. */
type Value = string | number | boolean | Value[] | { [key: string]: Value }

/** What the dictionary of a picture says, and its data. */
interface Stored {
  readonly says: Readonly<Record<string, Value>>
  readonly data: Uint8Array
}

const [WIDTH, HEIGHT] = [300, 200]

/** Bytes that cannot be compressed. */
const random = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, at) => (at * at * 31 + (at >> 3) * 17) % 256))

const flate = (says: Stored['says'], data: Uint8Array): Stored => ({
  says: { BitsPerComponent: 8, Filter: 'FlateDecode', ...says },
  data: deflateSync(data),
})

const encoded = (Filter: Value, says: Stored['says'] = {}): Stored => ({
  says: { ColorSpace: 'DeviceGray', BitsPerComponent: 8, Filter, ...says },
  data: random(4000),
})

/** A page with pictures beside each other, each of them so fine that fewer pixels are enough. */
async function pdfWith(pictures: readonly Stored[], drawn = ''): Promise<Buffer> {
  const document = await PDFDocument.create()
  const page = document.addPage([100 * Math.max(1, pictures.length), 100])
  const { context } = document
  const names = pictures.map(({ says, data }, index) => {
    const size = { Width: WIDTH, Height: HEIGHT }
    const dict = context.obj({ Type: 'XObject', Subtype: 'Image', ...size, ...says })
    const name = `P${index}`
    page.node.setXObject(PDFName.of(name), context.register(PDFRawStream.of(dict, data)))
    return `q 90 0 0 60 ${100 * index} 0 cm /${name} Do Q`
  })
  const content = context.stream(`${names.join('\n')}\n${drawn}`)
  page.node.set(PDFName.of('Contents'), context.register(content))
  return Buffer.from(await document.save({ useObjectStreams: false }))
}

/** What is drawn, as pixels. */
async function looks(path: string): Promise<Buffer> {
  const size = { width: 200, height: 200 }
  const view = { drawnAt: size, left: 0, top: 0, ...size, background: { r: 255, g: 255, b: 255 } }
  const { pixels } = await drawPage({ path, password: undefined, page: 1 }, view)
  return Buffer.from(pixels)
}

describe('pictures of a PDF that is optimised', () => {
  const { run, pathOf } = useChanges()
  const greys = random(WIDTH * HEIGHT)
  const colours = random(WIDTH * HEIGHT * 3)
  const spot = { FunctionType: 2, Domain: [0, 1], C0: [0, 0, 0, 0], C1: [0, 1, 0, 0], N: 1 }
  /** A scan of one bit a pixel, of a width that is no multiple of eight. */
  const scan = { Width: 1003, Height: 700, BitsPerComponent: 1 }
  let bits: Buffer
  let inks: Buffer

  before(async () => {
    inks = await noise(WIDTH, HEIGHT).toColourspace('cmyk').jpeg({ quality: 97 }).toBuffer()
    bits = await letters(scan.Width, scan.Height)
  })

  const optimized = async (pictures: readonly Stored[], more = '') =>
    run(await pdfWith(pictures, more), { optimize: { profile: 'web' } })

  const inline = `q 9 0 0 9 0 0 cm BI /W 80 /H 80 /CS /G /BPC 8 ID ${'x'.repeat(6400)} EI Q`
  const TOLD: readonly (readonly [
    pictures: () => readonly Stored[],
    told: string,
    more?: string,
  ])[] = [
    [() => [encoded('JPXDecode')], '1 picture stays as it is: 1 in JPEG 2000.'],
    [
      () => [
        encoded('JPXDecode'),
        flate({ ColorSpace: 'DeviceCMYK' }, random(WIDTH * HEIGHT * 4)),
        encoded('JPXDecode', { ColorSpace: 'DeviceRGB' }),
      ],
      '3 pictures stay as they are: 2 in JPEG 2000, 1 in CMYK.',
    ],
    [
      () => [encoded('CCITTFaxDecode', { BitsPerComponent: 1 }), encoded('JBIG2Decode')],
      '2 pictures stay as they are: 2 of two colours and dense already.',
    ],
    [
      () => [flate({ ColorSpace: 'DeviceGray', BitsPerComponent: 16 }, random(WIDTH * HEIGHT * 2))],
      '1 picture stays as it is: 1 of 2, 4 or 16 bits.',
    ],
    [
      () => [flate({ ColorSpace: ['Separation', 'Spot', 'DeviceCMYK', spot] }, greys)],
      '1 picture stays as it is: 1 in spot or other colours.',
    ],
    [
      () => [flate({ ColorSpace: 'DeviceRGB', Mask: [0, 1, 0, 1, 0, 1] }, colours)],
      '1 picture stays as it is: 1 with a mask of colours.',
    ],
    [
      () => [encoded(['RunLengthDecode', 'DCTDecode'])],
      '1 picture stays as it is: 1 compressed in a rare way.',
    ],
    [() => [flate({ ColorSpace: 'DeviceRGB' }, greys)], '1 picture stays as it is: 1 damaged.'],
    [() => [], '1 picture stays as it is: 1 inline.', inline],
    [
      () => [{ ...encoded('DCTDecode', { ColorSpace: 'DeviceCMYK' }), data: unmarked(inks) }],
      '1 picture stays as it is: 1 in CMYK.',
    ],
  ]
  for (const [pictures, told, more] of TOLD) {
    it(`are counted that stay as they are: ${told}`, async () => {
      assert.deepEqual((await optimized(pictures(), more)).remarks, [told])
    })
  }

  it('are no word where they are small, or drawings of few colours', async () => {
    const palette = ['Indexed', 'DeviceRGB', 1] satisfies Value[]
    const small = { ...encoded('JPXDecode'), data: random(2000) }
    const drawing = flate(
      { ColorSpace: [...palette, 'none'] },
      greys.map((grey) => grey % 2),
    )
    assert.deepEqual((await optimized([small, drawing])).remarks, [])
  })

  const DECODED = { straight: {}, inverted: { Decode: [1, 0] } }
  for (const [title, decode] of Object.entries(DECODED)) {
    for (const [kind, says] of Object.entries({
      greys: { ColorSpace: 'DeviceGray' },
      stencils: { ImageMask: true },
    })) {
      it(`keep each bit and are smaller where they have one a pixel: ${kind}, ${title}`, async () => {
        const source = await pdfWith([flate({ ...scan, ...says, ...decode }, bits)])
        const { content, remarks } = await run(source, { optimize: { profile: 'archive' } })
        assert.deepEqual(remarks, [])
        assert.ok(content.includes('CCITTFaxDecode'))
        assert.ok(content.length < source.length, `${content.length} of ${source.length} bytes`)
        assert.ok((await looks(await pathOf(content))).equals(await looks(await pathOf(source))))
      })
    }
  }

  for (const [title, says] of Object.entries({
    straight: {},
    inverted: { Decode: [1, 0, 1, 0, 1, 0, 1, 0] },
  })) {
    it(`stay in CMYK and look the same where they are JPEGs: ${title}`, async () => {
      const picture = {
        ...encoded('DCTDecode', { ColorSpace: 'DeviceCMYK', ...says }),
        data: inks,
      }
      const source = await pdfWith([picture])
      const { content, remarks } = await run(source, { optimize: { profile: 'web' } })
      assert.deepEqual(remarks, [])
      assert.ok(content.length < source.length / 2, `${content.length} of ${source.length} bytes`)
      const [before, after] = [
        await looks(await pathOf(source)),
        await looks(await pathOf(content)),
      ]
      const off = before.reduce((sum, value, at) => sum + Math.abs(value - (after[at] ?? 0)), 0)
      assert.ok(off / before.length < 8, `${off / before.length} of 255`)
      const document = await PDFDocument.load(content)
      const [picked] = document.context.enumerateIndirectObjects().flatMap(([, object]) => {
        if (!(object instanceof PDFRawStream)) return []
        return object.dict.get(PDFName.of('Filter')) === PDFName.of('DCTDecode') ? [object] : []
      })
      const { space, width } = await sharp(picked?.getContents()).metadata()
      assert.deepEqual([space, width], ['cmyk', 188])
    })
  }
})

/** A JPEG in CMYK as it is without the word of Adobe on what its numbers mean. */
function unmarked(jpeg: Buffer): Buffer {
  const at = jpeg.indexOf(Buffer.from('ffee000e', 'hex'))
  return Buffer.concat([jpeg.subarray(0, at), jpeg.subarray(at + 16)])
}

/** Letters of a kind, a bit a pixel. */
async function letters(width: number, height: number): Promise<Buffer> {
  const rings = Array.from({ length: 400 }, (_, at) => {
    const [x, y, across] = [(at * 7919) % width, (at * 104_729) % height, 3 + (at % 17)]
    return `<ellipse cx="${x}" cy="${y}" rx="${across}" ry="${3 + (at % 13)}" stroke="#fff" stroke-width="${1 + (at % 3)}" fill="none"/>`
  })
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${rings.join('')}</svg>`
  const pixels = await sharp(Buffer.from(drawing)).flatten().extractChannel(0).raw().toBuffer()
  const rowBytes = Math.ceil(width / 8)
  const packed = Buffer.alloc(rowBytes * height)
  for (const [at, pixel] of pixels.entries()) {
    const x = at % width
    const byte = Math.floor(at / width) * rowBytes + (x >> 3)
    if (pixel > 128) packed[byte] = (packed[byte] ?? 0) | (0x80 >> (x & 7))
  }
  return packed
}
