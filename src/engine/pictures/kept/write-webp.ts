import type { Size } from '../dimensions.ts'
import type { KeptMetadata } from './kept-metadata.ts'
import type { Piece, PiecedFile } from './pieces.ts'

const FLAGS = { profile: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 } as const

/** The name of the file format, its length and that of WebP. */
const HEAD_BYTES = 12

/** The chunk of a file that has more than a picture. */
const EXTENDED_BYTES = 18

/**
 * Has metadata in a WebP (RFC 9649, 2.7), which has no place for those of the IPTC.
 *
 * @param shown - how large the picture is, for a file that does not say it where metadata want it said
 */
export function intoWebp(
  { read, size }: PiecedFile,
  { exif, xmp, profile }: KeptMetadata,
  shown: Size,
): Piece[] {
  const flags = (profile ? FLAGS.profile : 0) | (exif ? FLAGS.exif : 0) | (xmp ? FLAGS.xmp : 0)
  const first = Buffer.from(read(HEAD_BYTES, EXTENDED_BYTES))
  const isExtended = first.toString('latin1', 0, 4) === 'VP8X'
  const head = isExtended ? first : chunk('VP8X', headOf(first, shown))
  head.writeUInt8(head.readUInt8(8) | flags, 8)
  const before = [head, ...(profile ? [chunk('ICCP', profile)] : [])]
  const behind = [...(exif ? [chunk('EXIF', exif)] : []), ...(xmp ? [chunk('XMP ', xmp)] : [])]
  const picture = { start: isExtended ? HEAD_BYTES + EXTENDED_BYTES : HEAD_BYTES, end: size }
  const added = [...before, ...behind].reduce((sum, { length }) => sum + length, 0)
  const riff = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  riff.writeUInt32LE(HEAD_BYTES - 8 + added + picture.end - picture.start, 4)
  return [riff, ...before, picture, ...behind]
}

/** What the one picture of a file without such a chunk is: its size, and whether it is transparent. */
function headOf(first: Buffer, { width, height }: Size): Buffer {
  const content = Buffer.alloc(10)
  // The bit behind both sides of a picture without loss (RFC 9649, 3.4).
  const isLossless = first.toString('latin1', 0, 4) === 'VP8L'
  const isTransparent = isLossless && (first.readUInt8(12) & 0x10) !== 0
  content.writeUInt8(isTransparent ? FLAGS.alpha : 0)
  content.writeUIntLE(width - 1, 4, 3)
  content.writeUIntLE(height - 1, 7, 3)
  return content
}

function chunk(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}
