import type { ReadableFile } from './open-file.ts'

/** As much as is read of a file at once, in bytes. */
const CHUNK_BYTES = 262_144

/** More segments than any file has that is not made to keep its reader busy. */
const MOST_SEGMENTS = 1_000_000

/** The marker that the data of a scan follow (ITU-T T.81, table B.1). */
export const START_OF_SCAN = 0xda

const END_OF_IMAGE = 0xd9
const START_OF_IMAGE_BYTES = 2

/** A segment of a JPEG (ITU-T T.81, annex B), which is a marker with what belongs to it. */
export interface JpegSegment {
  /** The last byte of its marker. */
  readonly marker: number
  /** Where its content begins and ends. */
  readonly start: number
  readonly end: number
}

/**
 * Walks through the segments of a JPEG up to the end of the picture or of the file. What does not belong between them is gone by, as
 * decoders do, and so are the data of scans.
 *
 * @param from - where the JPEG begins
 */
export function* walkJpegSegments(file: ReadableFile, from = 0): Generator<JpegSegment> {
  const { read, size } = file
  let at = from + START_OF_IMAGE_BYTES
  for (let left = MOST_SEGMENTS; at < size && left > 0; left -= 1) {
    const head = read(at, 4)
    const [mark, marker = END_OF_IMAGE] = head
    if (mark !== 0xff) {
      at = nextMarker(file, at)
      continue
    }
    if (marker === END_OF_IMAGE) return
    if (marker === 0xff || isBare(marker)) {
      // The first only fills.
      at += marker === 0xff ? 1 : 2
      continue
    }
    if (head.length < 4) return
    const end = at + 2 + head.readUInt16BE(2)
    yield { marker, start: at + 4, end }
    at = marker === START_OF_SCAN ? nextMarker(file, end) : end
  }
}

/** Whether a segment is that of a frame: its size, and how it is coded (table B.1). */
export function isFrame({ marker }: Pick<JpegSegment, 'marker'>): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** Where the next marker stands, of those that are no part of the data of a scan; the end of the file when there is none. */
function nextMarker({ read, size }: ReadableFile, start: number): number {
  for (let at = start; at < size;) {
    const chunk = read(at, CHUNK_BYTES)
    // What the last byte begins is looked at with the next piece.
    const whole = at + chunk.length < size ? chunk.length - 1 : chunk.length
    for (let found = chunk.indexOf(0xff); found !== -1; found = chunk.indexOf(0xff, found + 1)) {
      if (found >= whole) break
      const next = chunk[found + 1]
      const isData = next === undefined || next === 0 || next === 0xff || isRestart(next)
      if (!isData) return at + found
    }
    at += whole
  }
  return size
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7
}

/** Whether nothing belongs to a marker. */
function isBare(marker: number): boolean {
  return isRestart(marker) || marker === 0x01 || marker === 0xd8
}
