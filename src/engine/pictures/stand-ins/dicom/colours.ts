import { damagedDicom } from './damaged.ts'
import { type DataSet, TAGS } from './data-set.ts'

/** Writes red, green and blue of a stored value into three bytes. */
export type ShowColour = (value: number, into: Uint8Array, at: number) => void

const CHANNELS = [
  [TAGS.redDescriptor, TAGS.red],
  [TAGS.greenDescriptor, TAGS.green],
  [TAGS.blueDescriptor, TAGS.blue],
] as const

/**
 * Reads the palette of a file (PS3.3, C.7.6.3.1.5): for each channel how many entries it has, the value that the first of them
 * is for, and how many bits it has.
 *
 * @throws {@link OperationError} source_corrupt when there is none
 */
export function readPalette(set: DataSet): ShowColour {
  const channels = CHANNELS.map(([descriptor, data]) => {
    const [count = 0, first = 0, bits = 16] = set.words(descriptor)
    const length = count || 65_536
    const words = set.words(data)
    // Entries of a byte stand two in a word.
    const isPacked = bits === 8 && words.length < length
    const entries = isPacked ? words.flatMap((word) => [word & 255, word >> 8]) : words
    // Some say 16 bits and mean 8.
    const shift = !isPacked && entries.some((entry) => entry > 255) ? 8 : 0
    if (entries.length === 0) throw damagedDicom()
    return { first, entries: entries.map((entry) => entry >> shift) }
  })
  return (value, into, at) => {
    for (const [channel, { first, entries }] of channels.entries()) {
      const index = Math.min(entries.length - 1, Math.max(0, value - first))
      into[at + channel] = entries[index] ?? 0
    }
  }
}

/** Turns a pixel of brightness and two differences of colour, all of their range, into RGB, in place (PS3.3, C.7.6.3.1.2). */
export function toRgb(pixels: Uint8Array, at: number): void {
  const y = pixels[at] ?? 0
  const cb = (pixels[at + 1] ?? 0) - 128
  const cr = (pixels[at + 2] ?? 0) - 128
  pixels[at] = clamp(y + 1.402 * cr)
  pixels[at + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr)
  pixels[at + 2] = clamp(y + 1.772 * cb)
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)))
}
