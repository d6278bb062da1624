import { OperationError } from '../../../../base/operation-error.ts'
import { encodePng } from '../encode-png.ts'

/** A bitmap with its pixels as red, green, blue and alpha, from the top down; or a file that it was in. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly pixels: Buffer | undefined
  readonly file: Buffer | undefined
  /** How many bits a pixel had. */
  readonly depth: number
}

/** A part of a bitmap, in pixels. */
export interface BitmapPart {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The most that a bitmap of a drawing may have, in pixels. */
const MOST_PIXELS = 30_000_000

/** How pixels are compressed ([MS-WMF], 2.1.1.7). */
const RUNS_OF_8 = 1
const RUNS_OF_4 = 2
const MASKED = 3
const JPEG = 4
const PNG = 5

const SHORT_HEADER_BYTES = 12

/**
 * Decodes a bitmap that is independent of a device ([MS-WMF], 2.2.2.9).
 *
 * @param header - from its header on, with masks and palette behind it
 * @param bits - its pixels; behind the palette unless given
 * @param hasAlpha - whether the fourth byte of a pixel says how much it covers, with colours multiplied by that
 * @returns undefined when it is damaged, or written in a way that nobody uses
 * @throws {@link OperationError} source_exceeds_limit when it has more pixels than are read
 */
export function decodeBitmap(
  header: Buffer,
  bits?: Buffer,
  { hasAlpha = false } = {},
): Bitmap | undefined {
  const facts = readHeader(header)
  if (facts === undefined) return undefined
  const { width, height, depth, compression } = facts
  const stored = bits ?? header.subarray(facts.end)
  if (compression === JPEG || compression === PNG) {
    return { width, height, depth, pixels: undefined, file: stored }
  }
  if (width <= 0 || height <= 0) return undefined
  if (width * height > MOST_PIXELS) {
    const fields = { most: MOST_PIXELS / 1_000_000, of: 'million pixels in a bitmap of it' }
    throw new OperationError('source_exceeds_limit', fields)
  }
  const unpacked =
    compression === RUNS_OF_8 || compression === RUNS_OF_4
      ? unpackRuns(stored, { width, height, isOfFour: compression === RUNS_OF_4 })
      : stored
  const rowBits = compression === RUNS_OF_8 || compression === RUNS_OF_4 ? 8 : depth
  const rowBytes = Math.floor((width * rowBits + 31) / 32) * 4
  if (unpacked.length < rowBytes * (height - 1) + Math.ceil((width * rowBits) / 8)) return undefined
  const pixels = Buffer.alloc(width * height * 4, 255)
  const read = pixelReader(facts, { rowBits, hasAlpha, palette: facts.palette })
  for (let y = 0; y < height; y++) {
    const row = unpacked.subarray((facts.isTopDown ? y : height - 1 - y) * rowBytes)
    for (let x = 0; x < width; x++) read(row, x, pixels, (y * width + x) * 4)
  }
  return { width, height, depth, pixels, file: undefined }
}

interface BitmapFacts {
  readonly width: number
  readonly height: number
  readonly isTopDown: boolean
  readonly depth: number
  readonly compression: number
  readonly masks: readonly [number, number, number]
  /** Blue, green and red, and a byte that means nothing unless there are three a colour. */
  readonly palette: Buffer
  readonly entryBytes: 3 | 4
  /** Where the pixels begin. */
  readonly end: number
}

function readHeader(bytes: Buffer): BitmapFacts | undefined {
  if (bytes.length < SHORT_HEADER_BYTES) return undefined
  const length = bytes.readUInt32LE(0)
  if (length === SHORT_HEADER_BYTES) {
    const depth = bytes.readUInt16LE(10)
    const end = length + (depth <= 8 ? 3 * 2 ** depth : 0)
    return {
      width: bytes.readUInt16LE(4),
      height: bytes.readUInt16LE(6),
      isTopDown: false,
      depth,
      compression: 0,
      masks: [0, 0, 0],
      palette: bytes.subarray(length, end),
      entryBytes: 3,
      end,
    }
  }
  if (length < 40 || bytes.length < 40) return undefined
  const height = bytes.readInt32LE(8)
  const depth = bytes.readUInt16LE(14)
  const compression = bytes.readUInt32LE(16)
  const isMasked = compression === MASKED && bytes.length >= 52
  const colours = bytes.readUInt32LE(32) || (depth <= 8 ? 2 ** depth : 0)
  const start = length + (compression === MASKED && length === 40 ? 12 : 0)
  const end = start + Math.min(colours, 256) * 4
  return {
    width: bytes.readInt32LE(4),
    height: Math.abs(height),
    isTopDown: height < 0,
    depth,
    compression,
    masks: isMasked
      ? [bytes.readUInt32LE(40), bytes.readUInt32LE(44), bytes.readUInt32LE(48)]
      : depth === 16
        ? [0x7c00, 0x03e0, 0x001f]
        : [0xff_0000, 0xff00, 0xff],
    palette: bytes.subarray(start, end),
    entryBytes: 4,
    end,
  }
}

type ReadPixel = (row: Buffer, x: number, into: Buffer, at: number) => void

function pixelReader(
  { masks, palette, entryBytes, depth }: BitmapFacts,
  {
    rowBits,
    hasAlpha,
  }: { readonly rowBits: number; readonly hasAlpha: boolean; readonly palette: Buffer },
): ReadPixel {
  if (rowBits <= 8) {
    const most = 2 ** rowBits - 1
    return (row, x, into, at) => {
      const bit = x * rowBits
      const index = ((row[bit >> 3] ?? 0) >> (8 - rowBits - (bit & 7))) & most
      const entry = index * entryBytes
      for (let channel = 0; channel < 3; channel++)
        into[at + channel] = palette[entry + 2 - channel] ?? 0
    }
  }
  if (depth === 24) {
    return (row, x, into, at) => {
      for (let channel = 0; channel < 3; channel++)
        into[at + channel] = row[x * 3 + 2 - channel] ?? 0
    }
  }
  const channels = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask)
    return { mask, shift, most: mask === 0 ? 1 : mask >>> shift }
  })
  return (row, x, into, at) => {
    const value = depth === 16 ? row.readUInt16LE(x * 2) : row.readUInt32LE(x * 4)
    const alpha = hasAlpha && depth === 32 ? value >>> 24 : 255
    for (const [channel, { mask, shift, most }] of channels.entries()) {
      const shade = (((value & mask) >>> shift) * 255) / most
      into[at + channel] = alpha === 0 ? 0 : Math.min(255, Math.round((shade * 255) / alpha))
    }
    into[at + 3] = alpha
  }
}

