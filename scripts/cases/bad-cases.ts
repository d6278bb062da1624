import { crc32 } from 'node:zlib'
import type { Reason } from '../../src/base/errors.ts'
import { writeBmpHeader, writeTrueColourBmp } from './bmp.ts'
import { u8, u16le, u32be, u32le } from './bytes.ts'
import { type Draft, type Drafts, drawing } from './draft.ts'
import { iconBitmap, writeIcon } from './ico.ts'
import { writeJpeg } from './jpeg.ts'
import { harbour, logo } from './pictures.ts'
import { toPixels } from './pixels.ts'
import { PNG_COLOUR, toPng, writePng } from './png.ts'
import { encodeHeic } from './programs.ts'
import { PSD_MODE, psdHeader, writePsd } from './psd.ts'
import { sgiHeader, writeSgi } from './sgi.ts'
import { tiny } from './sources.ts'
import { boat } from './svg.ts'
import { TIFF_TAG, writeTiff } from './tiff.ts'

/** Values that instructions do not take, by what is wrong with them. */
const BAD_VALUES: Readonly<Record<string, Record<string, unknown>>> = {
  'bad-width-zero': { width: 0 },
  'bad-width-negative': { width: -60 },
  'bad-width-fraction': { width: 60.5 },
  'bad-width-text': { width: 'wide' },
  'bad-height-zero': { height: 0 },
  'bad-height-text': { height: '60px' },
  'bad-max-width-zero': { maxWidth: 0 },
  'bad-max-height-text': { maxHeight: 'high' },
  'bad-alias-wid': { wid: 'wide' },
  'bad-quality-zero': { quality: 0 },
  'bad-quality-above-100': { quality: 101 },
  'bad-quality-text': { quality: 'best' },
  'bad-crop-text': { crop: 'the middle' },
  'bad-crop-of-three': { crop: { x: 0, y: 0, w: 10 } },
  'bad-crop-of-no-width': { crop: { x: 0, y: 0, w: 0, h: 10 } },
  'bad-crop-of-negative-height': { crop: { x: 0, y: 0, w: 10, h: -10 } },
  'bad-crop-number': { crop: 10 },
  'bad-jpeg-size-zero': { jpegSize: 0 },
  'bad-jpeg-size-text': { jpegSize: 'small' },
  'bad-interlace-text': { interlace: 'sometimes' },
  'bad-dpi-zero': { dpi: 0 },
  'bad-dpi-text': { dpi: 'fine' },
  'bad-dpi-of-text': { dpi: { xdpi: 'fine', ydpi: 300 } },
  'bad-convert-to-dpi-zero': { convertToDpi: 0 },
  'bad-convert-to-dpi-text': { convertToDpi: 'fine' },
  'bad-watermark-text': { watermark: 'DARKROOM' },
  'bad-watermark-of-no-image': { watermark: { scale: 0.5 } },
  'bad-watermark-scale-negative': { watermark: { image: 'https://localhost/a.png', scale: -1 } },
  'bad-watermark-scale-above-1': { watermark: { image: 'https://localhost/a.png', scale: 1.5 } },
  'bad-watermark-scale-text': { watermark: { image: 'https://localhost/a.png', scale: 'large' } },
  'bad-background-name': { pdfbgcolor: 'red' },
  'bad-background-256': { pdfbgcolor: 256 },
  'bad-background-of-two-digits': { pdfbgcolor: '#12' },
  'bad-compression-level-10': { compressionLevel: 10 },
  'bad-compression-level-text': { compressionLevel: 'most' },
  'bad-embed-limit-above-32-kb': { embedBinaryLimit: 32_769 },
  'bad-embed-limit-text': { embedBinaryLimit: 'small' },
  'bad-animated-text': { animated: 'sometimes' },
}

function badFormat(fmt: string): Draft {
  return { source: tiny, params: { fmt }, fails: 'RenditionFormatUnsupported' }
}

const badInstructionCases: Drafts = {
  ...Object.fromEntries(
    Object.entries(BAD_VALUES).map(([name, params]) => [
      name,
      { source: tiny, params, fails: 'GenericError' },
    ]),
  ),
  'bad-fmt': badFormat('xyz'),
  'bad-fmt-that-is-only-read': badFormat('bmp'),
  'bad-fmt-blank': badFormat(''),
}

/** A case whose source cannot be used. */
function unusable(extension: string, fails: Reason, draw: () => Promise<Buffer>): Draft {
  return { source: drawing(extension, draw), fails }
}

/** A case whose source ends in its middle. */
function truncated(extension: string, draw: () => Promise<Buffer>): Draft {
  return unusable(extension, 'SourceCorrupt', async () => {
    const whole = await draw()
    return whole.subarray(0, Math.floor(whole.length / 2))
  })
}

const pixels = async () => toPixels(await harbour(48))

