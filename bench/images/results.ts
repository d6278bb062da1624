import { availableParallelism } from 'node:os'
import { median, megabytes, ms, times } from '../measure.ts'
import type { Tuning } from './job.ts'
import type { Cost } from './renderer-pool.ts'
import type { Task } from './tasks.ts'

/** Who makes the renditions: bare sharp, this worker, it through its service, and the SDK with ImageMagick. */
export type ContenderName = 'bare' | 'engine' | 'service' | 'sdk'

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
    ms: median(costs.map((cost) => cost.ms)),
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

/** What came of a task, a line a contender. */
export function describeResults({ task, results, tuning }: TaskResult): string {
  const { bare } = results
  return [
    task.title,
    `  bare sharp            ${describe(bare)}; threads: ${tuning.threads}, at once: ${tuning.atOnce}`,
    `  this worker           ${describe(results.engine, bare)}`,
    `  through its service   ${describe(results.service, bare)}`,
    `  SDK with ImageMagick  ${describe(results.sdk, bare)}`,
  ].join('\n')
}

function describe(result: Result, yardstick?: Result): string {
  if (!result.known) return result.why
  const ratio = yardstick && ratioOf(result, yardstick)
  const { cores, peakBytes } = result
  return [
    ms(result.ms),
    ...(ratio === undefined ? [] : [times(ratio)]),
    ...(cores === undefined ? [] : [`${cores.toFixed(2)} cores busy`]),
    ...(peakBytes === undefined ? [] : [`peak ${megabytes(peakBytes)}`]),
  ].join(', ')
}
