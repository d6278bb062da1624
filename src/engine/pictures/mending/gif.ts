import { readGifData, walkGifBlocks } from '../../../sources/gif-blocks.ts'
import type { ReadableFile } from '../../../sources/open-file.ts'

const GRAPHIC_CONTROL = 0xf9
const GRAPHIC_CONTROL_BYTES = 8
const HAS_TRANSPARENCY = 0x01

/** A number of a colour that no pixel has, since their numbers have 8 bits and fewer here. */
const NO_COLOUR = 255

/** What is put into a GIF, and what of the file comes after it. */
export interface GifMending {
  readonly at: number
  readonly inserted: Buffer
  readonly goesOnAt: number
}

/**
 * Finds what a GIF lacks whose first picture leaves some of its canvas free and has no transparent colour: libvips makes that
 * black, and everybody else lets it be seen through. With a colour that is transparent, libvips does so too.
 *
 * @returns undefined when it lacks nothing
 */
export function mendGif(file: ReadableFile): GifMending | undefined {
  const { read } = file
  const canvas = read(6, 4)
  if (canvas.length < 4) return undefined
  let control: number | undefined
  let place: { readonly at: number; readonly own: number | undefined; data: number } | undefined
  for (const block of walkGifBlocks(file)) {
    if (block.kind === 'extension' && block.label === GRAPHIC_CONTROL) {
      if (((read(block.at + 3, 1)[0] ?? 0) & HAS_TRANSPARENCY) !== 0) return undefined
      control = block.at
    }
    if (block.kind !== 'picture' || place !== undefined) continue
    const { left, top, width, height, at, data } = block
    const fills = width >= canvas.readUInt16LE(0) && height >= canvas.readUInt16LE(2)
    if (left === 0 && top === 0 && fills) return undefined
    place = { at, own: control, data }
  }
  const colour = place && findFreeColour(read, place.data)
  if (place === undefined || colour === undefined) return undefined
  const { at, own } = place
  const inserted =
    own === undefined
      ? Buffer.from('21f9040000000000', 'hex')
      : Buffer.from(read(own, GRAPHIC_CONTROL_BYTES))
  inserted[3] = (inserted[3] ?? 0) | HAS_TRANSPARENCY
  inserted[6] = colour
  const from = own ?? at
  return { at: from, inserted, goesOnAt: own === undefined ? at : own + inserted.length }
}

/** The number of a colour that no pixel of a picture has; undefined when they have all of them. */
function findFreeColour(read: ReadableFile['read'], data: number): number | undefined {
  const bits = read(data, 1)[0] ?? 0
  if (bits < 8) return NO_COLOUR
  const used = usedColours(readGifData(read, data + 1))
  const free = used.lastIndexOf(false)
  return free === -1 ? undefined : free
}

const COLOURS = 256
const CLEAR = COLOURS
const END = COLOURS + 1
const MOST_CODES = 4096

/** Which colours of 256 there are in data that are compressed by LZW (GIF89a, appendix F): those that its codes begin with. */
function usedColours(bytes: Iterable<number>): readonly boolean[] {
  const used = Array<boolean>(COLOURS).fill(false)
  let [codeBits, codes] = [9, END + 1]
  let [held, bits] = [0, 0]
  let isFirst = true
  for (const byte of bytes) {
    held |= byte << bits
    bits += 8
    while (bits >= codeBits) {
      const code = held & ((1 << codeBits) - 1)
      held >>= codeBits
      bits -= codeBits
      if (code === END) return used
      if (code === CLEAR) {
        ;[codeBits, codes, isFirst] = [9, END + 1, true]
        continue
      }
      // Each string ends with a colour that another one begins with, so that those tell all of them.
      if (code < COLOURS) used[code] = true
      if (!isFirst && codes < MOST_CODES) codes += 1
      if (codes === 1 << codeBits && codeBits < 12) codeBits += 1
      isFirst = false
    }
  }
  return used
}
