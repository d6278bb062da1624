/** One line of the benchmark's report. */
export interface Finding {
  what: string
  measured: string
  /** The same run's yardstick. */
  baseline: string
  /** How far we are from the yardstick. */
  distance: string
  goal: string
  /** Undefined when the yardstick is missing on this machine, so that the goal does not count. */
  reached: boolean | undefined
}

/** Times one run of `work`, in milliseconds. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The value below which `share` (0 to 1) of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The middle one of the values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Bytes as a person reads them. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`
}

/** A ratio as a person reads it. */
export function times(ratio: number): string {
  return `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(1)} ×`
}

/** Milliseconds as a person reads them. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`
}
