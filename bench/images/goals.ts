import { availableParallelism } from 'node:os'
import { type Finding, megabytes, ms, times } from '../measure.ts'
import { figureOf, type Result, ratioOf, type TaskResult } from './results.ts'
import type { Task } from './tasks.ts'

/** The engine, beside bare sharp. */
const MOST_OVER_BARE_SHARP = { large: 1.03, single: 1.03, many: 1.08 } as const
const LEAST_FASTER_THAN_SDK = 25
const MOST_MEMORY = 400_000_000
const LEAST_SHARE_OF_CORES = 0.9
/** The service, beside bare sharp: in milliseconds for one picture, and for many in how many times as long. */
const MOST_OVER_MS = 25
const MOST_TIMES = 2.5

/** Says of each goal of a task how far it was reached. */
export function judge(result: TaskResult): Finding[] {
  return JUDGES[result.task.name](result)
}

const JUDGES: Readonly<Record<Task['name'], (result: TaskResult) => Finding[]>> = {
  large: (result) => [compareToSharp(result, 'large'), compareToSdk(result)],
  single: (result) => [compareToSharp(result, 'single'), judgeService(result)],
  huge: (result) => [judgeMemory(result)],
  many: (result) => [compareToSharp(result, 'many'), judgeCores(result), judgeBusyService(result)],
}

function compareToSharp(
  { task, results: { bare, engine } }: TaskResult,
  name: keyof typeof MOST_OVER_BARE_SHARP,
): Finding {
  const ratio = ratioOf(engine, bare) ?? Number.NaN
  const most = MOST_OVER_BARE_SHARP[name]
  return {
    what: task.title,
    measured: timeOf(engine),
    baseline: `${timeOf(bare)} bare sharp`,
    distance: times(ratio),
    goal: `at most ${most} ×`,
    reached: ratio <= most,
  }
}

function compareToSdk({ task, results: { sdk, engine } }: TaskResult): Finding {
  const ratio = ratioOf(sdk, engine)
  return {
    what: `${task.title}, against the SDK's post-processing`,
    measured: timeOf(engine),
    baseline: `SDK with ImageMagick: ${timeOf(sdk)}`,
    distance: ratio === undefined ? 'no comparison' : `${times(ratio)} as fast`,
    goal: `at least ${LEAST_FASTER_THAN_SDK} ×`,
    reached: ratio === undefined ? undefined : ratio >= LEAST_FASTER_THAN_SDK,
  }
}

function judgeService({ task, results: { bare, service } }: TaskResult): Finding {
  const over = (figureOf(service, 'ms') ?? Number.NaN) - (figureOf(bare, 'ms') ?? Number.NaN)
  return {
    what: `${task.title}, through the service`,
    measured: timeOf(service),
    baseline: `${timeOf(bare)} bare sharp`,
    distance: `${ms(over)} over it`,
    goal: `at most ${MOST_OVER_MS} ms over`,
    reached: over <= MOST_OVER_MS,
  }
}

function judgeBusyService({ task, results: { bare, service } }: TaskResult): Finding {
  const ratio = ratioOf(service, bare) ?? Number.NaN
  return {
    what: `${task.title}, through the service`,
    measured: timeOf(service),
    baseline: `${timeOf(bare)} bare sharp`,
    distance: times(ratio),
    goal: `at most ${MOST_TIMES} ×`,
    reached: ratio <= MOST_TIMES,
  }
}

function judgeMemory({ task, results: { bare, engine } }: TaskResult): Finding {
  const peak = figureOf(engine, 'peakBytes') ?? Number.NaN
  const barePeak = figureOf(bare, 'peakBytes') ?? Number.NaN
  return {
    what: `${task.title}, the most memory that a process which does only this has held`,
    measured: megabytes(peak),
    baseline: `${megabytes(barePeak)} bare sharp`,
    distance: times(peak / barePeak),
    goal: `under ${megabytes(MOST_MEMORY)}`,
    reached: peak < MOST_MEMORY,
  }
}

function judgeCores({ task, results: { bare, engine } }: TaskResult): Finding {
  const least = LEAST_SHARE_OF_CORES * availableParallelism()
  const cores = figureOf(engine, 'cores') ?? Number.NaN
  return {
    what: `${task.title}, cores busy`,
    measured: `${cores.toFixed(2)} cores`,
    baseline: `${figureOf(bare, 'cores')?.toFixed(2)} cores bare sharp`,
    distance: `${times(ratioOf(engine, bare) ?? Number.NaN)} the time`,
    goal: `at least ${least.toFixed(1)} of ${availableParallelism()} cores`,
    reached: cores >= least,
  }
}

function timeOf(result: Result): string {
  return result.known ? ms(result.ms) : result.why
}
