import { corruptSource } from '../../../base/operation-error.ts'
import { withOpenFile } from '../../../sources/open-file.ts'
import type { SourceKind } from '../sources/kinds.ts'
import type { SourceMetadata } from './source-metadata.ts'

type PictureSize = NonNullable<SourceMetadata['size']>

/** As much as the headers take: an ICO file has at most 255 entries worth reading. */
const HEADER_BYTES = 6 + 255 * 16

const READERS: Readonly<Record<string, (header: Buffer) => PictureSize>> = {
  SGI: (header) => ({ width: header.readUInt16BE(6), height: header.readUInt16BE(8) }),
  BMP: (header) =>
    // The first of its headers had shorter numbers; later ones have a negative height when rows go downwards.
    header.readUInt32LE(14) === 12
      ? { width: header.readUInt16LE(18), height: header.readUInt16LE(20) }
      : { width: header.readInt32LE(18), height: Math.abs(header.readInt32LE(22)) },
  ICO: readLargestIcon,
  // Its frame, in hundredths of a millimetre, with 96 pixels an inch.
  EMF: (header) => ({
    width: Math.round(((header.readInt32LE(32) - header.readInt32LE(24)) * 96) / 2540),
    height: Math.round(((header.readInt32LE(36) - header.readInt32LE(28)) * 96) / 2540),
  }),
}

/** Reads the size of a picture of which metadata say nothing else. */
export function readPictureSize({ title }: SourceKind, path: string): SourceMetadata {
  const header = withOpenFile(path, (file) => file.read(0, HEADER_BYTES))
  try {
    const size = READERS[title]?.(header)
    if (size && size.width > 0 && size.height > 0) return { size }
  } catch (error) {
    // It ends within its header.
    if (!(error instanceof RangeError)) throw error
  }
  throw corruptSource(title)
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
