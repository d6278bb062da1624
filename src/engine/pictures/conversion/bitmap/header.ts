import type { Size } from '../../dimensions.ts'
import { METRES, MOST_RESOLUTION } from '../../headers/resolution.ts'

/** How pixels are stored. */
export type BitmapPacking = 'none' | 'runs' | 'huffman' | 'jpeg' | 'png' | 'unknown'

/** What the header of a bitmap says ([MS-WMF], 2.2.2.3 to 2.2.2.5; OS/2 Presentation Manager, BITMAPINFOHEADER2). */
export interface BitmapHeader extends Size {
  /** How long it is, in bytes. */
  readonly length: number
  readonly isTopDown: boolean
  /** Bits a pixel. */
  readonly depth: number
  readonly packing: BitmapPacking
  /** Which bits of a pixel of 16 or 32 are red, green, blue and what it covers; the last is 0 where they say nothing of that. */
  readonly masks: readonly [red: number, green: number, blue: number, alpha: number]
  /** Whether it tells those masks because they are unusual; else that a pixel has an alpha may be said by who does not know of it. */
  readonly hasMasks: boolean
  /** Where the palette is, from the beginning of the header on, how many bytes a colour of it has, and how many colours. */
  readonly palette: { readonly at: number; readonly bytes: 3 | 4; readonly count: number }
  /** Where pixels are that come right behind the palette. */
  readonly end: number
  /** Pixels per inch. */
  readonly resolution: { readonly x: number; readonly y: number } | undefined
  /** Where an ICC profile is. */
  readonly profile: { readonly at: number; readonly length: number } | undefined
}

/** As many bytes of a bitmap as may be its header with all of its masks. */
export const MOST_HEADER_BYTES = 124

const OLDEST = 12
const SHORTEST_OF_OS2 = 16
const WINDOWS_3 = 40
const WITH_ALPHA_MASK = 56
const LONGEST_OF_OS2 = 64
const VERSION_4 = 108

/** Where a header has what is read of it, in bytes. */
const AT = {
  height: 8,
  depth: 14,
  compression: 16,
  resolution: 24,
  colours: 32,
  masks: 40,
  space: 56,
  profile: 112,
}

const COMPRESSION = { runsOf8: 1, runsOf4: 2, masks: 3, jpeg: 4, png: 5, fourMasks: 6 }

/** "MBED", the space of a bitmap that has a profile in it. */
const EMBEDDED = 0x4d42_4544

/** The depths of pixels that are numbers of a palette. */
const INDEXED: ReadonlySet<number> = new Set([1, 2, 4, 8])

/**
 * Reads the header of a bitmap, which a file of one has behind 14 bytes of its own.
 *
 * @param bytes - from the header on, with the masks behind it
 * @returns undefined when it is none
 */
export function readBitmapHeader(bytes: Buffer): BitmapHeader | undefined {
  const length = bytes.length < 4 ? 0 : bytes.readUInt32LE(0)
  if (length === OLDEST) return readOldest(bytes)
  if (length < SHORTEST_OF_OS2 || length > 1024 || bytes.length < SHORTEST_OF_OS2) return undefined
  // OS/2 leaves out all at the end that has its usual value.
  const header = Buffer.alloc(MOST_HEADER_BYTES)
  bytes.copy(header, 0, 0, Math.min(length, MOST_HEADER_BYTES))
  const compression = header.readUInt32LE(AT.compression)
  const isOfOs2 = length !== WINDOWS_3 && length <= LONGEST_OF_OS2 && !hasWindowsMasks(length)
  const depth = header.readUInt16LE(AT.depth)
  const hasMasks = !isOfOs2 && [COMPRESSION.masks, COMPRESSION.fourMasks].includes(compression)
  const masksBehind =
    hasMasks && length === WINDOWS_3 ? (compression === COMPRESSION.masks ? 12 : 16) : 0
  bytes.subarray(AT.masks, AT.masks + masksBehind).copy(header, AT.masks)
  const at = length + masksBehind
  const said = header.readUInt32LE(AT.colours)
  const count = INDEXED.has(depth) ? Math.min(said || 2 ** depth, 2 ** depth) : 0
  const height = header.readInt32LE(AT.height)
  const hasProfile = length >= MOST_HEADER_BYTES && header.readUInt32LE(AT.space) === EMBEDDED
  const profile = {
    at: header.readUInt32LE(AT.profile),
    length: header.readUInt32LE(AT.profile + 4),
  }
  return {
    width: header.readInt32LE(4),
    height: Math.abs(height),
    length,
    isTopDown: height < 0,
    depth,
    packing: packingOf(compression, depth, isOfOs2),
    masks: masksOf(header, { depth, hasMasks, length, compression }),
    hasMasks,
    palette: { at, bytes: 4, count },
    end: at + 4 * count,
    resolution: resolutionOf(header),
    profile: hasProfile ? profile : undefined,
  }
}

