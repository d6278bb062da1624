import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { zstdCompressSync } from 'node:zlib'
import sharp from 'sharp'
import { difference, noise, quarters } from '../../../support/pictures.ts'
import { startRenditions } from '../../../support/rendering.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { bmpOf } from '../conversion/bitmap/bitmap-files.ts'
import { icoOf } from '../conversion/sources.ts'

const [WIDTH, HEIGHT] = [240, 160]

/** Where the numbers of a field of the first directory of a TIFF file of little endian stand, and how they are written. */
function fieldOf(
  tiff: Buffer,
  wanted: number,
): { count: number; placeOf: (index: number) => number; bytes: number } {
  const start = tiff.readUInt32LE(4)
  const entries = Array.from(
    { length: tiff.readUInt16LE(start) },
    (_, index) => start + 2 + 12 * index,
  )
  const entry =
    entries.find((at) => tiff.readUInt16LE(at) === wanted) ?? assert.fail(`no ${wanted}`)
  const bytes = tiff.readUInt16LE(entry + 2) === 3 ? 2 : 4
  const count = tiff.readUInt32LE(entry + 4)
  const first = count * bytes <= 4 ? entry + 8 : tiff.readUInt32LE(entry + 8)
  return { count, bytes, placeOf: (index) => first + bytes * index }
}

/** A TIFF file without compression, whose pieces are then compressed with Zstandard. */
async function zstdTiff(options: { tile: boolean }): Promise<Buffer> {
  const tiff = await noise(WIDTH, HEIGHT)
    .tiff({ compression: 'none', ...options, tileWidth: 64, tileHeight: 64 })
    .toBuffer()
  const places = fieldOf(tiff, options.tile ? 324 : 273)
  const lengths = fieldOf(tiff, options.tile ? 325 : 279)
  const parts = [tiff]
  let end = tiff.length
  for (let index = 0; index < places.count; index += 1) {
    const [place, length] = [places.placeOf(index), lengths.placeOf(index)]
    const start = tiff.readUIntLE(place, places.bytes)
    const packed = zstdCompressSync(
      tiff.subarray(start, start + tiff.readUIntLE(length, lengths.bytes)),
    )
    tiff.writeUIntLE(end, place, places.bytes)
    tiff.writeUIntLE(packed.length, length, lengths.bytes)
    end += packed.length
    parts.push(packed)
  }
  tiff.writeUInt16LE(50_000, fieldOf(tiff, 259).placeOf(0))
  return Buffer.concat(parts)
}

async function jpeg(options: { progressive: boolean }): Promise<Buffer> {
  return noise(WIDTH, HEIGHT)
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4', ...options })
    .toBuffer()
}

/** A JPEG that tells the number of its rows behind its first scan (ITU-T T.81, B.2.5). */
async function withRowsBehind(): Promise<Buffer> {
  const whole = await jpeg({ progressive: false })
  const frame = whole.indexOf(Buffer.from([0xff, 0xc0]))
  const rows = whole.readUInt16BE(frame + 5)
  whole.writeUInt16BE(0, frame + 5)
  const lines = Buffer.from([0xff, 0xdc, 0x00, 0x04, rows >> 8, rows & 0xff])
  return Buffer.concat([whole.subarray(0, -2), lines, whole.subarray(-2)])
}

const WHOLE: Readonly<Record<string, () => Promise<Buffer>>> = {
  'strips of a TIFF that are compressed with Zstandard': () => zstdTiff({ tile: false }),
  'tiles of a TIFF that are compressed with Zstandard': () => zstdTiff({ tile: true }),
  'a JPEG without its end': async () => (await jpeg({ progressive: false })).subarray(0, -2),
  'a progressive JPEG without its end': async () =>
    (await jpeg({ progressive: true })).subarray(0, -2),
  'a JPEG that tells its rows behind them': withRowsBehind,
  'a bitmap with a header of 16 bytes': shortBitmap,
  'a bitmap that has a PNG in place of pixels': async () =>
    bmpOf({
      width: WIDTH,
      height: HEIGHT,
      bits: 0,
      compression: 5,
      pixels: await noise(WIDTH, HEIGHT).png().toBuffer(),
    }),
  'a cursor': cursor,
}

