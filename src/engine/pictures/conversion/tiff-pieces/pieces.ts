import { numbersOf, TIFF_TAGS, type TiffDirectory } from '../../../../sources/tiff-directory.ts'
import { HugeFile, IncompleteFile, MAX_READ_BYTES } from '../magick-source.ts'
import type { TiffLayout } from './layout.ts'

/** A piece of a picture. */
export interface Piece {
  /** Where it is in the file. */
  readonly place: { readonly start: number; readonly length: number }
  readonly left: number
  readonly top: number
  /** Which of the samples it has, from 0, where they are in planes. */
  readonly plane: number
  /** How many rows it has, and how many bytes each of them. */
  readonly rows: number
  readonly rowBytes: number
}

/** What has to be known of a picture to find its pieces. */
type Divided = Pick<TiffLayout, 'width' | 'height' | 'piece' | 'inPlanes' | 'samples' | 'format'>

/**
 * Finds the pieces of a picture, plane by plane.
 *
 * @throws {@link IncompleteFile} when the file does not tell where all of them are, {@link HugeFile} when they are too large
 */
export function* walkPieces(directory: TiffDirectory, layout: Divided): Generator<Piece> {
  const { width, height, piece, inPlanes, samples, format } = layout
  if (piece.width < 1 || piece.height < 1) throw new IncompleteFile('The pieces have no size.')
  const rowBytes = Math.ceil((piece.width * (inPlanes ? 1 : samples) * format.bits) / 8)
  if (rowBytes * piece.height > MAX_READ_BYTES) throw new HugeFile('A piece is too large.')
  const across = Math.ceil(width / piece.width)
  const down = Math.ceil(height / piece.height)
  const count = across * down * (inPlanes ? samples : 1)
  const [starts, lengths] = (
    piece.isTile
      ? [TIFF_TAGS.tileOffsets, TIFF_TAGS.tileByteCounts]
      : [TIFF_TAGS.stripOffsets, TIFF_TAGS.stripByteCounts]
  ).map((tag) => numbersOf(directory, tag, count))
  for (let index = 0; index < count; index += 1) {
    const [start, length] = [starts?.[index], lengths?.[index]]
    if (start === undefined || length === undefined)
      throw new IncompleteFile('The file does not tell where all of its pieces are.')
    const place = index % (across * down)
    const top = Math.floor(place / across) * piece.height
    yield {
      place: { start, length },
      left: (place % across) * piece.width,
      top,
      plane: Math.floor(index / (across * down)),
      rows: piece.isTile ? piece.height : Math.min(piece.height, height - top),
      rowBytes,
    }
  }
}
