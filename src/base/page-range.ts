/** Some pages behind each other, counted from 1; up to the last one there is when no end is given. */
export interface PageSpan {
  readonly from: number
  readonly to?: number | undefined
}

/** Pages as people write them, such as "1-3,5" or "2-". */
export const PAGE_RANGE = /^\s*\d+(\s*-\s*\d*)?(\s*,\s*\d+(\s*-\s*\d*)?)*\s*$/

/** Reads what {@link PAGE_RANGE} allows. */
export function parsePageRange(range: string): PageSpan[] {
  return range.split(',').map((part) => {
    const [from = '', to] = part.split('-').map((text) => text.trim())
    if (to === undefined) return { from: Number(from), to: Number(from) }
    return { from: Number(from), to: to === '' ? undefined : Number(to) }
  })
}

/** Writes what {@link parsePageRange} reads. */
export function writePageRange(spans: readonly PageSpan[]): string {
  return spans.map(({ from, to }) => (from === to ? from : `${from}-${to ?? ''}`)).join()
}

/** The numbers of the pages that are meant, of so many; in the order in which they are named, and each once. */
export function pagesWithin(spans: readonly PageSpan[], count: number): number[] {
  const pages = spans.flatMap(({ from, to = count }) => {
    const first = Math.max(1, from)
    const length = Math.max(0, Math.min(to, count) - first + 1)
    return Array.from({ length }, (_, index) => first + index)
  })
  return [...new Set(pages)]
}
