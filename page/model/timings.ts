import { WORK_STEPS, type WorkPart, type WorkStep } from '../../src/doors/page/work/work-shapes.ts'

/** What of a part of a piece of work is told when. */
export type TimedPart = Pick<WorkPart, 'name' | 'spans'>

/** A bar of the chart, on an axis from 0 to 100. */
export interface Bar {
  readonly step: WorkStep
  readonly x: number
  readonly width: number
  /** Milliseconds after the beginning of the axis. */
  readonly start: number
  readonly end: number
}

/** When what has happened. */
export interface Timings {
  /** Those that took any time, in the order in which they usually come. */
  readonly steps: readonly WorkStep[]
  /** The bars of each part. */
  readonly rows: readonly (readonly Bar[])[]
  /** The marks of the axis. */
  readonly ticks: readonly { readonly x: number; readonly milliseconds: number }[]
}

/** At most so many marks are on an axis. */
const MOST_TICKS = 6

/**
 * Lays out on one axis what the parts of a piece of work spent their time with.
 *
 * @param times.begin - where the axis begins, in milliseconds since 1970 as the spans
 * @param times.now - the end of what goes on
 */
export function layOutTimings(
  parts: readonly Pick<TimedPart, 'spans'>[],
  { begin, now }: { readonly begin: number; readonly now: number },
): Timings {
  const rows = parts.map(({ spans }) => spans.map((span) => ({ ...span, end: span.end ?? now })))
  const spans = rows.flat()
  const used = new Set(spans.map(({ step }) => step))
  // The clock may have been set back in between.
  const start = Math.min(begin, ...spans.map((span) => span.start))
  const length = Math.max(1, ...spans.map((span) => span.end - start))
  const place = (milliseconds: number): number => (100 * milliseconds) / length
  return {
    steps: WORK_STEPS.filter((step) => used.has(step)),
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
