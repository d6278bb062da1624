import { sharp } from '../../pictures/libvips.ts'

/** Tags of TIFF 6.0: where strips are, and of how many bytes. */
const STRIP_OFFSETS = 273
const STRIP_BYTES = 279

/** What a field holds if it is 16 bits. */
const SHORT = 3

/**
 * Compresses a byte a pixel, of which 255 is black, as fax machines send it (ITU-T T.6).
 *
 * @throws {RangeError} when libvips writes something else than it was told
 */
export async function compressFax(
  pixels: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Buffer> {
  // Of strips, this is how many rows they have: all of them in one.
  const strip = { tile: false, tileHeight: height }
  const tiff = await sharp(pixels, {
    raw: { width, height, channels: 1 },
    limitInputPixels: false,
  })
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, ...strip })
    .toBuffer()
  const start = tiff.readUInt32LE(4)
  const fields = new Map<number, number>()
  for (let field = 0; field < tiff.readUInt16LE(start); field += 1) {
    const at = start + 2 + 12 * field
    if (tiff.readUInt32LE(at + 4) !== 1) continue
    // Numbers of 16 bits stand at the beginning of the 32.
    const isShort = tiff.readUInt16LE(at + 2) === SHORT
    fields.set(
      tiff.readUInt16LE(at),
      isShort ? tiff.readUInt16LE(at + 8) : tiff.readUInt32LE(at + 8),
    )
  }
  const [offset, bytes] = [fields.get(STRIP_OFFSETS), fields.get(STRIP_BYTES)]
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  if (!isLittle || offset === undefined || bytes === undefined) {
    throw new RangeError('a TIFF of another kind was written')
  }
  return tiff.subarray(offset, offset + bytes)
}

/** A byte a pixel: 255 for each bit that is set, of rows that begin with a byte each. */
export function spreadBits(
  bits: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array {
  const pixels = new Uint8Array(width * height)
  const rowBytes = Math.ceil(width / 8)
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const byte = bits[y * rowBytes + (x >> 3)] ?? 0
      if (byte & (0x80 >> (x & 7))) pixels[at] = 255
    }
  }
  return pixels
}
