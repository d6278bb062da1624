import { encodeLight } from '../../meaning/to-srgb.ts'
import type { BitmapHeader } from './header.ts'

/**
 * Turns the pixel at a place of a row into red, green, blue and what it covers, with 8 bits each, and puts them into `into`; `row`
 * has all of its bytes.
 */
export type ReadBitmapPixel = (row: Buffer, x: number, into: Uint8Array, at: number) => void

/** What the numbers of pixels of 64 bits are parts of: light of which this is white. */
const WHITE_LIGHT = 8192

const LONGEST_PIXEL_BITS = 64

/** Whether pixels of so many bits can be read. */
export function isBitmapDepth(depth: number): boolean {
  return [1, 2, 4, 8, 16, 24, 32, LONGEST_PIXEL_BITS].includes(depth)
}

/** As many bytes as a row of a bitmap takes, which is a multiple of four. */
export function bitmapRowBytes(width: number, depth: number): number {
  return Math.ceil((width * depth) / 32) * 4
}

/**
 * Makes what reads the pixels of a bitmap.
 *
 * @param depth - bits a pixel, which are those of its colours where runs have been unpacked
 * @param palette - its colours; what it does not have is black
 */
export function bitmapPixelReader(
  { masks, palette: { bytes } }: Pick<BitmapHeader, 'masks' | 'palette'>,
  depth: number,
  palette: Buffer,
): ReadBitmapPixel {
  if (depth <= 8) return indexReader(depth, palette, bytes)
  if (depth === 24) return readColours
  if (depth === LONGEST_PIXEL_BITS) return readLight
  const channels = masks.map((mask) => sampleReader(mask))
  const hasAlpha = masks[3] !== 0
  return (row, x, into, at) => {
    const pixel = depth === 16 ? row.readUInt16LE(x * 2) : row.readUInt32LE(x * 4)
    for (let channel = 0; channel < 3; channel += 1)
      into[at + channel] = channels[channel]?.(pixel) ?? 0
    into[at + 3] = hasAlpha ? (channels[3]?.(pixel) ?? 255) : 255
  }
}

function indexReader(depth: number, palette: Buffer, bytes: number): ReadBitmapPixel {
  const most = 2 ** depth - 1
  return (row, x, into, at) => {
    const bit = x * depth
    const index = ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & most
    for (let channel = 0; channel < 3; channel += 1)
      into[at + channel] = palette[index * bytes + 2 - channel] ?? 0
    into[at + 3] = 255
  }
}

/** The 8 bits that a mask leaves of a pixel, of which all its bits are the most. */
function sampleReader(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0
  const shift = 31 - Math.clz32(mask & -mask)
  const most = mask >>> shift
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most)
}

function readColours(row: Buffer, x: number, into: Uint8Array, at: number): void {
  for (let channel = 0; channel < 3; channel += 1)
    into[at + channel] = row[x * 3 + 2 - channel] ?? 0
  into[at + 3] = 255
}

/** Blue, green, red and alpha as fractions of light (GDI+, PixelFormat64bppARGB). */
function readLight(row: Buffer, x: number, into: Uint8Array, at: number): void {
  const shareAt = (channel: number): number => row.readInt16LE(x * 8 + channel * 2) / WHITE_LIGHT
  for (let channel = 0; channel < 3; channel += 1)
    into[at + channel] = encodeLight(shareAt(2 - channel))
  into[at + 3] = Math.round(255 * Math.min(1, Math.max(0, shareAt(3))))
}
