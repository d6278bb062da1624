import type { ReadableFile } from './open-file.ts'

/** More boxes than any file has that is not made to keep its reader busy. */
const MOST_BOXES = 1_000_000

/** The lengths of what comes before the content of a box, in bytes. */
const HEAD_BYTES = 8

/** A box of a file of ISO 14496-12, such as AVIF, HEIC and MP4, or whatever else has its content between two places. */
export interface Box {
  /** Four letters. */
  readonly type: string
  /** Where its content begins and ends. */
  readonly start: number
  readonly end: number
}

/** All of a file, as what its outermost boxes are in. */
export function wholeFile({ size }: Pick<ReadableFile, 'size'>): Box {
  return { type: '', start: 0, end: size }
}

/** The boxes in another one, as far as they tell how long they are. */
export function* boxesIn(
  { read }: Pick<ReadableFile, 'read'>,
  { start, end }: Pick<Box, 'start' | 'end'>,
): Generator<Box> {
  for (let at = start, left = MOST_BOXES; at + HEAD_BYTES <= end && left > 0; left -= 1) {
    const head = read(at, HEAD_BYTES)
    if (head.length < HEAD_BYTES) return
    const length = head.readUInt32BE(0)
    // One that goes on to the end, or is longer than 4 GB, is that of the media themselves.
    if (length < HEAD_BYTES) return
    yield {
      type: head.toString('latin1', 4),
      start: at + HEAD_BYTES,
      end: Math.min(at + length, end),
    }
    at += length
  }
}

/** The first box of a type in another one; undefined when there is none. */
export function findBox(
  file: Pick<ReadableFile, 'read'>,
  around: Pick<Box, 'start' | 'end'>,
  type: string,
): Box | undefined {
  for (const box of boxesIn(file, around)) if (box.type === type) return box
  return undefined
}