/** Of a byte that has two pixels the first or the second. */
function nibble(byte: number, index: number): number {
  return index % 2 === 0 ? byte >> 4 : byte & 15
}

/** Runs of one byte, and bytes as they are; a zero says that a row, or all, is at its end, or where to go on ([MS-WMF], 3.1.6). */
function unpackRuns(
  packed: Buffer,
  {
    width,
    height,
    isOfFour,
  }: { readonly width: number; readonly height: number; readonly isOfFour: boolean },
): Buffer {
  const rowBytes = Math.floor((width * 8 + 31) / 32) * 4
  const rows = Buffer.alloc(rowBytes * height)
  let [x, y, at] = [0, 0, 0]
  const put = (value: number): void => {
    if (x < width && y < height) rows[y * rowBytes + x] = value
    x += 1
  }
  while (at + 1 < packed.length && y < height) {
    const [count = 0, value = 0] = packed.subarray(at, at + 2)
    at += 2
    if (count > 0) {
      for (let index = 0; index < count; index++) put(isOfFour ? nibble(value, index) : value)
    } else if (value === 0) {
      ;[x, y] = [0, y + 1]
    } else if (value === 1) {
      break
    } else if (value === 2) {
      x += packed[at] ?? 0
      y += packed[at + 1] ?? 0
      at += 2
    } else {
      for (let index = 0; index < value; index++) {
        const byte = packed[at + (isOfFour ? index >> 1 : index)] ?? 0
        put(isOfFour ? nibble(byte, index) : byte)
      }
      const bytes = isOfFour ? Math.ceil(value / 2) : value
      at += bytes + (bytes % 2)
    }
  }
  return rows
}

/** A part of a bitmap as the URL of a file; what of it is not there is left out. */
export function toDataUrl(bitmap: Bitmap, part: BitmapPart): string | undefined {
  const { file, pixels } = bitmap
  if (file !== undefined) {
    const type = file[0] === 0xff ? 'jpeg' : 'png'
    return `data:image/${type};base64,${file.toString('base64')}`
  }
  if (pixels === undefined) return undefined
  const left = Math.max(0, Math.floor(part.x))
  const top = Math.max(0, Math.floor(part.y))
  const width = Math.min(bitmap.width - left, Math.ceil(part.width))
  const height = Math.min(bitmap.height - top, Math.ceil(part.height))
  if (width <= 0 || height <= 0) return undefined
  const cut = Buffer.alloc(width * height * 4)
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * bitmap.width + left) * 4
    pixels.copy(cut, y * width * 4, start, start + width * 4)
  }
  return `data:image/png;base64,${encodePng({ width, height, channels: 4, pixels: cut }).toString('base64')}`
}
