import { sharp } from '../../pictures/libvips.ts'

/** A picture of two colours as fax machines send it (ITU-T T.6). */
export interface FaxPicture {
  readonly data: Buffer
  /** Rows and columns are some more than those of the picture, at its right and its bottom. */
  readonly width: number
  readonly height: number
}

/** Tags of TIFF 6.0: of tiles, their length in rows and columns, places and sizes in bytes. */
const TILE_WIDTH = 322
const TILE_LENGTH = 323
const TILE_OFFSETS = 324
const TILE_BYTES = 325

/** Sides of tiles are multiples of this. */
const TILE_STEP = 16

/**
 * Compresses a byte a pixel, of which 255 is black.
 *
 * @throws {RangeError} when libvips writes something else than it was told
 */
export async function compressFax(
  pixels: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<FaxPicture> {
  // One tile is one piece of data, where strips would be many.
  const tile = { tile: true, tileWidth: sideOf(width), tileHeight: sideOf(height) }
  const tiff = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, ...tile })
    .toBuffer()
  const start = tiff.readUInt32LE(4)
  const fields = new Map<number, number>()
  for (let field = 0; field < tiff.readUInt16LE(start); field += 1) {
    const at = start + 2 + 12 * field
    // Numbers of 16 bits stand at the beginning of the 32.
    const isShort = tiff.readUInt16LE(at + 2) === 3
    fields.set(
      tiff.readUInt16LE(at),
      isShort ? tiff.readUInt16LE(at + 8) : tiff.readUInt32LE(at + 8),
    )
  }
  const [tileWidth, tileHeight] = [fields.get(TILE_WIDTH), fields.get(TILE_LENGTH)]
  const [offset, bytes] = [fields.get(TILE_OFFSETS), fields.get(TILE_BYTES)]
  if (
    !tiff.subarray(0, 2).equals(Buffer.from('II')) ||
    offset === undefined ||
    bytes === undefined
  ) {
    throw new RangeError('a TIFF of another kind was written')
  }
  if (tileWidth !== tile.tileWidth || tileHeight !== tile.tileHeight) {
    throw new RangeError('a TIFF of several tiles was written')
  }
  return { data: tiff.subarray(offset, offset + bytes), width: tileWidth, height: tileHeight }
}

/** The side of a tile that holds so many pixels. */
function sideOf(count: number): number {
  return Math.ceil(count / TILE_STEP) * TILE_STEP
}