const truncatedCases: Drafts = {
  'truncated-jpeg': truncated('jpg', async () => writeJpeg(await harbour())),
  'truncated-png': truncated('png', async () => toPng(await harbour(48))),
  'truncated-gif': truncated('gif', async () => (await harbour(60)).gif().toBuffer()),
  'truncated-webp': truncated('webp', async () => (await harbour()).webp().toBuffer()),
  'truncated-tiff': truncated('tif', async () =>
    (await harbour(48)).tiff({ compression: 'lzw' }).toBuffer(),
  ),
  'truncated-avif': truncated('avif', async () => (await harbour()).avif().toBuffer()),
  'truncated-heic': truncated('heic', async () => encodeHeic(await toPng(await harbour()), 'png')),
  'truncated-bmp': truncated('bmp', async () => writeTrueColourBmp(await pixels())),
  'truncated-sgi': truncated('rgb', async () => writeSgi(await pixels())),
  'truncated-sgi-run-lengths': truncated('sgi', async () =>
    writeSgi(await pixels(), { compressed: true }),
  ),
  'truncated-ico': truncated('ico', async () =>
    writeIcon([{ size: 32, data: iconBitmap(await toPixels(await logo(32))) }]),
  ),
  'truncated-psd': truncated('psd', async () => writePsd(await pixels(), { mode: PSD_MODE.rgb })),
  'truncated-svg': truncated('svg', async () => boat('width="80" height="60"')),
  'truncated-to-its-signature': unusable('jpg', 'SourceCorrupt', async () =>
    (await writeJpeg(await harbour())).subarray(0, 12),
  ),
  'empty-file': unusable('jpg', 'SourceCorrupt', async () => Buffer.alloc(0)),
}

/** A few bytes that claim more pixels than any machine should try to hold. */
const hugeCases: Drafts = {
  'huge-png': unusable('png', 'SourceUnsupported', async () =>
    writePng({
      width: 100_000,
      height: 100_000,
      bits: 8,
      colour: PNG_COLOUR.rgb,
      rows: [Buffer.alloc(300_000)],
    }),
  ),
  'huge-gif': unusable('gif', 'SourceUnsupported', async () => {
    const gif = await (await harbour(30)).gif().toBuffer()
    const image = gif.indexOf(Buffer.of(0x2c, 0, 0, 0, 0, 30, 0, 20, 0))
    for (const at of [6, 8, image + 5, image + 7]) gif.writeUInt16LE(65_535, at)
    return gif
  }),
  'huge-tiff': unusable('tif', 'SourceUnsupported', async () =>
    writeTiff(
      [
        [TIFF_TAG.width, 100_000],
        [TIFF_TAG.height, 100_000],
        [TIFF_TAG.bits, 8],
        [TIFF_TAG.compression, 1],
        [TIFF_TAG.photometric, 1],
        [TIFF_TAG.samples, 1],
        [TIFF_TAG.rowsInStrip, 100_000],
        [TIFF_TAG.stripBytes, 64],
      ],
      Buffer.alloc(64),
    ),
  ),
  'huge-bmp': unusable('bmp', 'SourceUnsupported', async () => writeBmpHeader(100_000, 100_000)),
  'huge-sgi': unusable('sgi', 'SourceUnsupported', async () =>
    Buffer.concat([sgiHeader(65_535, 65_535, 3, false), Buffer.alloc(64)]),
  ),
  'huge-psd': unusable('psd', 'SourceUnsupported', async () => {
    const header = { width: 30_000, height: 30_000, channels: 3, bits: 8, mode: PSD_MODE.rgb }
    return Buffer.concat([psdHeader({ ...header, large: false }), u32be(0, 0, 0), Buffer.alloc(64)])
  }),
  'huge-psb': unusable('psb', 'SourceUnsupported', async () => {
    const header = { width: 300_000, height: 300_000, channels: 3, bits: 8, mode: PSD_MODE.rgb }
    return Buffer.concat([
      psdHeader({ ...header, large: true }),
      u32be(0, 0, 0, 0),
      Buffer.alloc(64),
    ])
  }),
}

/** A ZIP archive of one text that is not compressed. */
function writeZip(name: string, content: Buffer): Buffer {
  const sums = u32le(crc32(content), content.length, content.length)
  const common = Buffer.concat([u16le(0, 0, 0, 0), sums, u16le(Buffer.byteLength(name), 0)])
  const entry = Buffer.concat([
    Buffer.from('PK\x03\x04'),
    u16le(20),
    common,
    Buffer.from(name),
    content,
  ])
  const directory = Buffer.concat([
    Buffer.from('PK\x01\x02'),
    u16le(20, 20),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ])
  const end = Buffer.concat([
    Buffer.from('PK\x05\x06'),
    u16le(0, 0, 1, 1),
    u32le(directory.length, entry.length),
    u16le(0),
  ])
  return Buffer.concat([entry, directory, end])
}

const TEXT = Buffer.from('A harbour at dusk, told in words: this is no picture.\n')

const strangeCases: Drafts = {
  'text-file': unusable('txt', 'SourceUnsupported', async () => TEXT),
  'text-file-called-jpg': unusable('jpg', 'SourceUnsupported', async () => TEXT),
  'zip-archive': unusable('zip', 'SourceUnsupported', async () => writeZip('harbour.txt', TEXT)),
  'random-bytes': unusable('bin', 'SourceUnsupported', async () => {
    const bytes = Array.from({ length: 512 }, (_, index) => (index * index * 167 + 13) & 255)
    return u8(0, ...bytes)
  }),
}

/** What cannot be made, and the reason that is given. */
export const badCases: Drafts = {
  ...badInstructionCases,
  ...truncatedCases,
  ...hugeCases,
  ...strangeCases,
}
