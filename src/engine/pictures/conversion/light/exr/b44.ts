import { halfToFloat, toHalf } from '../../half.ts'
import { IncompleteFile } from '../../magick-source.ts'
import { countMultiples, type ExrChunk } from './chunk.ts'
import { EXR_TYPES, type ExrChannel } from './header.ts'

/** A block of 4 × 4 samples has so many bytes, and one that is the same all over fewer. */
const BLOCK_BYTES = 14
const FLAT_BLOCK_BYTES = 3
const FLAT = 0xfc

/**
 * Unpacks blocks of 4 × 4 samples of half precision, channel by channel; other samples stand as they are
 * (OpenEXR technical introduction, "B44").
 */
export function unpackB44(packed: Buffer, chunk: ExrChunk): Buffer {
  const planes = new Map<ExrChannel, { readonly bytes: Buffer; taken: number }>()
  let from = 0
  for (const channel of chunk.channels) {
    const { left, top, right, bottom } = chunk.window
    const width = countMultiples(left, right, channel.across)
    const height = countMultiples(top, bottom, channel.down)
    const isPacked = channel.type === EXR_TYPES.half
    const end = isPacked ? packed.length : from + width * height * channel.bytes
    const bytes = isPacked ? Buffer.alloc(width * height * 2) : packed.subarray(from, end)
    from = isPacked ? unpackBlocks(packed, from, bytes, { width, height, channel }) : end
    if (from > packed.length) throw new IncompleteFile('A chunk has too few bytes.')
    planes.set(channel, { bytes, taken: 0 })
  }
  const rows = chunk.runs.flatMap(({ channel, count }) => {
    const plane = planes.get(channel)
    if (plane === undefined) return []
    const start = plane.taken
    plane.taken += count * channel.bytes
    return [plane.bytes.subarray(start, plane.taken)]
  })
  return Buffer.concat(rows)
}

function unpackBlocks(
  packed: Buffer,
  start: number,
  into: Buffer,
  {
    width,
    height,
    channel,
  }: { readonly width: number; readonly height: number; readonly channel: ExrChannel },
): number {
  const block = new Uint16Array(16)
  let from = start
  for (let top = 0; top < height; top += 4) {
    for (let left = 0; left < width; left += 4) {
      const isFlat = (packed[from + 2] ?? 0) >= FLAT
      const length = isFlat ? FLAT_BLOCK_BYTES : BLOCK_BYTES
      if (from + length > packed.length) throw new IncompleteFile('A chunk has too few bytes.')
      if (isFlat) block.fill(packed.readUInt16BE(from))
      else unpackBlock(packed.subarray(from, from + length), block)
      from += length
      for (let index = 0; index < 16; index += 1) {
        const [x, y] = [left + (index & 3), top + (index >> 2)]
        if (x >= width || y >= height) continue
        const ordered = block[index] ?? 0
        const half = (ordered & 0x8000) === 0 ? ~ordered & 0xffff : ordered & 0x7fff
        const value = channel.isLogarithmic ? logarithmOf(half) : half
        into.writeUInt16LE(value, (y * width + x) * 2)
      }
    }
  }
  return from
}

/** The first sample, and of every other its difference from the one above it, or in the first row from the one before it. */
function unpackBlock(bytes: Buffer, block: Uint16Array): void {
  block[0] = bytes.readUInt16BE(0)
  const shift = (bytes[2] ?? 0) >> 2
  const bias = 0x20 << shift
  let bit = 22
  const add = (to: number, from: number): void => {
    const word = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0)
    const difference = (word >> (10 - (bit & 7))) & 0x3f
    block[to] = (block[from] ?? 0) + (difference << shift) - bias
    bit += 6
  }
  for (const row of [4, 8, 12]) add(row, row - 4)
  for (const column of [1, 2, 3]) {
    for (const row of [0, 4, 8, 12]) add(row + column, row + column - 1)
  }
}

function logarithmOf(half: number): number {
  const value = halfToFloat(half)
  return value > 0 && value < Number.POSITIVE_INFINITY ? toHalf(8 * Math.log(value)) : 0
}
