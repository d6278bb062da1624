import { availableParallelism } from 'node:os'
import { type Finding, megabytes, ms, times } from '../measure.ts'
import { figureOf, type Result, ratioOf, type TaskResult } from './results.ts'

const MOST_OVER_BARE_SHARP = 1.15
const LEAST_FASTER_THAN_SDK = 25
const MOST_MEMORY = 400_000_000
const LEAST_SHARE_OF_CORES = 0.9

/** Says of each goal how far it was reached. */
export function judge(tasks: readonly TaskResult[]): Finding[] {
  return tasks.flatMap((result) => {
    if (result.task.name === 'large') return [compareToSharp(result), compareToSdk(result)]
    if (result.task.name === 'single') return [compareToSharp(result)]
    return [result.task.name === 'huge' ? judgeMemory(result) : judgeCores(result)]
  })
}

function compareToSharp({ task, results: { bare, engine } }: TaskResult): Finding {
  const ratio = ratioOf(engine, bare) ?? Number.NaN
  return {
    what: task.title,
    measured: timeOf(engine),
    baseline: `${timeOf(bare)} bare sharp`,
    distance: times(ratio),
    goal: `at most ${MOST_OVER_BARE_SHARP} ×`,
    reached: ratio <= MOST_OVER_BARE_SHARP,
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
