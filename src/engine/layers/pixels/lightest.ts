import type { Extent } from '../composition.ts'
import { inBands } from './in-bands.ts'

/** Bytes of rows that are looked at down the columns together: so many that their block stays in the cache of a processor. */
const STRIP_BYTES = 2048

/** Pixels in rows, or a mask, which has one byte each. */
export interface Plane extends Extent {
  readonly bytes: Uint8Array
  readonly channels: number
}

/**
 * Gives each byte the largest of its channel within a square around its pixel. What is beyond the edges does not count. By the
 * method of van Herk and of Gil and Werman: three comparisons a byte and direction, however large the square is.
 *
 * @param radius - how many pixels are looked at on either side
 */
export async function spreadLightest(
  { bytes, width, height, channels }: Plane,
  radius: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const rowBytes = width * channels
  const wide = new Uint8Array(bytes.length)
  const spreadRow = createAcross({ from: bytes, to: wide, cells: width, stride: channels }, radius)
  await inBands({ count: height, bytes: rowBytes }, signal, (first, until) => {
    for (let row = first; row < until; row += 1) {
      for (let channel = 0; channel < channels; channel += 1) spreadRow(row * rowBytes + channel)
    }
  })
  const result = new Uint8Array(bytes.length)
  const column = { from: wide, to: result, cells: height, stride: rowBytes }
  const strips = Math.ceil(rowBytes / STRIP_BYTES)
  await inBands({ count: strips, bytes: STRIP_BYTES * height }, signal, (first, until) => {
    for (let strip = first; strip < until; strip += 1) {
      const start = strip * STRIP_BYTES
      spreadDown(column, radius, { start, size: Math.min(STRIP_BYTES, rowBytes - start) })
    }
  })
  return result
}

/** Bytes that are looked at along a line. */
interface Line {
  readonly from: Uint8Array
  readonly to: Uint8Array
  readonly cells: number
  /** From one byte of the line to the next. */
  readonly stride: number
}

/**
 * The cells of a line are taken in blocks that are as long as what is looked at. What is looked at from a cell on is the rest
 * of its block, whose maxima are made backwards, and the beginning of the next one, whose maxima are made on the way.
 *
 * @returns what does so for the line that starts at a byte
 */
function createAcross({ from, to, cells, stride }: Line, radius: number): (start: number) => void {
  const reach = Math.min(radius, cells - 1)
  const block = 2 * reach + 1
  const rest = new Uint8Array(block)
  return (start) => {
    for (let first = 0; first < cells; first += block) {
      let most = 0
      for (let place = block - 1; place >= 0; place -= 1) {
        const cell = first + place - reach
        const own = cell >= 0 && cell < cells ? (from[start + cell * stride] ?? 0) : 0
        if (own > most) most = own
        rest[place] = most
      }
      const last = Math.min(block, cells - first)
      most = 0
      for (let place = 0; place < last; place += 1) {
        const cell = first + place + reach
        const own = place > 0 && cell < cells ? (from[start + cell * stride] ?? 0) : 0
        if (own > most) most = own
        const behind = rest[place] ?? 0
        to[start + (first + place) * stride] = most > behind ? most : behind
      }
    }
  }
}

/** The same for lines that are beside each other, cell by cell of all of them. */
function spreadDown(
  { from, to, cells, stride }: Line,
  radius: number,
  { start, size }: { readonly start: number; readonly size: number },
): void {
  const reach = Math.min(radius, cells - 1)
  const block = 2 * reach + 1
  const rest = new Uint8Array((block + 1) * size)
  const beginning = new Uint8Array(size)
  for (let first = 0; first < cells; first += block) {
    for (let place = block - 1; place >= 0; place -= 1) {
      const cell = first + place - reach
      const put = place * size
      rest.copyWithin(put, put + size, put + 2 * size)
      if (cell >= 0 && cell < cells) raise(rest, put, { from, at: start + cell * stride, size })
    }
    beginning.fill(0)
    const last = Math.min(block, cells - first)
    for (let place = 0; place < last; place += 1) {
      const cell = first + place + reach
      if (place > 0 && cell < cells) raise(beginning, 0, { from, at: start + cell * stride, size })
      const put = start + (first + place) * stride
      to.set(beginning, put)
      raise(to, put, { from: rest, at: place * size, size })
    }
  }
}

/** Gives bytes those of others where these are larger. */
function raise(
  bytes: Uint8Array,
  put: number,
  { from, at, size }: { readonly from: Uint8Array; readonly at: number; readonly size: number },
): void {
  for (let byte = 0; byte < size; byte += 1) {
    const other = from[at + byte] ?? 0
    if (other > (bytes[put + byte] ?? 0)) bytes[put + byte] = other
  }
}
