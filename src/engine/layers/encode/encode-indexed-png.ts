import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { pngChunk, pngResolution } from '../../pictures/headers/png-chunk.ts'
import type { PixelEncoder } from './file-encoder.ts'
import { profileOf } from './icc-profile.ts'
import { resolutionOf } from './open-in-colours.ts'
import type { IndexedPicture } from './palette/indexed-picture.ts'
import { toIndexed } from './palette/to-indexed.ts'
import { toWrittenColours } from './to-written-colours.ts'

const compress = promisify(deflate)

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const INDEXED = 3

/**
 * Encodes a PNG with a palette (PNG specification, 4.4). That of libvips would take colours near the given ones, and seconds
 * for it.
 */
export const encodeIndexedPng: PixelEncoder = async (raster, encoding) => {
  const coloured = await toWrittenColours(raster, encoding)
  const picture = toIndexed(coloured, encoding.palette, 'any')
  const { colours } = picture
  const depth = [1, 2, 4].find((bits) => 2 ** bits >= colours.length) ?? 8
  const header = Buffer.alloc(13)
  header.writeUInt32BE(picture.width, 0)
  header.writeUInt32BE(picture.height, 4)
  header.set([depth, INDEXED], 8)
  const profile = encoding.embedProfile ? await profileOf(encoding) : undefined
  const transparent = colours.findLastIndex(({ alpha }) => alpha < 255) + 1
  const chunks = [
    pngChunk('IHDR', header),
    ...(profile ? [pngChunk('iCCP', await profileData(profile))] : []),
    pngChunk('PLTE', Buffer.from(colours.flatMap(({ red, green, blue }) => [red, green, blue]))),
    ...(transparent > 0
      ? [pngChunk('tRNS', Buffer.from(colours.slice(0, transparent).map(({ alpha }) => alpha)))]
      : []),
    pngResolution(resolutionOf(encoding)),
    ...(encoding.xmp ? [pngChunk('iTXt', xmpData(encoding.xmp))] : []),
    pngChunk('IDAT', await compress(packRows(picture, depth))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([SIGNATURE, ...chunks])
}

/** A name, how it is compressed, and the profile. */
async function profileData(profile: Uint8Array): Promise<Buffer> {
  return Buffer.concat([Buffer.from('icc\0\0', 'latin1'), await compress(profile)])
}

/** Not compressed, in no language, and with no translation of its keyword (XMP specification, part 3, 1.1.5). */
function xmpData(xmp: string): Buffer {
  return Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`)
}

/** Rows, each with the byte that says it has no filter, and as many pixels in a byte as there is room for. */
function packRows({ width, height, indices }: IndexedPicture, depth: number): Buffer {
  const rowBytes = 1 + Math.ceil((width * depth) / 8)
  const packed = Buffer.alloc(rowBytes * height)
  for (let y = 0; y < height; y += 1) {
    const start = y * rowBytes + 1
    const row = indices.subarray(y * width, (y + 1) * width)
    if (depth === 8) {
      packed.set(row, start)
      continue
    }
    for (const [x, index] of row.entries()) {
      const bit = x * depth
      const at = start + (bit >> 3)
      packed[at] = (packed[at] ?? 0) | (index << (8 - depth - (bit & 7)))
    }
  }
  return packed
}
