import { inflateSync } from 'node:zlib'
import { IncompleteFile, type SourceBytes, UnknownFeature } from '../magick-source.ts'
import { placesOfTiles, type XcfFile, type XcfPixels } from './file.ts'

/** The sides of a tile, in pixels; those at the edges are smaller. */
const SIDE = 64

/** A part of a layer or a mask. */
export interface XcfTile {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly pixelBytes: number
  /** Its pixels, row by row. */
  readonly bytes: Buffer
}

/** How tiles are packed, by the number of the compression. */
const RUN_LENGTH = 1
const DEFLATE = 2

/**
 * Unpacks the tiles of a layer or a mask one by one.
 *
 * @throws {@link IncompleteFile} when one is damaged
 */
export function* tilesOf(
  file: SourceBytes,
  { placeBytes, compression }: Pick<XcfFile, 'placeBytes' | 'compression'>,
  pixels: XcfPixels,
): Generator<XcfTile> {
  const { width, height } = pixels
  const across = Math.ceil(width / SIDE)
  const count = across * Math.ceil(height / SIDE)
  if (count * placeBytes > file.size) throw new IncompleteFile('The file ends before its tiles.')
  const { places, pixelBytes } = placesOfTiles(file, pixels, placeBytes, count)
  if (pixelBytes < 1 || pixelBytes > 32) throw new IncompleteFile('The pixels have no length.')
  for (const [index, place] of places.entries()) {
    const [left, top] = [SIDE * (index % across), SIDE * Math.floor(index / across)]
    const size = { width: Math.min(SIDE, width - left), height: Math.min(SIDE, height - top) }
    const length = size.width * size.height * pixelBytes
    // Nothing that is packed gets much longer.
    const most = Math.min(file.size - place, 2 * length + 1024)
    if (place === 0 || most < 0) throw new IncompleteFile('A tile is not there.')
    const packed = file.read([{ start: place, length: most }])
    const bytes = unpack(packed, { compression, length, pixelBytes })
    yield { left, top, ...size, pixelBytes, bytes }
  }
}

interface Packed {
  readonly compression: number
  readonly length: number
  readonly pixelBytes: number
}

function unpack(packed: Buffer, { compression, length, pixelBytes }: Packed): Buffer {
  if (compression === RUN_LENGTH) return unpackRuns(packed, length, pixelBytes)
  if (compression === DEFLATE) return inflate(packed, length)
  if (compression !== 0)
    throw new UnknownFeature(
      `a compression (number ${compression}) that cannot be read; run-length encoding, zlib or none can`,
    )
  if (packed.length < length) throw new IncompleteFile('The file ends within a tile.')
  return packed.subarray(0, length)
}

function inflate(packed: Buffer, length: number): Buffer {
  try {
    const bytes = inflateSync(packed, { maxOutputLength: length })
    if (bytes.length === length) return bytes
  } catch (error) {
    throw new IncompleteFile('A tile cannot be inflated.', { cause: error })
  }
  throw new IncompleteFile('A tile has too few bytes.')
}

/** Above this a head says how many bytes follow, below how many times the next one comes. */
const LONGEST_RUN = 127

/** All first bytes of the pixels, then all second ones, and so on. */
function unpackRuns(packed: Buffer, length: number, pixelBytes: number): Buffer {
  const bytes = Buffer.alloc(length)
  let from = 0
  for (let plane = 0; plane < pixelBytes; plane += 1) {
    for (let to = plane; to < length;) {
      const head = packed[from] ?? 0
      from += 1
      const isRun = head <= LONGEST_RUN
      let count = isRun ? head + 1 : 256 - head
      // Longer ones are told in two bytes.
      if (head === LONGEST_RUN || head === LONGEST_RUN + 1) {
        count = (packed[from] ?? 0) * 256 + (packed[from + 1] ?? 0)
        from += 2
      }
      const end = from + (isRun ? 1 : count)
      if (end > packed.length || to + (count - 1) * pixelBytes >= length || count === 0)
        throw new IncompleteFile('A tile is damaged.')
      for (let index = 0; index < count; index += 1, to += pixelBytes)
        bytes[to] = packed[from + (isRun ? 0 : index)] ?? 0
      from = end
    }
  }
  return bytes
}
