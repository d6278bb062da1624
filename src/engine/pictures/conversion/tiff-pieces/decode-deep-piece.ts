import { decodeDeepJpeg } from '../deep-jpeg/decode-deep-jpeg.ts'
import { IncompleteFile } from '../magick-source.ts'
import { DECODED_JPEG } from './piece-codings.ts'

/** What begins and ends a JPEG (ITU-T T.81, table B.1), in bytes. */
const MARKER_BYTES = 2

interface PieceShape {
  readonly rows: number
  readonly rowBytes: number
  /** How many samples a pixel has. */
  readonly samples: number
}

/**
 * Decodes a piece that is a JPEG of more bits than others read.
 *
 * @param tables - those that all pieces share, as a JPEG without a picture (TIFF 6.0, Technical Note 2)
 * @throws {@link IncompleteFile} when it is damaged or another picture than it is to be, {@link UnknownFeature} when it is coded in a
 *   way that is not read here
 */
export function decodeDeepPiece(
  piece: Buffer,
  tables: Buffer | undefined,
  { rows, rowBytes, samples }: PieceShape,
): Buffer {
  const jpeg =
    tables === undefined
      ? piece
      : Buffer.concat([tables.subarray(0, -MARKER_BYTES), piece.subarray(MARKER_BYTES)])
  const { frame, planes } = decodeDeepJpeg(jpeg)
  const width = rowBytes / (2 * samples)
  if (frame.width < width || frame.height < rows || planes.length !== samples)
    throw new IncompleteFile('A piece of the picture has another size than it is to have.')
  const scale = (2 ** DECODED_JPEG.bits - 1) / (2 ** frame.precision - 1)
  const bytes = Buffer.alloc(rowBytes * rows)
  for (const [index, plane] of planes.entries()) {
    for (let y = 0; y < rows; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const sample = plane.samples[y * plane.width + x] ?? 0
        const at = y * rowBytes + 2 * (x * samples + index)
        bytes.writeUInt16LE(Math.round(sample * scale), at)
      }
    }
  }
  return bytes
}
