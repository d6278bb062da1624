import type { PixelEncoder } from './file-encoder.ts'
import { packLzw } from './gif-lzw.ts'
import { toIndexed } from './palette/to-indexed.ts'
import { toWrittenColours } from './to-written-colours.ts'

/** Colours follow, each with eight bits a component; how many is added. */
const HAS_COLOURS = 0xf0
const HAS_TRANSPARENT = 1
const TRAILER = 0x3b

/**
 * Encodes a GIF of one frame (GIF89a). That of libvips would take colours near the given ones, and seconds for it. What is at
 * least half opaque is opaque.
 */
export const encodeGif: PixelEncoder = async (raster, encoding) => {
  const coloured = await toWrittenColours(raster, encoding)
  const { width, height, indices, colours } = toIndexed(coloured, encoding.palette, 'one bit')
  const bits = Math.max(1, Math.ceil(Math.log2(colours.length)))
  const screen = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1')
  screen.writeUInt16LE(width, 6)
  screen.writeUInt16LE(height, 8)
  screen.writeUInt8(HAS_COLOURS | (bits - 1), 10)
  const table = Buffer.alloc(3 * 2 ** bits)
  table.set(colours.flatMap(({ red, green, blue }) => [red, green, blue]))
  const image = Buffer.from(',\0\0\0\0\0\0\0\0\0', 'latin1')
  image.writeUInt16LE(width, 5)
  image.writeUInt16LE(height, 7)
  const key = colours.findIndex(({ alpha }) => alpha === 0)
  return Buffer.concat([
    screen,
    table,
    ...(key === -1 ? [] : [Buffer.from([0x21, 0xf9, 4, HAS_TRANSPARENT, 0, 0, key, 0])]),
    image,
    packLzw(indices, bits),
    Buffer.from([TRAILER]),
  ])
}
