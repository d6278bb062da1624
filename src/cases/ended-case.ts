import path from 'node:path'
import type { ReadyCase, UnfitCase } from './test-case.ts'
import { toMessage, type Verdict } from './verdict.ts'

/** What there is to say about a case when it is over. */
export interface EndedCase {
  /** The name of its folder. */
  readonly name: string
  readonly verdict: Verdict | { readonly state: 'skipped'; readonly message: string }
  /** Milliseconds from the upload of the source to the verdict; undefined when it was not run. */
  readonly milliseconds: number | undefined
  /** Milliseconds that the worker took of it. */
  readonly workerMilliseconds: number | undefined
  /** What the worker printed, one line each. */
  readonly log: readonly string[]
  /** The case, when it was run. */
  readonly testCase: ReadyCase | undefined
  /** The file that was made. */
  readonly actual: string | undefined
}

/** The result of a case that cannot be run. */
export function unfitResult({ name, state, reason }: UnfitCase): EndedCase {
  return {
    name: path.basename(name),
    verdict:
      state === 'skipped'
        ? { state, message: reason }
        : { state: 'error', message: toMessage(reason), differences: [], output: '' },
    milliseconds: undefined,
    workerMilliseconds: undefined,
    log: [],
    testCase: undefined,
    actual: undefined,
  }
}

/** How the cases of an action ended. */
export interface Totals {
  /** Without those that were skipped. */
  readonly run: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
  readonly expectedErrors: number
}

/** Counts the results of cases. */
export function countResults(results: readonly EndedCase[]): Totals {
  const count = (state: EndedCase['verdict']['state']) =>
    results.filter(({ verdict }) => verdict.state === state).length
  const skipped = count('skipped')
  return {
    run: results.length - skipped,
    failures: count('failed'),
    errors: count('error'),
    skipped,
    expectedErrors: count('expected-error'),
  }
}

/** A time as `aio asset-compute test-worker` prints it, such as `1s 234ms`. */
export function formatTime(milliseconds: number): string {
  return `${Math.floor(milliseconds / 1000)}s ${Math.floor(milliseconds % 1000)}ms`
}
