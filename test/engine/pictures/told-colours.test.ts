import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { SRGB_PRIMARIES } from '../../../src/engine/pictures/meaning/colour-space.ts'
import { writeProfile } from '../../../src/engine/pictures/meaning/write-profile.ts'
import { pngChunk } from '../../support/png.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

type Pixel = readonly [red: number, green: number, blue: number]

const GREY: Pixel = [104, 104, 104]
const GREEN: Pixel = [60, 180, 90]

/** `gAMA` of 1/1.8, and `cHRM` of Adobe RGB. */
const GAMMA = pngChunk('gAMA', longs(55_556))
const ADOBE = pngChunk('cHRM', longs(31_270, 32_900, 64_000, 33_000, 21_000, 71_000, 15_000, 6000))

function longs(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index)
  return bytes
}

const ofPower = (gamma: number): Buffer =>
  writeProfile(SRGB_PRIMARIES, { kind: 'power', gamma }, 'rgb')

/** How the pixels of a file are written. */
type Writing = 'colours' | 'a palette' | 'grey' | 'grey with transparency' | '16 bits'

async function writePng(pixel: Pixel, as: Writing, chunks: readonly Buffer[]): Promise<Buffer> {
  const [r, g, b] = pixel
  const image = sharp({ create: { width: 8, height: 8, channels: 3, background: { r, g, b } } })
  const writers: Readonly<Record<Writing, () => Sharp>> = {
    colours: () => image.png(),
    'a palette': () => image.png({ palette: true }),
    grey: () => image.toColourspace('b-w').png(),
    'grey with transparency': () => image.ensureAlpha(0.5).toColourspace('b-w').png(),
    '16 bits': () => image.toColourspace('rgb16').png(),
  }
  const png = await writers[as]().toBuffer()
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])
}

/** What Chromium 156 shows of each. */
const SHOWN: readonly [Writing, Pixel, readonly Buffer[], Pixel][] = [
  ['colours', GREY, [GAMMA], [123, 123, 123]],
  ['colours', GREEN, [GAMMA, ADOBE], [0, 193, 104]],
  ['a palette', GREEN, [GAMMA, ADOBE], [0, 193, 104]],
  ['grey', GREY, [GAMMA], [123, 123, 123]],
  ['grey with transparency', GREY, [GAMMA], [123, 123, 123]],
  ['16 bits', GREEN, [GAMMA, ADOBE], [0, 193, 104]],
]

function assertShown(seen: readonly number[], wanted: Pixel): void {
  const off = wanted.map((value, band) => Math.abs(value - (seen[band] ?? 0)))
  assert.ok(Math.max(...off) <= 2, `${seen.join()} in place of ${wanted.join()}`)
}

describe('a PNG that tells its colours by chunks', () => {
  const folder = useTemporaryFolder()

  async function show(source: string): Promise<readonly number[]> {
    const rendition = folder.pathTo('shown.png')
    await startRenditions(source, [{ instructions: { fmt: 'png' }, path: rendition }])[0]
    const bytes = await sharp(rendition).removeAlpha().toColourspace('srgb').raw().toBuffer()
    return [...bytes.subarray(0, 3)]
  }

  for (const [as, pixel, chunks, wanted] of SHOWN) {
    it(`is shown as Chromium shows it, within 2: ${as}, ${chunks.length} chunks`, async () => {
      const source = folder.pathTo('told.png')
      await writeFile(source, await writePng(pixel, as, chunks))
      assertShown(await show(source), wanted)
    })
  }

  it('is shown by the curve of a profile of colours where it is grey, and so is a JPEG', async () => {
    const grey = sharp(await writePng(GREY, 'grey', []))
    const jpeg = await grey.jpeg({ quality: 100 }).toBuffer()
    const data = Buffer.concat([Buffer.from('ICC_PROFILE\0\u0001\u0001', 'latin1'), ofPower(1.8)])
    const marker = Buffer.from([0xff, 0xe2, (data.length + 2) >> 8, (data.length + 2) & 0xff])
    const packed = Buffer.concat([Buffer.from('x\0\0'), deflateSync(ofPower(1.8))])
    const files: Readonly<Record<string, Buffer>> = {
      'grey.jpg': Buffer.concat([jpeg.subarray(0, 2), marker, data, jpeg.subarray(2)]),
      'grey.png': await writePng(GREY, 'grey', [pngChunk('iCCP', packed)]),
    }
    for (const [name, bytes] of Object.entries(files)) {
      const source = folder.pathTo(name)
      await writeFile(source, bytes)
      assertShown(await show(source), [123, 123, 123])
    }
  })
})
