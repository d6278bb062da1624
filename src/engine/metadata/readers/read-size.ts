import { corruptSource } from '../../../base/operation-error.ts'
import { withDrawing } from '../../../sources/open-file.ts'
import type { SourceKind } from '../sources/kinds.ts'
import type { SourceMetadata } from './source-metadata.ts'

type PictureSize = NonNullable<SourceMetadata['size']>

/** As much as the headers take: an ICO file has at most 255 entries worth reading. */
const HEADER_BYTES = 6 + 255 * 16

/** The mark of a WMF whose header says how large it is ([MS-WMF], 2.3.2.3). */
const PLACEABLE = 0x9ac6cdd7

const READERS: Readonly<Record<string, (header: Buffer) => PictureSize | undefined>> = {
  SGI: (header) => ({ width: header.readUInt16BE(6), height: header.readUInt16BE(8) }),
  BMP: (header) =>
    // The first of its headers had shorter numbers; later ones have a negative height when rows go downwards.
    header.readUInt32LE(14) === 12
      ? { width: header.readUInt16LE(18), height: header.readUInt16LE(20) }
      : { width: header.readInt32LE(18), height: Math.abs(header.readInt32LE(22)) },
  ICO: readLargestIcon,
  TGA: (header) => ({ width: header.readUInt16LE(12), height: header.readUInt16LE(14) }),
  DDS: (header) => ({ width: header.readUInt32LE(16), height: header.readUInt32LE(12) }),
  PNM: readWords,
  PFM: readWords,
  PICT: readFrame,
  // Its frame, in hundredths of a millimetre, with 96 pixels an inch.
  EMF: (header) => ({
    width: Math.round(((header.readInt32LE(32) - header.readInt32LE(24)) * 96) / 2540),
    height: Math.round(((header.readInt32LE(36) - header.readInt32LE(28)) * 96) / 2540),
  }),
  WMF: readPlacedSize,
}

/** Reads the size of a picture of which metadata say nothing else. */
export function readPictureSize({ title }: SourceKind, path: string): SourceMetadata {
  const header = withDrawing(path, title, (file) => file.read(0, HEADER_BYTES))
  try {
    const size = READERS[title]?.(header)
    if (title === 'WMF' && size === undefined) return {}
    if (size && size.width > 0 && size.height > 0)
      return { size, mediaType: title === 'PNM' ? toldOfWords(header) : undefined }
  } catch (error) {
    // It ends within its header.
    if (!(error instanceof RangeError)) throw error
  }
  throw corruptSource(title)
}

/** The frame of a WMF, with 96 pixels an inch; undefined where its header does not tell. */
function readPlacedSize(header: Buffer): PictureSize | undefined {
  if (header.readUInt32LE(0) !== PLACEABLE) return undefined
  const at = (offset: number): number => header.readInt16LE(offset)
  const scale = 96 / Math.max(1, header.readUInt16LE(14))
  return {
    width: Math.round(Math.abs(at(10) - at(6)) * scale),
    height: Math.round(Math.abs(at(12) - at(8)) * scale),
  }
}

/** Of PAM the numbers have names; of the others they follow two letters, between blanks and comments. */
function readWords(header: Buffer): PictureSize {
  const text = header.toString('latin1').replaceAll(/#[^\n]*\n/g, ' ')
  const named = (name: string) => new RegExp(`^${name} +(\\d{1,9})`, 'm').exec(text)?.[1]
  const [, width, height] = /^P[1-6Ff]\s+(\d{1,9})\s+(\d{1,9})\s/.exec(text) ?? []
  return {
    width: Number(width ?? named('WIDTH') ?? 0),
    height: Number(height ?? named('HEIGHT') ?? 0),
  }
}

/** PNM is what all of them are called together: by the number behind the P, bits, grey, colours, or what a header describes. */
const MAPS = ['bitmap', 'graymap', 'pixmap']

function toldOfWords(header: Buffer): string {
  const map = MAPS[(Number(header.toString('latin1', 1, 2)) - 1) % 3]
  const isDescribed = header.toString('latin1', 0, 2) === 'P7'
  return `image/x-portable-${isDescribed || map === undefined ? 'arbitrarymap' : map}`
}

/** Behind what a file has before its picture, which a resource has not. */
function readFrame(header: Buffer): PictureSize {
  const start = header.toString('hex', 10, 14) === '001102ff' ? 0 : 512
  const at = (offset: number): number => header.readInt16BE(start + offset)
  return { width: at(8) - at(4), height: at(6) - at(2) }
}

function readLargestIcon(header: Buffer): PictureSize {
  const sizes = Array.from({ length: Math.min(header.readUInt16LE(4), 255) }, (_, index) => {
    const entry = 6 + index * 16
    // 256 is written as 0.
    return {
      width: header.readUInt8(entry) || 256,
      height: header.readUInt8(entry + 1) || 256,
    }
  })
  const [largest] = sizes.toSorted(
    (one, other) => other.width * other.height - one.width * one.height,
  )
  return largest ?? { width: 0, height: 0 }
}
