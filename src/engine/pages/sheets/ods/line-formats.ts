import type { LineFormat } from '../sheet-contents.ts'

/** As many different rows or columns of a sheet are kept. */
const MOST_LISTED = 50_000

/** What rows, or columns, of a sheet say of themselves, one after the other. */
export interface LineFormats {
  readonly lines: readonly LineFormat[]
  /** How large those are that say nothing, behind the last; undefined where there are none. */
  readonly usual: { readonly size: number | undefined; readonly isHidden: boolean } | undefined
  /** Those that are repeated on each page. */
  readonly titles: { readonly first: number; readonly last: number } | undefined
  /** In front of which a page ends. */
  readonly breaks: readonly number[]
}

/** What one of them says, and those that are as it is. */
export interface LineSaid extends Pick<LineFormat, 'size' | 'isHidden' | 'look'> {
  readonly count: number
  readonly isTitle: boolean
  readonly breaksBefore: boolean
}

/** Collects what lines say. */
export interface LineCollector {
  readonly add: (said: LineSaid) => void
  /** The number of the next line, counted from 0. */
  readonly next: () => number
  /**
   * @param fewest - as many equal ones at the end are those that nobody has touched
   */
  readonly finish: (fewest: number) => LineFormats
}

/**
 * Makes what collects rows or columns.
 *
 * @param most - as many as there are on a sheet
 */
export function createLineCollector(most: number): LineCollector {
  const lines: LineFormat[] = []
  const breaks: number[] = []
  let titles: { first: number; last: number } | undefined
  let next = 0
  return {
    next: () => next,
    add({ count, isTitle, breaksBefore, size, isHidden, look }) {
      const first = next
      const last = Math.min(most, first + count) - 1
      next = last + 1
      if (last < first) return
      // Only those that follow each other are repeated.
      if (isTitle && (titles === undefined || titles.last === first - 1)) {
        titles = { first: titles?.first ?? first, last }
      }
      if (breaksBefore && first > 0 && breaks.length < MOST_LISTED) breaks.push(first)
      const before = lines.at(-1)
      const isSame =
        before?.last === first - 1 &&
        before.size === size &&
        before.isHidden === isHidden &&
        before.look === look
      if (isSame) lines.splice(-1, 1, { ...before, last })
      else if (lines.length < MOST_LISTED) lines.push({ first, last, size, isHidden, look })
    },
    finish(fewest) {
      const end = lines.at(-1)
      const isRest = end !== undefined && end.last === next - 1 && end.last - end.first >= fewest
      return {
        lines: isRest ? lines.slice(0, -1) : lines,
        usual: isRest ? end : undefined,
        titles,
        breaks,
      }
    },
  }
}
