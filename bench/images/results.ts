import { availableParallelism } from 'node:os'
import { median } from '../measure.ts'
import type { Tuning } from './job.ts'
import type { Cost } from './renderer-pool.ts'
import type { Task } from './tasks.ts'

/** Who makes the renditions, in the order of the columns. */
export const CONTENDERS = {
  bare: 'bare sharp',
  engine: 'this worker',
  service: 'through its service',
  sdk: 'SDK with ImageMagick',
} as const

/** A key of {@link CONTENDERS}. */
export type ContenderName = keyof typeof CONTENDERS

/** The keys of {@link CONTENDERS} in its order. */
export const CONTENDER_NAMES: readonly ContenderName[] = ['bare', 'engine', 'service', 'sdk']

/** What a task took a contender, or why that is not known. */
export type Result =
  | {
      known: true
      /** Median of the rounds. */
      ms: number
      /**
       * Processors that were busy, in the median round: the share of the processor time that was free for it, since on
       * a machine that does other things as well nobody gets all of it.
       */
      cores?: number
      /** The most memory that a process has held in any round, in bytes. */
      peakBytes?: number
    }
  | { known: false; why: string }

/** What came of one task. */
export interface TaskResult {
  readonly task: Pick<Task, 'name' | 'title'>
  readonly results: Readonly<Record<ContenderName, Result>>
  /** The way to use bare sharp that was the fastest. */
  readonly tuning: Tuning
}

/** Sums up the rounds of a contender. */
export function sumUp(costs: readonly Cost[]): Result {
  const cores = costs.flatMap(({ cpuMs, idleMs }) =>
    cpuMs === undefined || idleMs === undefined
      ? []
      : [(availableParallelism() * cpuMs) / (cpuMs + idleMs)],
  )
  const peaks = costs.flatMap(({ peakBytes }) => peakBytes ?? [])
  return {
    known: true,
    ms: median(costs.map(({ ms }) => ms)),
    ...(cores.length > 0 ? { cores: median(cores) } : {}),
    ...(peaks.length > 0 ? { peakBytes: Math.max(...peaks) } : {}),
  }
}

/** One figure of a result; undefined when it is not known. */
export function figureOf(result: Result, figure: 'ms' | 'cores' | 'peakBytes'): number | undefined {
  return result.known ? result[figure] : undefined
}

/** How many times as long `result` took as `yardstick`; undefined when one of them is not known. */
export function ratioOf(result: Result, yardstick: Result): number | undefined {
  return result.known && yardstick.known ? result.ms / yardstick.ms : undefined
}
