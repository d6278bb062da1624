import { isFrame, START_OF_SCAN, walkJpegSegments } from '../../../sources/jpeg-segments.ts'
import type { ReadableFile } from '../../../sources/open-file.ts'

/** What the segments before the first scan of a JPEG say. */
export interface JpegStream {
  /** The last byte of the marker of its frame, which tells how it is coded (ITU-T T.81, table B.1). */
  readonly frame: number | undefined
  /** Bits a sample. */
  readonly precision: number | undefined
  /** Where the frame tells the number of rows, in two bytes, and how many. */
  readonly rows: { readonly at: number; readonly count: number } | undefined
  /** The names of its components. */
  readonly components: readonly number[]
  readonly hasJfif: boolean
  /** What Adobe's segment says of the colours: 0 none are transformed, 1 YCbCr, 2 YCCK. */
  readonly adobeTransform: number | undefined
  /** Where the data of the first scan begin; undefined when there is none. */
  readonly scan: number | undefined
}

/** The frame of JPEG-LS (ITU-T T.87, table C.1), which begins as a JPEG does. */
export const FRAME_OF_JPEG_LS = 0xf7

const APP0 = 0xe0
const APP14 = 0xee

/** As much of a segment as is looked at, in bytes. */
const MOST_BYTES = 256

/**
 * Reads the segments of a JPEG before its first scan (ITU-T T.81, annex B), as far as they are sound.
 *
 * @param from - where the JPEG begins
 */
export function readJpegStream(file: ReadableFile, from = 0): JpegStream {
  const stream: { -readonly [Key in keyof JpegStream]: JpegStream[Key] } = {
    frame: undefined,
    precision: undefined,
    rows: undefined,
    components: [],
    hasJfif: false,
    adobeTransform: undefined,
    scan: undefined,
  }
  for (const segment of walkJpegSegments(file, from)) {
    const { marker, start, end } = segment
    if (marker === START_OF_SCAN) return { ...stream, scan: end }
    const content = file.read(start, Math.min(end - start, MOST_BYTES))
    const isAnyFrame = isFrame(segment) || marker === FRAME_OF_JPEG_LS
    if (isAnyFrame && content.length >= 6) {
      stream.frame = marker
      stream.precision = content[0]
      stream.rows = { at: start + 1, count: content.readUInt16BE(1) }
      const count = content[5] ?? 0
      stream.components = Array.from({ length: count }, (_, index) => content[6 + 3 * index] ?? 0)
    }
    if (marker === APP0 && content.toString('latin1', 0, 5) === 'JFIF\0') stream.hasJfif = true
    if (marker === APP14 && content.toString('latin1', 0, 5) === 'Adobe') {
      stream.adobeTransform = content[11]
    }
  }
  return stream
}
