import type { ReadableFile } from '../../../sources/open-file.ts'

/** As many bytes of a file are searched at a time. */
const CHUNK_BYTES = 4 * 1024 ** 2

/** More places than any file has that is not made to keep its reader busy. */
const MOST_PLACES = 10_000

/**
 * The places where some bytes begin, one after the other.
 *
 * @param from - where the search begins
 * @param to - where it ends; at the end of the file unless given
 */
export function* findAll(
  { read, size }: ReadableFile,
  bytes: Buffer,
  { from = 0, to = size } = {},
): Generator<number> {
  let left = MOST_PLACES
  for (let at = from; at < to; at += CHUNK_BYTES) {
    // What begins in one piece may end in the next.
    const chunk = read(at, Math.min(CHUNK_BYTES + bytes.length - 1, to - at))
    let found = chunk.indexOf(bytes)
    while (found !== -1) {
      yield at + found
      left -= 1
      if (left === 0) return
      found = chunk.indexOf(bytes, found + 1)
    }
  }
}

/** The first of {@link findAll}; undefined when there is none. */
export function findFirst(...search: Parameters<typeof findAll>): number | undefined {
  return findAll(...search).next().value ?? undefined
}
