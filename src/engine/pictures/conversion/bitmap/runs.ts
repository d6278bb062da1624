import type { BitmapHeader } from './header.ts'

/** Rows that have been unpacked, in the order in which they were packed. */
export interface UnpackedRuns {
  /** Blue, green and red of each pixel, with nothing between rows. */
  readonly rows: Buffer
  /** Whether the data end before the picture does, and do not say so. */
  readonly isCut: boolean
}

/** Of a byte that has two pixels the first or the second. */
function nibble(byte: number, index: number): number {
  return index % 2 === 0 ? byte >> 4 : byte & 15
}

/**
 * Unpacks runs of one pixel, and pixels as they are; a zero says that a row, or all, is at its end, or where to go on
 * ([MS-WMF], 3.1.6). What is gone over is black, as Chromium has it.
 *
 * @param palette - the colours that pixels of 4 and 8 bits are numbers of
 */
export function unpackRuns(
  packed: Buffer,
  { width, height, depth, palette: { bytes: entryBytes } }: BitmapHeader,
  palette: Buffer,
): UnpackedRuns {
  const isOfFour = depth === 4
  const bytes = depth === 24 ? 3 : 1
  const rows = Buffer.alloc(width * 3 * height)
  let [x, y, at] = [0, 0, 0]
  let isEnded = false
  const put = (from: number, index: number): void => {
    if (x < width && y < height) {
      const to = (y * width + x) * 3
      const byte = packed[from] ?? 0
      const entry = (isOfFour ? nibble(byte, index) : byte) * entryBytes
      if (bytes === 3) packed.subarray(from, from + 3).copy(rows, to)
      else palette.subarray(entry, entry + 3).copy(rows, to)
    }
    x += 1
  }
  while (at + 1 < packed.length && y < height) {
    const [count = 0, value = 0] = packed.subarray(at, at + 2)
    if (count > 0) {
      for (let index = 0; index < count; index++) put(at + 1, index)
      at += 1 + bytes
      continue
    }
    at += 2
    if (value === 0) {
      ;[x, y] = [0, y + 1]
    } else if (value === 1) {
      isEnded = true
      break
    } else if (value === 2) {
      x += packed[at] ?? 0
      y += packed[at + 1] ?? 0
      at += 2
    } else {
      for (let index = 0; index < value; index++)
        put(at + (isOfFour ? index >> 1 : index * bytes), index)
      const length = isOfFour ? Math.ceil(value / 2) : value * bytes
      at += length + (length % 2)
    }
  }
  // The mark of the end may be missing when the last row is whole.
  const isWhole = y >= height || (y === height - 1 && x >= width)
  return { rows, isCut: !isEnded && !isWhole }
}
