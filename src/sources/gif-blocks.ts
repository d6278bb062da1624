import type { ReadableFile } from './open-file.ts'

/** More blocks than any animation has that is not made to keep its reader busy. */
const MOST_BLOCKS = 1_000_000

const HEADER_BYTES = 13
const EXTENSION = 0x21
const PICTURE = 0x2c
const TRAILER = 0x3b
const HAS_TABLE = 0x80

/** A block of a GIF behind its header (https://www.w3.org/Graphics/GIF/spec-gif89a.txt, appendix B). */
export type GifBlock =
  | { readonly kind: 'extension'; readonly at: number; readonly label: number }
  | {
      readonly kind: 'picture'
      readonly at: number
      readonly left: number
      readonly top: number
      readonly width: number
      readonly height: number
      /** Where its data begin, of which the first byte tells how many bits a colour has. */
      readonly data: number
    }
  | { readonly kind: 'trailer'; readonly at: number }

/** Walks through the blocks of a GIF up to its trailer, or to where it is damaged. */
export function* walkGifBlocks({ read, size }: ReadableFile): Generator<GifBlock> {
  let at = HEADER_BYTES + tableBytes(read(10, 1)[0] ?? 0)
  for (let blocks = 0; blocks < MOST_BLOCKS && at < size; blocks += 1) {
    const head = read(at, 10)
    if (head[0] === TRAILER) {
      yield { kind: 'trailer', at }
      return
    }
    if (head[0] === EXTENSION) {
      yield { kind: 'extension', at, label: head[1] ?? 0 }
      at = endOfData(read, at + 2)
    } else if (head[0] === PICTURE && head.length === 10) {
      const [left, top] = [head.readUInt16LE(1), head.readUInt16LE(3)]
      const [width, height] = [head.readUInt16LE(5), head.readUInt16LE(7)]
      const data = at + 10 + tableBytes(head[9] ?? 0)
      yield { kind: 'picture', at, left, top, width, height, data }
      at = endOfData(read, data + 1)
    } else return
  }
}

/** Counts the frames of a GIF that is whole; undefined when it is not. */
export function countGifFrames(file: ReadableFile): number | undefined {
  let frames = 0
  for (const { kind } of walkGifBlocks(file)) {
    if (kind === 'trailer') return frames
    if (kind === 'picture') frames += 1
  }
  return undefined
}

/** The data of a picture behind the byte that tells how many bits a colour has: parts with their lengths and an empty one. */
export function* readGifData(read: ReadableFile['read'], start: number): Generator<number> {
  let at = start
  for (let part = read(at, 1)[0] ?? 0; part > 0; part = read(at, 1)[0] ?? 0) {
    yield* read(at + 1, part)
    at += 1 + part
  }
}

function endOfData(read: ReadableFile['read'], start: number): number {
  let at = start
  for (let part = read(at, 1)[0] ?? 0; part > 0; part = read(at, 1)[0] ?? 0) at += 1 + part
  return at + 1
}

/** How many bytes a table of colours has, by the flags of whose it is. */
function tableBytes(flags: number): number {
  return (flags & HAS_TABLE) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1)
}
