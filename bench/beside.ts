import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Finding, median, ms, time, times } from './measure.ts'

const run = promisify(execFile)

/** What we take, and what somebody else takes for the same. */
export interface Beside {
  readonly mine: number
  /** Undefined when the program is not installed. */
  readonly theirs: number | undefined
}

/**
 * Measures both in turns, after one round that does not count.
 *
 * @returns the medians of what they tell
 */
export async function takeTurns(
  rounds: number,
  ours: () => Promise<number>,
  other: () => Promise<number | undefined>,
): Promise<Beside> {
  const mine: number[] = []
  const theirs: number[] = []
  for (let round = -1; round < rounds; round += 1) {
    const [one, two] = [await ours(), await other()]
    if (round < 0) continue
    mine.push(one)
    if (two !== undefined) theirs.push(two)
  }
  return { mine: median(mine), theirs: theirs.length === 0 ? undefined : median(theirs) }
}

/**
 * Runs a program to its end.
 *
 * @returns in milliseconds; undefined when there is no such program
 */
export async function timeProgram(
  program: string,
  args: readonly string[],
): Promise<number | undefined> {
  try {
    return await time(() => run(program, args, { maxBuffer: 100_000_000 }))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * What comes of two that took turns.
 *
 * @param options.program - what the other one is called
 * @param options.limit - the most of theirs that ours may be; no goal unless given
 * @param options.show - writes a value; as milliseconds unless given
 */
export function compare({
  what,
  mine,
  theirs,
  program,
  limit,
  goal,
  show = ms,
}: Beside & {
  readonly what: string
  readonly program: string
  readonly limit?: number
  readonly goal: string
  readonly show?: (value: number) => string
}): Finding {
  const measured = show(mine)
  if (theirs === undefined) {
    const baseline = `${program} is not installed`
    return { what, measured, baseline, distance: 'unknown', goal, reached: undefined }
  }
  return {
    what,
    measured,
    baseline: `${show(theirs)} ${program}`,
    distance: times(mine / theirs),
    goal,
    reached: limit === undefined ? undefined : mine <= theirs * limit,
  }
}
