import type { CaseResult, TestCase } from '../../src/doors/page/api.ts'
import { hasWords, type SearchedFor } from './searched-for.ts'

/** How a test case stands: as its last run ended, or why there is no such end. */
export type Standing = CaseResult['state'] | 'not-run' | 'not-runnable'

/** Tells how a case stands. */
export function standingOf({ unfit, result }: TestCase): Standing {
  return unfit === undefined ? (result?.state ?? 'not-run') : 'not-runnable'
}

/** Action and name, as the service wants a case to be named that is to be run. */
export function keyOfCase({ action, name }: Pick<TestCase, 'action' | 'name'>): string {
  return `${action}/${name}`
}

/** Whether a case has been asked for and not ended yet. */
export function isWaiting(each: TestCase): boolean {
  const standing = standingOf(each)
  return standing === 'queued' || standing === 'running'
}

/** Whether the last run of a case did not end as the case wants. */
export function isBad(each: TestCase): boolean {
  const standing = standingOf(each)
  return standing === 'failed' || standing === 'error'
}

/** Whether it can be asked for now. */
export function canRun(each: TestCase): boolean {
  return each.unfit === undefined && !isWaiting(each)
}

/**
 * Leaves the cases that are looked for, in their order.
 *
 * @param filter.text - words which all have to be in `ACTION/NAME`, in whatever case of the letters
 * @param filter.state - a {@link Standing}, or '' for all
 */
export function filterCases(cases: readonly TestCase[], filter: SearchedFor): readonly TestCase[] {
  return cases.filter(
    (each) =>
      (filter.state === '' || standingOf(each) === filter.state) &&
      hasWords(keyOfCase(each), filter),
  )
}

/** Counts how the cases stand; what is not in the map is there 0 times. */
export function countStandings(cases: readonly TestCase[]): ReadonlyMap<Standing, number> {
  const counts = new Map<Standing, number>()
  for (const each of cases) {
    const standing = standingOf(each)
    counts.set(standing, (counts.get(standing) ?? 0) + 1)
  }
  return counts
}

/** Puts the cases of each action together, both in their order. */
export function groupByAction(
  cases: readonly TestCase[],
): ReadonlyMap<string, readonly TestCase[]> {
  return Map.groupBy(cases, ({ action }) => action)
}

/** What a tester goes to from a case, on the way through what is not as it should be. */
export interface BadNeighbours {
  readonly previous: TestCase | undefined
  readonly next: TestCase | undefined
  /** Of the case itself among them, from 1; undefined when it is none of them. */
  readonly position: number | undefined
  readonly total: number
}

/** Finds the nearest bad cases before and after a case; all when that is not in the list. */
export function badNeighbours(cases: readonly TestCase[], key: string): BadNeighbours {
  const at = cases.findIndex((each) => keyOfCase(each) === key)
  const bad = cases.filter(isBad)
  const position = bad.findIndex((each) => keyOfCase(each) === key)
  return {
    previous: cases.slice(0, Math.max(at, 0)).findLast(isBad),
    next: cases.slice(at + 1).find(isBad),
    position: position === -1 ? undefined : position + 1,
    total: bad.length,
  }
}

/**
 * Takes over a list that the service has sent, but for the results that have come in by themselves since it was asked
 * for.
 *
 * @param before - what was known when it was asked for
 * @param now - what is known now
 */
export function takeOver(
  loaded: readonly TestCase[],
  before: readonly TestCase[],
  now: readonly TestCase[],
): readonly TestCase[] {
  const old = new Map(before.map((each) => [keyOfCase(each), each.result]))
  const fresh = new Map(
    now.flatMap((each) =>
      each.result === old.get(keyOfCase(each)) ? [] : [[keyOfCase(each), each.result] as const],
    ),
  )
  return loaded.map((each) => {
    const result = fresh.get(keyOfCase(each))
    return result === undefined ? each : { ...each, result }
  })
}