function hasWindowsMasks(length: number): boolean {
  return length === 52 || length === WITH_ALPHA_MASK
}

function readOldest(bytes: Buffer): BitmapHeader | undefined {
  if (bytes.length < OLDEST) return undefined
  const depth = bytes.readUInt16LE(10)
  const count = INDEXED.has(depth) ? 2 ** depth : 0
  return {
    width: bytes.readUInt16LE(4),
    height: bytes.readUInt16LE(6),
    length: OLDEST,
    isTopDown: false,
    depth,
    packing: 'none',
    masks: usualMasks(depth, 0),
    hasMasks: false,
    palette: { at: OLDEST, bytes: 3, count },
    end: OLDEST + 3 * count,
    resolution: undefined,
    profile: undefined,
  }
}

function packingOf(compression: number, depth: number, isOfOs2: boolean): BitmapPacking {
  switch (compression) {
    case 0:
      return 'none'
    case COMPRESSION.runsOf8:
    case COMPRESSION.runsOf4:
      return 'runs'
    case COMPRESSION.masks:
      return isOfOs2 || depth === 1 ? 'huffman' : 'none'
    case COMPRESSION.jpeg:
      // OS/2 has runs of three bytes under this number.
      return isOfOs2 || depth === 24 ? 'runs' : 'jpeg'
    case COMPRESSION.png:
      return 'png'
    case COMPRESSION.fourMasks:
      return 'none'
    default:
      return 'unknown'
  }
}

function masksOf(
  header: Buffer,
  {
    depth,
    hasMasks,
    length,
    compression,
  }: {
    readonly depth: number
    readonly hasMasks: boolean
    readonly length: number
    readonly compression: number
  },
): BitmapHeader['masks'] {
  const [red = 0, green = 0, blue = 0, alpha = 0] = [0, 4, 8, 12].map((at) =>
    header.readUInt32LE(AT.masks + at),
  )
  if (hasMasks) {
    const hasFour = length >= WITH_ALPHA_MASK || compression === COMPRESSION.fourMasks
    return [red, green, blue, hasFour ? alpha : 0]
  }
  // Without a word on it the fourth byte of a pixel means nothing.
  return usualMasks(depth, length >= VERSION_4 && depth === 32 ? alpha : 0)
}

function usualMasks(depth: number, alpha: number): BitmapHeader['masks'] {
  return depth === 16 ? [0x7c00, 0x03e0, 0x001f, 0] : [0xff_0000, 0xff00, 0xff, alpha]
}

function resolutionOf(header: Buffer): BitmapHeader['resolution'] {
  const [x = 0, y = 0] = [0, 4].map((at) => header.readInt32LE(AT.resolution + at) * METRES)
  const isSound = [x, y].every((each) => each >= 1 && each <= MOST_RESOLUTION)
  return isSound ? { x, y } : undefined
}
