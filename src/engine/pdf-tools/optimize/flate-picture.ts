import { inflateSync } from 'node:zlib'

/** How the pixels of a picture are stored. */
export interface StoredPixels {
  readonly rowBytes: number
  /** Of a pixel; 1 where it has less. */
  readonly pixelBytes: number
  readonly height: number
  /** Whether rows are those of PNG, each with its filter before it (ISO 32000-1, 7.4.4.4). */
  readonly isFiltered: boolean
}

/** The filters of PNG by their numbers: what a byte was made of, by those at the left, above, and above at the left. */
const FILTERS: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
]

/**
 * The pixels of a picture that is compressed without loss, row by row.
 *
 * @returns undefined when it does not hold together
 */
export function inflatePixels(
  compressed: Uint8Array,
  { rowBytes, pixelBytes, height, isFiltered }: StoredPixels,
): Buffer | undefined {
  const storedBytes = (rowBytes + (isFiltered ? 1 : 0)) * height
  let stored: Buffer
  try {
    stored = inflateSync(compressed, { maxOutputLength: storedBytes + 1024 })
  } catch {
    return undefined
  }
  if (stored.length < storedBytes) return undefined
  if (!isFiltered) return stored.subarray(0, storedBytes)
  const pixels = Buffer.alloc(rowBytes * height)
  for (let row = 0; row < height; row += 1) {
    const from = row * (rowBytes + 1)
    const into = row * rowBytes
    const filter = FILTERS[stored[from] ?? 0]
    if (filter === undefined) return undefined
    for (let byte = 0; byte < rowBytes; byte += 1) {
      const at = into + byte
      const left = byte < pixelBytes ? 0 : (pixels[at - pixelBytes] ?? 0)
      const above = row === 0 ? 0 : (pixels[at - rowBytes] ?? 0)
      const corner = row === 0 || byte < pixelBytes ? 0 : (pixels[at - rowBytes - pixelBytes] ?? 0)
      pixels[at] = (stored[from + 1 + byte] ?? 0) + filter(left, above, corner)
    }
  }
  return pixels
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((each) => Math.abs(guess - each))
  if (toLeft === undefined || toAbove === undefined || toCorner === undefined) return 0
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}
