import { countPixels, type Size } from '../dimensions.ts'
import { MAX_CONVERTED_PIXELS } from './conversion.ts'
import { bytesOfDeep, type DeepSamples, deepToBgra } from './dds-numbers.ts'
import { IncompleteFile, type SourceBytes, UnknownFeature } from './magick-source.ts'
import type { Picture } from './picture.ts'

const HEADER_BYTES = 128
/** A second header, which begins with the number of a format of DXGI. */
const SECOND_HEADER_BYTES = 20

/** Where the header has what is read of it (Microsoft, "DDS_HEADER"), in bytes. */
const AT = { flags: 8, height: 12, width: 16, format: 76, masks: 92, more: 108 } as const
const FORMAT_AT = { flags: 80, code: 84, bits: 88 } as const

/** Flags of a format: alpha, a code of four letters, numbers of a palette, colours, and luminance. */
const ALPHA = 0x1
const CODE = 0x4
const PALETTE = 0x20
const COLOURS = 0x40
const LUMINANCE = 0x20000

/** What a header says that has no more than has to be there. */
const HAS_FORMAT_AND_SIZE = 0x1007
const FORMAT_BYTES = 32
const IS_TEXTURE = 0x1000

/** Which bits of a pixel are which of its samples, where it is not compressed. */
interface Masks {
  readonly bits: number
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

/** Blocks of 4 × 4 pixels, by what ImageMagick calls them. */
interface Blocks {
  readonly code: 'DXT1' | 'DXT3' | 'DXT5' | 'ATI2' | 'DX10' | 'BC4'
  readonly bytes: 8 | 16
  readonly premultiplied?: true
  /** Whether samples are from -1 to 1, of which 0 is a middle grey. */
  readonly signed?: boolean
}

/** Numbers of colours, which come before them. */
type Indexed = 'palette'

type Pixels = Masks | Blocks | DeepSamples | Indexed

const PALETTE_BYTES = 1024

/** By the four letters of older files. */
const CODES: Readonly<Record<string, Blocks>> = {
  DXT1: { code: 'DXT1', bytes: 8 },
  DXT2: { code: 'DXT3', bytes: 16, premultiplied: true },
  DXT3: { code: 'DXT3', bytes: 16 },
  DXT4: { code: 'DXT5', bytes: 16, premultiplied: true },
  DXT5: { code: 'DXT5', bytes: 16 },
  ATI1: { code: 'BC4', bytes: 8 },
  BC4U: { code: 'BC4', bytes: 8 },
  BC4S: { code: 'BC4', bytes: 8, signed: true },
  ATI2: { code: 'ATI2', bytes: 16 },
  BC5U: { code: 'ATI2', bytes: 16 },
  BC5S: { code: 'ATI2', bytes: 16, signed: true },
}

/** By the numbers that older files have in place of four letters (D3DFORMAT). */
const OLD_NUMBERS: Readonly<Record<number, DeepSamples>> = {
  36: { channels: 4, numbers: 'whole' },
  111: { channels: 1, numbers: 'half' },
  112: { channels: 2, numbers: 'half' },
  113: { channels: 4, numbers: 'half' },
  114: { channels: 1, numbers: 'float' },
  115: { channels: 2, numbers: 'float' },
  116: { channels: 4, numbers: 'float' },
}

const masks = (bits: number, red: number, green: number, blue: number, alpha: number): Masks => ({
  bits,
  red,
  green,
  blue,
  alpha,
})

const RGBA = masks(32, 0xff, 0xff00, 0xff0000, 0xff000000)
const BGRA = masks(32, 0xff0000, 0xff00, 0xff, 0xff000000)
const BGRX = masks(32, 0xff0000, 0xff00, 0xff, 0)
const GREY = masks(8, 0xff, 0, 0, 0)

/** By the numbers of DXGI_FORMAT; those of sRGB, or of no type, are told apart from others that are shown alike. */
const NUMBERS: Readonly<Record<number, Pixels>> = {
  2: { channels: 4, numbers: 'float' },
  6: { channels: 3, numbers: 'float' },
  10: { channels: 4, numbers: 'half' },
  11: { channels: 4, numbers: 'whole' },
  16: { channels: 2, numbers: 'float' },
  24: masks(32, 0x3ff, 0xffc00, 0x3ff00000, 0xc0000000),
  34: { channels: 2, numbers: 'half' },
  35: { channels: 2, numbers: 'whole' },
  41: { channels: 1, numbers: 'float' },
  54: { channels: 1, numbers: 'half' },
  56: { channels: 1, numbers: 'whole' },
  65: masks(8, 0, 0, 0, 0xff),
  85: masks(16, 0xf800, 0x7e0, 0x1f, 0),
  86: masks(16, 0x7c00, 0x3e0, 0x1f, 0x8000),
  115: masks(16, 0xf00, 0xf0, 0xf, 0xf000),
  ...alike([27, 28, 29], RGBA),
  ...alike([48, 49], masks(16, 0xff, 0xff00, 0, 0)),
  ...alike([60, 61], masks(8, 0xff, 0xff, 0xff, 0)),
  ...alike([70, 71, 72], { code: 'DXT1', bytes: 8 }),
  ...alike([73, 74, 75], { code: 'DXT3', bytes: 16 }),
  ...alike([76, 77, 78], { code: 'DXT5', bytes: 16 }),
  ...alike([79, 80], { code: 'BC4', bytes: 8 }),
  81: { code: 'BC4', bytes: 8, signed: true },
  ...alike([82, 83], { code: 'ATI2', bytes: 16 }),
  84: { code: 'ATI2', bytes: 16, signed: true },
  ...alike([87, 90, 91], BGRA),
  ...alike([88, 92, 93], BGRX),
  ...alike([97, 98, 99], { code: 'DX10', bytes: 16 }),
}

function alike(numbers: readonly number[], pixels: Pixels): Record<number, Pixels> {
  return Object.fromEntries(numbers.map((number) => [number, pixels]))
}

/** The number of what ImageMagick calls DX10 here. */
const BC7 = 98

/**
 * Finds the first picture of a DDS file, which is the largest of several sizes and the first side of a cube. What is not in blocks that ImageMagick knows becomes
 * pixels of 32 bits, since ImageMagick takes each other order of bits for that.
 *
 * @throws {@link IncompleteFile} when the file ends before its picture, {@link UnknownFeature} when its pixels are in a way that
 *   nobody here reads
 */
export function findDds(file: SourceBytes): Picture {
  const header = file.read([{ start: 0, length: HEADER_BYTES }])
  const size = { width: header.readUInt32LE(AT.width), height: header.readUInt32LE(AT.height) }
  if (size.width < 1 || size.height < 1) throw new IncompleteFile('The picture has no size.')
  const isSecond = hasCode(header) && codeOf(header) === 'DX10'
  const start = HEADER_BYTES + (isSecond ? SECOND_HEADER_BYTES : 0)
  const pixels = isSecond ? readSecond(file) : readFirst(header)
  // It is refused for its size alone.
  if (countPixels(size) > MAX_CONVERTED_PIXELS) return { size, pieces: [] }
  const content = { start, length: lengthOf(pixels, size) }
  if (content.start + content.length > file.size)
    throw new IncompleteFile('The file ends within its pixels.')
  if (pixels === 'palette' || 'numbers' in pixels) {
    const described = describe(size, { flags: COLOURS | ALPHA, masks: BGRA })
    const read = file.read([content])
    const made = pixels === 'palette' ? colourIn(read) : deepToBgra(read, size, pixels)
    return { size, pieces: [described, made] }
  }
  if (!('code' in pixels)) {
    const flags = pixels.alpha === 0 ? COLOURS : COLOURS | ALPHA
    const described = describe(size, { flags, masks: pixels.alpha === 0 ? BGRX : BGRA })
    return { size, pieces: [described, toBgra(file.read([content]), pixels)] }
  }
  if (pixels.code === 'BC4') {
    const described = describe(size, { flags: LUMINANCE, masks: GREY })
    return { size, pieces: [described, unpackBlocks(file.read([content]), size, pixels)[0]] }
  }
  const { code, premultiplied = false } = pixels
  if (pixels.signed) {
    const described = describe(size, { flags: COLOURS, masks: BGRX })
    const [red, green] = unpackBlocks(file.read([content]), size, pixels)
    return { size, pieces: [described, joinRedAndGreen(red, green)] }
  }
  const described = describe(size, { flags: CODE, code })
  const more = code === 'DX10' ? [describeBc7()] : []
  return { size, premultiplied, pieces: [described, ...more, content] }
}

function hasCode(header: Buffer): boolean {
  return (header.readUInt32LE(FORMAT_AT.flags) & CODE) !== 0
}

function codeOf(header: Buffer): string {
  return header.toString('latin1', FORMAT_AT.code, FORMAT_AT.code + 4)
}

function lengthOf(pixels: Pixels, { width, height }: Size): number {
  if (pixels === 'palette') return PALETTE_BYTES + width * height
  if ('numbers' in pixels) return width * height * bytesOfDeep(pixels)
  return 'code' in pixels
    ? Math.ceil(width / 4) * Math.ceil(height / 4) * pixels.bytes
    : width * height * (pixels.bits / 8)
}

/** The names of those that people know and nobody here reads. */
const NAMED: Readonly<Record<number, string>> = { 94: 'BC6H', 95: 'BC6H', 96: 'BC6H' }

function readSecond(file: SourceBytes): Pixels {
  const number = file.read([{ start: HEADER_BYTES, length: SECOND_HEADER_BYTES }]).readUInt32LE()
  return NUMBERS[number] ?? refuse(NAMED[number] ?? `number ${number} of DXGI`)
}

function readFirst(header: Buffer): Pixels {
  const flags = header.readUInt32LE(FORMAT_AT.flags)
  const code = codeOf(header)
  const old = OLD_NUMBERS[header.readUInt32LE(FORMAT_AT.code)]
  if (hasCode(header))
    return CODES[code] ?? old ?? refuse(JSON.stringify(code.replaceAll(/\W/g, '?')))
  const bits = header.readUInt32LE(FORMAT_AT.bits)
  const [first = 0, green = 0, blue = 0, alpha = 0] = [0, 4, 8, 12].map((at) =>
    header.readUInt32LE(AT.masks + at),
  )
  if ((flags & PALETTE) !== 0) return 'palette'
  if ((flags & (COLOURS | LUMINANCE)) === 0 || ![8, 16, 24, 32].includes(bits))
    return refuse(`flags ${flags} with ${bits} bits`)
  const covers = (flags & ALPHA) === 0 ? 0 : alpha
  if ((flags & LUMINANCE) === 0) return masks(bits, first, green, blue, covers)
  // Some tell which byte it is as if a pixel had four.
  const grey = first % 2 ** bits === 0 ? 0xff : first
  return masks(bits, grey, grey, grey, covers)
}

function refuse(format: string): never {
  throw new UnknownFeature(
    `pixels in a format (${format}) that cannot be read; those of 8 bits a sample, 16 and floats, BC1 to BC5 and BC7 can`,
  )
}

/** The header of a file of one picture. */
function describe(
  { width, height }: Size,
  format: { readonly flags: number; readonly code?: string; readonly masks?: Masks },
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('DDS ')
  header.writeUInt32LE(HEADER_BYTES - 4, 4)
  header.writeUInt32LE(HAS_FORMAT_AND_SIZE, AT.flags)
  header.writeUInt32LE(height, AT.height)
  header.writeUInt32LE(width, AT.width)
  header.writeUInt32LE(FORMAT_BYTES, AT.format)
  header.writeUInt32LE(format.flags, FORMAT_AT.flags)
  header.write(format.code ?? '', FORMAT_AT.code)
  const { bits = 0, red = 0, green = 0, blue = 0, alpha = 0 } = format.masks ?? {}
  header.writeUInt32LE(bits, FORMAT_AT.bits)
  for (const [index, mask] of [red, green, blue, alpha].entries())
    header.writeUInt32LE(mask, AT.masks + 4 * index)
  header.writeUInt32LE(IS_TEXTURE, AT.more)
  return header
}

/** A second header, of a picture in two dimensions. */
function describeBc7(): Buffer {
  const header = Buffer.alloc(SECOND_HEADER_BYTES)
  for (const [index, number] of [BC7, 3, 0, 1].entries()) header.writeUInt32LE(number, 4 * index)
  return header
}

/** Pixels of 32 bits, of blue, green, red and alpha. */
function toBgra(content: Buffer, { bits, ...of }: Masks): Buffer {
  const bytes = bits / 8
  const count = content.length / bytes
  const pixels = Buffer.allocUnsafe(4 * count)
  const [blue, green, red, alpha] = [of.blue, of.green, of.red, of.alpha].map(createSample)
  for (let at = 0; at < count; at += 1) {
    const pixel = content.readUIntLE(at * bytes, bytes)
    pixels[4 * at] = blue?.(pixel) ?? 0
    pixels[4 * at + 1] = green?.(pixel) ?? 0
    pixels[4 * at + 2] = red?.(pixel) ?? 0
    pixels[4 * at + 3] = alpha?.(pixel) ?? 0
  }
  return pixels
}

/** Makes what has 8 bits of those of a pixel that a mask leaves. */
function createSample(mask: number): (pixel: number) => number {
  const unit = mask === 0 ? 1 : 2 ** (31 - Math.clz32(mask & -mask))
  const most = mask / unit
  return (pixel) => (mask === 0 ? 0 : Math.round((((pixel & mask) >>> 0) / unit / most) * 255))
}

/** The colours of a palette of red, green, blue and alpha, for the numbers behind it. */
function colourIn(content: Buffer): Buffer {
  const pixels = Buffer.allocUnsafe(4 * (content.length - PALETTE_BYTES))
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = 4 * (content[PALETTE_BYTES + at / 4] ?? 0)
    for (const [to, from] of [2, 1, 0, 3].entries()) pixels[at + to] = content[colour + from] ?? 0
  }
  return pixels
}

