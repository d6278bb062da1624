import type { TestCase } from '../../src/doors/page/api.ts'
import type { CaseBatch, State } from '../state.ts'
import { isBad, isWaiting, keyOfCase } from './case-list.ts'

/**
 * Follows which cases belong together, from nothing but how they stand, so that it is true after a reload and for what
 * another page has begun. A batch whose cases have all ended stays until the next begins.
 */
export function followBatch(
  batch: CaseBatch,
  before: readonly TestCase[],
  now: readonly TestCase[],
): CaseBatch {
  const waiting = new Set(now.filter(isWaiting).map(keyOfCase))
  if (waiting.size === 0) return batch
  return before.some(isWaiting) ? new Set([...batch, ...waiting]) : waiting
}

/** What changes in the state with the cases. */
export function changeCases(
  { cases, caseBatch }: Pick<State, 'cases' | 'caseBatch'>,
  changed: readonly TestCase[],
): Pick<State, 'cases' | 'caseBatch'> {
  return { cases: changed, caseBatch: followBatch(caseBatch, cases ?? [], changed) }
}

/** How far a batch has come. */
export interface CaseProgress {
  readonly total: number
  readonly done: number
  /** How many of those that are done are not as they should be. */
  readonly bad: number
}

/** Tells how far a batch has come; undefined when there is none. */
export function progressOf(batch: CaseBatch, cases: readonly TestCase[]): CaseProgress | undefined {
  const members = cases.filter((each) => batch.has(keyOfCase(each)))
  if (members.length === 0) return undefined
  return {
    total: members.length,
    done: members.filter((each) => !isWaiting(each)).length,
    bad: members.filter(isBad).length,
  }
}

/** Batches of fewer cases are over before a quarter of them could be told. */
const FEWEST_IN_QUARTERS = 40

/** How many quarters of a batch are done: what is told of it to those who do not see it, instead of every case. */
export function quartersDone({ done, total }: CaseProgress): 0 | 1 | 2 | 3 | 4 {
  if (done === total) return 4
  if (total < FEWEST_IN_QUARTERS || done * 4 < total) return 0
  if (done * 2 < total) return 1
  return done * 4 < total * 3 ? 2 : 3
}
