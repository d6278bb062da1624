import { IncompleteFile } from '../../magick-source.ts'
import { countMultiples, type ExrChunk } from './chunk.ts'
import type { ExrChannel } from './header.ts'
import { unpackHuffman } from './huffman.ts'

/** As many values there are of 16 bits, and bytes with a bit for each. */
const VALUES = 65_536
const BITMAP_BYTES = VALUES / 8

/** Up to as many values, sums of two do not overflow. */
const FEW_VALUES = 16_384

/**
 * Unpacks wavelets: of the values of 16 bits that there are, the numbers are transformed plane by plane and then coded as Huffman has it
 * (OpenEXR technical introduction, "PIZ").
 */
export function unpackPiz(packed: Buffer, { channels, window, runs, length }: ExrChunk): Buffer {
  const { table, end } = readValues(packed)
  const size = packed.length < end + 4 ? -1 : packed.readUInt32LE(end)
  if (size < 0 || end + 4 + size > packed.length)
    throw new IncompleteFile('A chunk has too few bytes.')
  const numbers = unpackHuffman(packed.subarray(end + 4, end + 4 + size), length / 2)
  const places = new Map<ExrChannel, number>()
  let from = 0
  for (const channel of channels) {
    const width = countMultiples(window.left, window.right, channel.across)
    const height = countMultiples(window.top, window.bottom, channel.down)
    const words = channel.bytes / 2
    for (let word = 0; word < words; word += 1) {
      const plane = { at: from + word, width, height, step: words }
      undoWavelet(numbers, plane, table.length <= FEW_VALUES)
    }
    places.set(channel, from)
    from += width * height * words
  }
  const unpacked = Buffer.allocUnsafe(length)
  let to = 0
  for (const { channel, count } of runs) {
    const start = places.get(channel) ?? 0
    const words = count * (channel.bytes / 2)
    for (let index = start; index < start + words; index += 1, to += 2)
      unpacked.writeUInt16LE(table[numbers[index] ?? 0] ?? 0, to)
    places.set(channel, start + words)
  }
  return unpacked
}

/** The values that there are, in their order: 0 is always one. */
function readValues(packed: Buffer): {
  readonly table: readonly number[]
  readonly end: number
} {
  if (packed.length < 4) throw new IncompleteFile('A chunk has too few bytes.')
  const [first, last] = [packed.readUInt16LE(0), packed.readUInt16LE(2)]
  const bytes = Math.max(0, last - first + 1)
  if (last >= BITMAP_BYTES || 4 + bytes > packed.length)
    throw new IncompleteFile('The values of a chunk are damaged.')
  const table = [0]
  for (let index = 0; index < bytes; index += 1) {
    const byte = packed[4 + index] ?? 0
    for (let bit = 0; bit < 8; bit += 1) {
      const value = (first + index) * 8 + bit
      if ((byte & (1 << bit)) !== 0 && value > 0) table.push(value)
    }
  }
  return { table, end: 4 + bytes }
}

/** Where the numbers of a plane are among others. */
interface Plane {
  readonly at: number
  readonly width: number
  readonly height: number
  /** How far apart they are. */
  readonly step: number
}

/** Undoes the wavelets of Haar in two dimensions, from the coarsest to the finest, in place. */
function undoWavelet(numbers: Uint16Array, plane: Plane, areFew: boolean): void {
  const { at, width, height, step } = plane
  const undo = areFew ? undoFew : undoMany
  const shorter = Math.min(width, height)
  let far = 1
  while (far <= shorter) far *= 2
  for (far /= 2; far > 1; far /= 2) {
    const near = far / 2
    const [across, down] = [step * near, step * width * near]
    let y = 0
    for (; y + far <= height; y += far) {
      const row = at + y * width * step
      let x = 0
      for (; x + far <= width; x += far) {
        const place = row + x * step
        undo(numbers, place, place + down)
        undo(numbers, place + across, place + across + down)
        undo(numbers, place, place + across)
        undo(numbers, place + down, place + down + across)
      }
      if ((width & near) !== 0) undo(numbers, row + x * step, row + x * step + down)
    }
    if ((height & near) !== 0) {
      const row = at + y * width * step
      for (let x = 0; x + far <= width; x += far)
        undo(numbers, row + x * step, row + x * step + across)
    }
  }
}

/** Makes two numbers of a mean and a difference. */
type Undo = (numbers: Uint16Array, low: number, high: number) => void

const undoFew: Undo = (numbers, low, high) => {
  const difference = signed(numbers[high] ?? 0)
  const first = signed(numbers[low] ?? 0) + (difference & 1) + (difference >> 1)
  numbers[low] = first
  numbers[high] = first - difference
}

/** Numbers that may be any of 16 bits are counted around. */
const undoMany: Undo = (numbers, low, high) => {
  const [mean, difference] = [numbers[low] ?? 0, numbers[high] ?? 0]
  const second = (mean - (difference >> 1)) & 0xffff
  numbers[high] = second
  numbers[low] = (difference + second - 0x8000) & 0xffff
}

function signed(word: number): number {
  return (word << 16) >> 16
}
