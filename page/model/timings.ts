import type { ListedRequest, Span } from '../../src/doors/page/api.ts'

/** The steps of a rendition, in the order in which they usually come. */
export const STEPS = [
  'queue',
  'download',
  'render',
  'upload',
  'event',
] as const satisfies Span['step'][]

/** A bar of the chart, on an axis from 0 to 100. */
export interface Bar<Step extends string> {
  readonly step: Step
  readonly x: number
  readonly width: number
  /** Milliseconds after the beginning of the axis. */
  readonly start: number
  readonly end: number
}

/** When what has happened. */
export interface Timings<Step extends string> {
  /** The bars of each thing that took its time. */
  readonly rows: readonly (readonly Bar<Step>[])[]
  /** The marks of the axis. */
  readonly ticks: readonly { readonly x: number; readonly milliseconds: number }[]
}

/** At most so many marks are on an axis. */
const MOST_TICKS = 6

/** Lays the spans of all renditions of a request out on one axis, which begins when it was sent. */
export function layOutTimings({ sentAt, renditions }: ListedRequest): Timings<Span['step']> {
  return layOutSpans(
    sentAt,
    renditions.map(({ spans }) => spans),
  )
}

/**
 * Lays spans out on one axis.
 *
 * @param begin - where the axis begins, in milliseconds since 1970 as the spans
 * @param rows - the spans of each thing that took its time
 */
export function layOutSpans<Step extends string>(
  begin: number,
  rows: readonly (readonly { step: Step; start: number; end: number }[])[],
): Timings<Step> {
  const spans = rows.flat()
  // The clock may have been set back in between.
  const start = Math.min(begin, ...spans.map((span) => span.start))
  const length = Math.max(1, ...spans.map((span) => span.end - start))
  const place = (milliseconds: number): number => (100 * milliseconds) / length
  return {
    rows: rows.map((row) =>
      row.map((span) => ({
        step: span.step,
        x: place(span.start - start),
        width: place(Math.max(0, span.end - span.start)),
        start: span.start - start,
        end: span.end - start,
      })),
    ),
    ticks: ticksOf(length).map((milliseconds) => ({ x: place(milliseconds), milliseconds })),
  }
}

/** Round numbers from 0 on: 1, 2 or 5 of a power of ten apart. */
function ticksOf(length: number): number[] {
  const power = 10 ** Math.floor(Math.log10(length / MOST_TICKS))
  const step = [1, 2, 5].map((each) => each * power).find((each) => length / each < MOST_TICKS)
  const distance = step ?? 10 * power
  return Array.from({ length: Math.floor(length / distance) + 1 }, (_, index) => index * distance)
}
