import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  type IMagickImage,
  ImageMagick,
  initializeImageMagick,
  MagickFormat,
} from '@imagemagick/magick-wasm'
import type { Sharp } from 'sharp'

/** Writes an image in a format that sharp does not know, after `adjust` has given it what sharp cannot. */
export async function encode(
  image: Sharp,
  format: MagickFormat,
  adjust: (image: IMagickImage) => void = () => undefined,
): Promise<Buffer> {
  const wasm = import.meta.resolve('@imagemagick/magick-wasm/magick.wasm')
  await initializeImageMagick(await readFile(fileURLToPath(wasm)))
  const png = await image.png().toBuffer()
  return ImageMagick.read(png, MagickFormat.Png, (decoded) => {
    adjust(decoded)
    return decoded.write(format, (data) => Buffer.from(data))
  })
}

/** What a PSD file of one plain colour is like. */
export interface PlainPsd {
  /** 1 for grey, 3 for RGB, 4 for CMYK, 9 for Lab. */
  readonly mode: number
  /** One sample of 8 bits a channel, as the file has it. */
  readonly channels: readonly number[]
  /** Width and height in pixels; 40 × 30 when left out. */
  readonly size?: readonly [width: number, height: number]
  /** The channel behind the colours is transparency; otherwise it is a selection that someone saved. */
  readonly transparent?: boolean
  /** Bytes of the resources by their number. */
  readonly resources?: ReadonlyMap<number, Uint8Array>
}

/** Writes a PSD file of one plain colour, with layers of which nothing can be read but their number. */
export function plainPsd({
  mode,
  channels,
  size: [width, height] = [40, 30],
  transparent = false,
  resources = new Map(),
}: PlainPsd): Buffer {
  const header = Buffer.alloc(26)
  header.write('8BPS')
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(channels.length, 12)
  header.writeUInt32BE(height, 14)
  header.writeUInt32BE(width, 18)
  header.writeUInt16BE(8, 22)
  header.writeUInt16BE(mode, 24)
  const blocks = [...resources].map(([number, content]) =>
    Buffer.concat([
      Buffer.from('8BIM'),
      short(number),
      short(0),
      section(content),
      Buffer.alloc(content.length % 2),
    ]),
  )
  // The number of layers is negative when the first channel behind the colours is transparency.
  const layers = Buffer.concat([short(transparent ? 0xffff : 1), Buffer.alloc(500, 'layer')])
  return Buffer.concat([
    header,
    section(Buffer.alloc(0)),
    section(Buffer.concat(blocks)),
    section(section(layers)),
    short(0),
    ...channels.map((sample) => Buffer.alloc(width * height, sample)),
  ])
}

/** An image of an ICO file. */
export interface Icon {
  /** Width and height in pixels, up to 256. */
  readonly side: number
  readonly bitsPerPixel: number
  /** A PNG file, or a bitmap without the header of a file. */
  readonly image: Uint8Array
}

/** Writes an ICO file. */
export function icoOf(icons: readonly Icon[]): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(icons.length, 4)
  let offset = header.length + icons.length * 16
  const directory = icons.map(({ side, bitsPerPixel, image }) => {
    const entry = Buffer.alloc(16)
    entry.writeUInt8(side % 256, 0)
    entry.writeUInt8(side % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(bitsPerPixel, 6)
    entry.writeUInt32LE(image.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += image.length
    return entry
  })
  return Buffer.concat([header, ...directory, ...icons.map(({ image }) => image)])
}

/** The header of a BMP file of 24 bits a pixel. */
export function bmpHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(54)
  header.write('BM')
  header.writeUInt32LE(54, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(width, 18)
  header.writeInt32LE(height, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(24, 28)
  return header
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

/** Bytes behind their length. */
function section(content: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, content])
}
