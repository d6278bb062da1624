import type { OpenFile } from './open-file.ts'

/** More blocks than any animation has that is not made to keep its reader busy. */
const MOST_BLOCKS = 1_000_000

/**
 * Counts the frames of a GIF that is whole: one block behind the other, up to the trailer
 * (https://www.w3.org/Graphics/GIF/spec-gif89a.txt, appendix B).
 *
 * @returns undefined when it is not
 */
export function countGifFrames({ read, size }: OpenFile): number | undefined {
  const byteAt = (position: number): number => read(position, 1)[0] ?? 0
  /** Where the data behind a block's head end, which are parts with their lengths and an empty one. */
  const endOfData = (start: number): number => {
    let at = start
    for (let length = byteAt(at); length > 0; length = byteAt(at)) at += 1 + length
    return at + 1
  }
  let at = 13 + coloursOf(byteAt(10))
  let frames = 0
  for (let blocks = 0; blocks < MOST_BLOCKS && at < size; blocks += 1) {
    const type = byteAt(at)
    if (type === TRAILER) return frames
    if (type === EXTENSION) at = endOfData(at + 2)
    else if (type === PICTURE) {
      frames += 1
      at = endOfData(at + 11 + coloursOf(byteAt(at + 9)))
    } else return undefined
  }
  return undefined
}

const EXTENSION = 0x21
const PICTURE = 0x2c
const TRAILER = 0x3b

/** How many bytes a table of colours has, by the flags of whose it is. */
function coloursOf(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1)
}
