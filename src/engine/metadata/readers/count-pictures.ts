import { type OpenFile, withOpenFile } from '../../../sources/open-file.ts'
import { findTiffPages } from '../../../sources/tiff-pages.ts'
import { countUnreadFrames } from '../../../sources/unread-frames.ts'
import type { SourceKind } from '../sources/kinds.ts'

/** The names under which ExifTool tells how many pictures there are in a file. */
export type PictureCount = { readonly [Name in 'PageCount' | 'FrameCount']?: number }

interface Counter {
  readonly name: keyof PictureCount
  readonly count: (file: OpenFile) => number
}

/** More boxes or chunks than any file has that is not made to keep its reader busy. */
const MOST_PARTS = 1_000_000

/** The lengths of what comes before the content of a chunk or box, in bytes. */
const HEAD_BYTES = 8

const COUNTERS: Partial<Readonly<Record<SourceKind['id'], Counter>>> = {
  webp: { name: 'FrameCount', count: (file) => count(webpChunks(file), 'ANMF') },
  png: { name: 'FrameCount', count: (file) => countUnreadFrames('png', file) },
  avif: { name: 'FrameCount', count: (file) => countUnreadFrames('avif', file) },
  heic: { name: 'FrameCount', count: (file) => countUnreadFrames('heic', file) },
  tiff: { name: 'PageCount', count: (file) => findTiffPages(file).length },
}

/**
 * Counts the pictures of a file that ExifTool does not count: the frames of an animation in WebP, PNG, AVIF or HEIC, and
 * the pages of a TIFF file that does not number them. Nothing is said of a file that has one.
 */
export function countPictures({ id }: SourceKind, path: string): PictureCount {
  const counter = COUNTERS[id]
  return counter === undefined
    ? {}
    : atLeastTwo(
        counter.name,
        withOpenFile(path, (file) => counter.count(file)),
      )
}

function atLeastTwo(name: keyof PictureCount, counted: number): PictureCount {
  return counted > 1 ? { [name]: counted } : {}
}

/** A part of a file that has a type of four letters. */
interface Part {
  readonly type: string
  /** Where its content begins and ends. */
  readonly start: number
  readonly end: number
}

function count(parts: Iterable<Part>, type: string): number {
  let found = 0
  for (const part of parts) if (part.type === type) found += 1
  return found
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function* webpChunks(file: OpenFile): Generator<Part> {
  for (let at = 12, left = MOST_PARTS; at + HEAD_BYTES <= file.size && left > 0; left -= 1) {
    const head = file.read(at, HEAD_BYTES)
    const start = at + HEAD_BYTES
    const length = head.readUInt32LE(4)
    yield { type: head.toString('latin1', 0, 4), start, end: start + length }
    at = start + length + (length % 2)
  }
}
