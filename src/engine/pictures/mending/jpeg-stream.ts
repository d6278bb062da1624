import type { ReadBytes } from '../../../sources/open-file.ts'

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

const FILL = 0xff
const START_OF_SCAN = 0xda
const APP0 = 0xe0
const APP14 = 0xee

/** Markers that have no content: restarts, the start of the picture, and one for private use. */
function isBare(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
}

/** Frames, which lie between the definitions of Huffman tables and of arithmetic coding. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** More segments than any file has that is not made to keep its reader busy. */
const MOST_SEGMENTS = 100_000

/** Reads the segments of a JPEG (ITU-T T.81, annex B), as far as they are sound. */
export function readJpegStream(read: ReadBytes, start = 0): JpegStream {
  const stream: { -readonly [Key in keyof JpegStream]: JpegStream[Key] } = {
    frame: undefined,
    precision: undefined,
    rows: undefined,
    components: [],
    hasJfif: false,
    adobeTransform: undefined,
    scan: undefined,
  }
  for (let at = start, left = MOST_SEGMENTS; left > 0; left -= 1) {
    const head = read(at, 4)
    if (head.length < 2 || head[0] !== FILL) return stream
    const marker = head[1] ?? 0
    if (marker === FILL || isBare(marker)) {
      at += marker === FILL ? 1 : 2
      continue
    }
    if (head.length < 4) return stream
    const length = head.readUInt16BE(2)
    const content = read(at + 4, Math.min(length - 2, 256))
    if (isFrame(marker) && content.length >= 6) {
      stream.frame = marker
      stream.precision = content[0]
      stream.rows = { at: at + 5, count: content.readUInt16BE(1) }
      const count = content[5] ?? 0
      stream.components = Array.from({ length: count }, (_, index) => content[6 + 3 * index] ?? 0)
    }
    if (marker === APP0 && content.toString('latin1', 0, 5) === 'JFIF\0') stream.hasJfif = true
    if (marker === APP14 && content.toString('latin1', 0, 5) === 'Adobe') {
      stream.adobeTransform = content[11]
    }
    at += 2 + length
    if (marker === START_OF_SCAN) return { ...stream, scan: at }
  }
  return stream
}
