import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { readHeader } from '../../../../src/engine/pictures/headers/header.ts'
import { inMemory } from '../../../../src/sources/open-file.ts'
import { plain } from '../../../support/pictures.ts'
import { pngChunk } from '../../../support/png.ts'

const INCH = 2
const CENTIMETRE = 3

async function headerOf(format: string, file: Buffer): Promise<unknown> {
  const { exif } = await sharp(file).metadata()
  return readHeader(inMemory(file), format, exif)
}

describe('the header of a source', () => {
  const units = [
    { unit: 0, title: 'none in a JFIF without a unit', resolution: undefined },
    { unit: 1, title: 'dots per inch of JFIF', resolution: { x: 204, y: 98 } },
    { unit: 2, title: 'dots per centimetre of JFIF', resolution: { x: 204 * 2.54, y: 98 * 2.54 } },
  ]
  for (const { unit, title, resolution } of units) {
    it(`tells the resolution of a JPEG: ${title}`, async () => {
      const header = await headerOf('JPEG', await jpegWith(jfif(unit, 204, 98)))
      assert.deepEqual(header, resolution ? { resolution } : {})
    })
  }

  it('tells the resolution and the orientation of a JPEG from its Exif data', async () => {
    const exif = exifOf({ orientation: 6, x: 300, y: 150, unit: INCH, little: false })
    assert.deepEqual(await headerOf('JPEG', await jpegWith(app1(exif))), {
      orientation: 6,
      resolution: { x: 300, y: 150 },
    })
  })

  it('believes JFIF before Exif', async () => {
    const exif = exifOf({ orientation: 3, x: 72, y: 72, unit: INCH, little: true })
    const jpeg = await jpegWith(jfif(1, 300, 300), app1(exif))
    assert.deepEqual(await headerOf('JPEG', jpeg), {
      orientation: 3,
      resolution: { x: 300, y: 300 },
    })
  })

  it('tells nothing of a JPEG that says nothing', async () => {
    assert.deepEqual(await headerOf('JPEG', await jpegWith()), {})
  })

  it('tells the resolution of a PNG, which counts by the metre', async () => {
    const physical = Buffer.from('00001f5f00000f1201', 'hex')
    const header = await headerOf('PNG', await pngWith(pngChunk('pHYs', physical)))
    assert.deepEqual(header, { resolution: { x: 8031 * 0.0254, y: 3858 * 0.0254 } })
  })

  const exif = exifOf({ orientation: 8, x: 10, y: 10, unit: INCH, little: true })
  const text = `\nexif\n    ${exif.length + 6}\n${Buffer.concat([Buffer.from('Exif\0\0'), exif])
    .toString('hex')
    .replaceAll(/.{72}/g, '$&\n')}\n`
  const places = [
    { title: 'eXIf', chunk: pngChunk('eXIf', exif) },
    {
      title: 'tEXt Raw profile type exif',
      chunk: pngChunk('tEXt', Buffer.from(`Raw profile type exif\0${text}`)),
    },
    {
      title: 'zTXt Raw profile type APP1',
      chunk: pngChunk(
        'zTXt',
        Buffer.concat([Buffer.from('Raw profile type APP1\0\0'), deflateSync(text)]),
      ),
    },
  ]
  for (const { title, chunk } of places) {
    it(`tells the orientation of a PNG from ${title}, before its pixels and behind them`, async () => {
      assert.deepEqual(await headerOf('PNG', await pngWith(chunk)), { orientation: 8 })
      const behind = await pngWith()
      const end = behind.length - 12
      const file = Buffer.concat([behind.subarray(0, end), chunk, behind.subarray(end)])
      assert.deepEqual(await headerOf('PNG', file), { orientation: 8 })
    })
  }

  const damaged = [
    { title: 'an empty eXIf', chunk: pngChunk('eXIf', Buffer.alloc(0)) },
    {
      title: 'an eXIf of noise',
      chunk: pngChunk('eXIf', Buffer.from('II*\0ÿÿÿÿÿÿÿÿÿÿÿÿÿÿÿ', 'latin1')),
    },
    {
      title: 'a profile that does not inflate',
      chunk: pngChunk('zTXt', Buffer.from('Raw profile type exif\0\0no')),
    },
    {
      title: 'a profile that is not hexadecimal',
      chunk: pngChunk('tEXt', Buffer.from('Raw profile type exif\0\nexif\n 9\nxyz')),
    },
    {
      title: 'a profile that inflates without end',
      chunk: pngChunk(
        'zTXt',
        Buffer.concat([
          Buffer.from('Raw profile type exif\0\0'),
          deflateSync(Buffer.alloc(9_000_000, ' ')),
        ]),
      ),
    },
    { title: 'a pHYs that is too short', chunk: pngChunk('pHYs', Buffer.alloc(4)) },
  ]
  for (const { title, chunk } of damaged) {
    it(`tells nothing of a PNG with ${title}`, async () => {
      assert.deepEqual(readHeader(inMemory(await pngWith(chunk)), 'PNG', undefined), {})
    })
  }

  const tiffs = [
    { title: 'little-endian, inches', little: true, unit: INCH, resolution: { x: 204, y: 98 } },
    { title: 'big-endian, inches', little: false, unit: INCH, resolution: { x: 204, y: 98 } },
    {
      title: 'centimetres',
      little: true,
      unit: CENTIMETRE,
      resolution: { x: 204 * 2.54, y: 98 * 2.54 },
    },
    { title: 'no unit', little: true, unit: 1, resolution: undefined },
  ]
  for (const { title, little, unit, resolution } of tiffs) {
    it(`tells the resolution and the orientation of a TIFF: ${title}`, () => {
      const file = inMemory(exifOf({ orientation: 5, x: 204, y: 98, unit, little }))
      assert.deepEqual(readHeader(file, 'TIFF', undefined), {
        orientation: 5,
        ...(resolution && { resolution }),
      })
    })
  }

  it('tells no resolution that nothing can have', async () => {
    const fine = await plain({ r: 1, g: 2, b: 3 })
      .tiff({ xres: 100_000, yres: 10, resolutionUnit: 'inch' })
      .toBuffer()
    assert.equal(readHeader(inMemory(fine), 'TIFF', undefined).resolution, undefined)
  })

  it('tells the resolution of a BigTIFF', async () => {
    const big = await plain({ r: 1, g: 2, b: 3 })
      .tiff({ bigtiff: true, xres: 10, yres: 5, resolutionUnit: 'inch' })
      .toBuffer()
    const { resolution } = readHeader(inMemory(big), 'TIFF', undefined)
    assert.ok(resolution && Math.abs(resolution.x - 254) < 0.01)
    assert.ok(Math.abs(resolution.y - 127) < 0.01)
  })

  it('tells nothing of a file that ends early', () => {
    const whole = exifOf({ orientation: 5, x: 204, y: 98, unit: INCH, little: true })
    for (const length of [0, 2, 8, 9, 20]) {
      assert.deepEqual(readHeader(inMemory(whole.subarray(0, length)), 'TIFF', undefined), {})
    }
  })
})

