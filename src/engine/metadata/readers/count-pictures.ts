import { type OpenFile, withOpenFile } from '../../../sources/open-file.ts'
import { findTiffPages } from '../../../sources/tiff-pages.ts'
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

/** The boxes on the way to the number of pictures of a track (ISO 14496-12, 8.3 and following). */
const WAY_TO_SAMPLES = ['mdia', 'minf', 'stbl', 'stsz'] as const

const COUNTERS: Partial<Readonly<Record<SourceKind['id'], Counter>>> = {
  webp: { name: 'FrameCount', count: (file) => count(webpChunks(file), 'ANMF') },
  png: { name: 'FrameCount', count: readFramesOfPng },
  avif: { name: 'FrameCount', count: readSamples },
  heic: { name: 'FrameCount', count: readSamples },
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

/** An animation says so before its first picture (PNG, third edition, 11.3.6.1). */
function readFramesOfPng(file: OpenFile): number {
  for (let at = 8, left = MOST_PARTS; at + HEAD_BYTES + 4 <= file.size && left > 0; left -= 1) {
    const head = file.read(at, HEAD_BYTES + 4)
    const type = head.toString('latin1', 4, 8)
    if (type === 'acTL') return head.readUInt32BE(8)
    if (type === 'IDAT') return 1
    at += head.readUInt32BE(0) + 12
  }
  return 1
}

/** The most samples that a track of pictures has; a file without a movie has no track. */
function readSamples(file: OpenFile): number {
  const whole = { type: '', start: 0, end: file.size }
  const movie = find(file, whole, 'moov')
  if (movie === undefined) return 1
  let most = 1
  for (const track of boxes(file, movie)) {
    if (track.type !== 'trak') continue
    const sizes = WAY_TO_SAMPLES.reduce<Part | undefined>(
      (box, type) => box && find(file, box, type),
      track,
    )
    const head = sizes && file.read(sizes.start, 12)
    if (head?.length === 12) most = Math.max(most, head.readUInt32BE(8))
  }
  return most
}

function find(file: OpenFile, around: Part, type: string): Part | undefined {
  for (const box of boxes(file, around)) if (box.type === type) return box
  return undefined
}

function* boxes(file: OpenFile, { start, end }: Part): Generator<Part> {
  for (let at = start, left = MOST_PARTS; at + HEAD_BYTES <= end && left > 0; left -= 1) {
    const head = file.read(at, HEAD_BYTES)
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
