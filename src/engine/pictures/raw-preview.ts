import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { isFrame, walkJpegSegments } from '../../sources/jpeg-segments.ts'
import { type OpenFile, withOpenFile } from '../../sources/open-file.ts'
import { numberOf, openTiff, TIFF_TAGS } from '../../sources/tiff-directory.ts'
import { writeParts } from './mending/mended-file.ts'

/** A picture that a raw photo carries of itself. */
export interface RawPreview {
  /** A JPEG file. */
  readonly path: string
  /** How the photo says it is to be turned, which the preview may say as well; undefined when it says nothing. */
  readonly orientation: number | undefined
}

interface Found {
  readonly start: number
  readonly end: number
  readonly pixels: number
}

/** Far more than any photo has of what begins as a JPEG does. */
const MOST_BEGINNINGS = 4096

/** As much as is read of a file at once, in bytes. */
const CHUNK_BYTES = 1_048_576

/** Of a JPEG: how it begins, and how it ends behind its last scan, in which that does not come. */
const BEGINNING = Buffer.from([0xff, 0xd8, 0xff])
const END = Buffer.from([0xff, 0xd9])

/** The frames that everybody reads; what a sensor has seen may be in one that is lossless (ITU-T T.81, table B.1). */
const LEAST_FRAME = 0xc0
const MOST_FRAME = 0xc2
const USUAL_BITS = 8

/**
 * Takes the largest JPEG out of a raw photo, which cameras put there to be looked at.
 *
 * @param folder - where it is written; it is made when it is needed
 * @returns undefined when there is none that is whole
 */
export async function takeRawPreview(
  photo: string,
  folder: string,
): Promise<RawPreview | undefined> {
  const { found, orientation } = withOpenFile(photo, (file) => ({
    found: findLargest(file),
    orientation: readOrientation(file),
  }))
  if (found === undefined) return undefined
  await mkdir(folder, { recursive: true })
  const previewPath = path.join(folder, 'preview.jpg')
  await writeParts(previewPath, chunksOf(photo, found))
  return { path: previewPath, orientation }
}

function* chunksOf(photo: string, { start, end }: Found): Generator<Buffer> {
  for (let at = start; at < end; at += CHUNK_BYTES) {
    yield withOpenFile(photo, ({ read }) => read(at, Math.min(CHUNK_BYTES, end - at)))
  }
}

function readOrientation({ read }: OpenFile): number | undefined {
  const tiff = openTiff(read)
  return tiff && numberOf(tiff.directoryAt(tiff.first), TIFF_TAGS.orientation)
}

function findLargest(file: OpenFile): Found | undefined {
  let largest: Found | undefined
  let at = 0
  for (let left = MOST_BEGINNINGS; left > 0; left -= 1) {
    const start = find(file, BEGINNING, at)
    if (start === undefined) break
    const found = readJpeg(file, start)
    if (found !== undefined && found.pixels > (largest?.pixels ?? 0)) largest = found
    // A preview may have a smaller one in itself.
    at = found?.end ?? start + 1
  }
  return largest
}

/** The JPEG that begins at a place, if it is one that everybody reads, and is whole. */
function readJpeg(file: OpenFile, start: number): Found | undefined {
  let pixels = 0
  let end = start
  for (const segment of walkJpegSegments(file, start)) {
    end = segment.end
    if (!isFrame(segment)) continue
    const { marker } = segment
    const frame = file.read(segment.start, 5)
    const isUsual =
      marker >= LEAST_FRAME && marker <= MOST_FRAME && frame.length === 5 && frame[0] === USUAL_BITS
    if (!isUsual) return undefined
    pixels = frame.readUInt16BE(1) * frame.readUInt16BE(3)
  }
  const last = pixels === 0 ? undefined : find(file, END, end)
  return last === undefined ? undefined : { start, end: last + END.length, pixels }
}

/** Where some bytes come next in a file; undefined when they do not. */
function find({ read, size }: OpenFile, bytes: Buffer, from: number): number | undefined {
  const overlap = bytes.length - 1
  for (let at = from; at + bytes.length <= size; at += CHUNK_BYTES) {
    const found = read(at, CHUNK_BYTES + overlap).indexOf(bytes)
    if (found !== -1) return at + found
  }
  return undefined
}