function jfif(unit: number, x: number, y: number): Buffer {
  const segment = Buffer.from('ffe000104a46494600010200000000000000', 'hex')
  segment.writeUInt8(unit, 11)
  segment.writeUInt16BE(x, 12)
  segment.writeUInt16BE(y, 14)
  return segment
}

function app1(exif: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(2 + 6 + exif.length)
  return Buffer.concat([Buffer.from('ffe1', 'hex'), length, Buffer.from('Exif\0\0'), exif])
}

async function jpegWith(...segments: readonly Buffer[]): Promise<Buffer> {
  const jpeg = await plain({ r: 1, g: 2, b: 3 }).jpeg().toBuffer()
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
}

/** A PNG with these chunks before its pixels, and no resolution of its own. */
async function pngWith(...chunks: readonly Buffer[]): Promise<Buffer> {
  const png = await plain({ r: 1, g: 2, b: 3 }).png().toBuffer()
  const afterHeader = 33
  const pixels = png.indexOf('IDAT') - 4
  return Buffer.concat([png.subarray(0, afterHeader), ...chunks, png.subarray(pixels)])
}

interface Exif {
  orientation: number
  x: number
  y: number
  unit: number
  little: boolean
}

/** A TIFF directory with four fields, which is what Exif data is. */
function exifOf({ orientation, x, y, unit, little }: Exif): Buffer {
  const bytes = Buffer.alloc(78)
  const short = (value: number, at: number): number =>
    little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at)
  const long = (value: number, at: number): number =>
    little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at)
  bytes.write(little ? 'II' : 'MM')
  short(42, 2)
  long(8, 4)
  short(4, 8)
  const fields = [
    { tag: 274, type: 3, value: orientation },
    { tag: 282, type: 5, value: 62 },
    { tag: 283, type: 5, value: 70 },
    { tag: 296, type: 3, value: unit },
  ]
  for (const [index, { tag, type, value }] of fields.entries()) {
    const at = 10 + 12 * index
    short(tag, at)
    short(type, at + 2)
    long(1, at + 4)
    if (type === 3) short(value, at + 8)
    else long(value, at + 8)
  }
  for (const [index, value] of [x, y].entries()) {
    long(value * 10, 62 + 8 * index)
    long(10, 66 + 8 * index)
  }
  return bytes
}