const CUT: Readonly<Record<string, () => Promise<Buffer>>> = {
  'a JPEG without its last percent': async () => {
    const whole = await jpeg({ progressive: false })
    return whole.subarray(0, Math.floor(whole.length * 0.99))
  },
  'a progressive JPEG without its last percent': async () => {
    const whole = await jpeg({ progressive: true })
    return whole.subarray(0, Math.floor(whole.length * 0.99))
  },
  'a TIFF with a damaged piece': async () => {
    const whole = await zstdTiff({ tile: true })
    return whole.fill(0, whole.length - 100)
  },
}

/** A bitmap whose header of 16 bytes leaves out what has its usual value, as OS/2 2 has it. */
async function shortBitmap(): Promise<Buffer> {
  const pixels = await noise(WIDTH, HEIGHT).removeAlpha().raw().toBuffer()
  const head = Buffer.alloc(30)
  head.write('BM')
  head.writeUInt32LE(30, 10)
  head.writeUInt32LE(16, 14)
  head.writeUInt32LE(WIDTH, 18)
  head.writeUInt32LE(HEIGHT, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(24, 28)
  const rows = Array.from({ length: HEIGHT }, (_, y) =>
    pixels.subarray((HEIGHT - 1 - y) * WIDTH * 3, (HEIGHT - y) * WIDTH * 3),
  )
  const file = Buffer.concat([head, ...rows])
  // Blue stands first.
  for (let at = 30; at < file.length; at += 3) file.subarray(at, at + 3).reverse()
  return file
}

/** A cursor, which is an icon of another type. */
async function cursor(): Promise<Buffer> {
  const png = await noise(WIDTH, HEIGHT).png().toBuffer()
  const file = icoOf([{ side: 240, bitsPerPixel: 32, image: png }])
  file.writeUInt16LE(2, 2)
  return file
}

/** A GIF of one opaque frame, with as many colours as its table has, that leaves the right of its canvas free. */
async function besideNothing(picture: ReturnType<typeof quarters>): Promise<Buffer> {
  const gif = await picture.removeAlpha().gif({ effort: 1 }).toBuffer()
  gif.writeUInt16LE(WIDTH + 60, 6)
  return gif
}

describe('a file that libvips does not read as it is', () => {
  const folder = useTemporaryFolder()
  let files = 0

  async function render(content: Buffer): Promise<Buffer> {
    files += 1
    const source = folder.pathTo(`source${files}`)
    const rendition = folder.pathTo(`rendition${files}.png`)
    await writeFile(source, content)
    await startRenditions(source, [{ instructions: { fmt: 'png' }, path: rendition }])[0]
    return sharp(rendition).png().toBuffer()
  }

  for (const [title, make] of Object.entries(WHOLE)) {
    it(`is read all the same when it is whole: ${title}`, async () => {
      const expected = await noise(WIDTH, HEIGHT).png().toBuffer()
      assert.ok((await difference(await render(await make()), expected)) < 2)
    })
  }

  for (const [title, make] of Object.entries(CUT)) {
    it(`is damaged when it is: ${title}`, async () => {
      await assert.rejects(render(await make()), { reason: 'SourceCorrupt' })
    })
  }

  it('is not unpacked when it says that it has more pixels than are taken', async () => {
    const tiff = await zstdTiff({ tile: false })
    for (const tag of [256, 257]) tiff.writeUInt16LE(60_000, fieldOf(tiff, tag).placeOf(0))
    await assert.rejects(render(tiff), /60000 × 60000 pixels/)
  })

  it('may leave parts of its canvas free, which are seen through: a GIF', async () => {
    for (const picture of [quarters(WIDTH, HEIGHT), noise(WIDTH, HEIGHT)]) {
      const made = await render(await besideNothing(picture))
      const { data, info } = await sharp(made)
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const alphaAt = (x: number) => data[((HEIGHT / 2) * info.width + x) * 4 + 3]
      assert.deepEqual([info.width, alphaAt(WIDTH / 2), alphaAt(WIDTH + 30)], [WIDTH + 60, 255, 0])
    }
  })
})
