/** The rows or the columns of a sheet one after the other, from 0. Lengths are in points. */
export interface SheetLines {
  readonly sizeOf: (index: number) => number
  /** Where a row or a column begins, whatever is cut off before it; behind the last, where that ends. */
  readonly startOf: (index: number) => number
  /** Which one a place is in. */
  readonly indexAt: (place: number) => number
}

/**
 * Makes rows or columns of their sizes; those of 0 are hidden.
 *
 * @param usual - how large those behind the last are
 */
export function createSheetLines(sizes: Float64Array, usual: number): SheetLines {
  const count = sizes.length
  const starts = new Float64Array(count + 1)
  for (let index = 0; index < count; index += 1) {
    starts[index + 1] = (starts[index] ?? 0) + (sizes[index] ?? 0)
  }
  const end = starts[count] ?? 0

  function indexAt(place: number): number {
    if (place >= end) return usual > 0 ? count + Math.floor((place - end) / usual) : count
    let [low, high] = [0, count]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= place) low = middle
      else high = middle
    }
    return low
  }

  return {
    sizeOf: (index) => (index < count ? (sizes[index] ?? 0) : usual),
    startOf: (index) => (index <= count ? (starts[index] ?? 0) : end + (index - count) * usual),
    indexAt,
  }
}