/** Pixels of 32 bits, of which blue is 0, as what is signed has it. */
function joinRedAndGreen(red: Buffer, green: Buffer): Buffer {
  const pixels = Buffer.alloc(4 * red.length)
  for (let at = 0; at < red.length; at += 1) {
    pixels[4 * at] = 0x80
    pixels[4 * at + 1] = green[at] ?? 0
    pixels[4 * at + 2] = red[at] ?? 0
  }
  return pixels
}

/**
 * Unpacks blocks of 4 × 4 samples: two values, and for each sample which of those or of six between them it has (BC4). Two of them
 * may be a block of pixels (BC5).
 *
 * @returns the samples of the first, and of the second where there is one
 */
function unpackBlocks(
  content: Buffer,
  { width, height }: Size,
  { bytes, signed = false }: Blocks,
): readonly [Buffer, Buffer] {
  const planes = [
    Buffer.alloc(width * height),
    Buffer.alloc(bytes === 8 ? 0 : width * height),
  ] as const
  const across = Math.ceil(width / 4)
  const turn = signed ? 0x80 : 0
  for (let block = 0; 8 * block < content.length; block += 1) {
    const [first = 0, last = 0] = [0, 1].map((at) => (content[8 * block + at] ?? 0) ^ turn)
    const values = valuesBetween(first, last)
    const places = [2, 5].map((at) => content.readUIntLE(8 * block + at, 3))
    const pixelBlock = bytes === 8 ? block : block >> 1
    const plane = planes[bytes === 8 ? 0 : (block & 1) === 0 ? 0 : 1]
    const [left, top] = [4 * (pixelBlock % across), 4 * Math.floor(pixelBlock / across)]
    for (let index = 0; index < 16; index += 1) {
      const [x, y] = [left + (index & 3), top + (index >> 2)]
      const place = ((places[index >> 3] ?? 0) >> (3 * (index & 7))) & 7
      if (x < width && y < height) plane[y * width + x] = values[place] ?? 0
    }
  }
  return planes
}

function valuesBetween(first: number, last: number): readonly number[] {
  const steps = first > last ? 7 : 5
  const values = [first, last]
  for (let step = 1; step < steps; step += 1)
    values.push(Math.round(((steps - step) * first + step * last) / steps))
  return steps === 5 ? [...values, 0, 255] : values
}
