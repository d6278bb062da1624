import type { ShownExport } from '../../src/doors/page/exports/export-shapes.ts'
import type { exportWords } from './export-words.ts'

/** How far an export is. */
export type ExportState = keyof typeof exportWords.states

/** Says how far an export is. */
export function stateOf(
  job: Pick<ShownExport, 'state' | 'isPaused' | 'isFatal' | 'execTime' | 'errors' | 'warnings'>,
): ExportState {
  const { state, isPaused, isFatal, execTime, errors, warnings } = job
  if (state === 'running') return 'running'
  if (state === 'waiting') {
    if (isPaused) return 'paused'
    return execTime === undefined ? 'waiting' : 'scheduled'
  }
  if (isFatal) return 'failed'
  return errors + warnings > 0 ? 'problems' : 'done'
}

/** How many of the assets of an export have come to an end, of how many, and what went wrong. */
export function countsOf({
  state,
  total,
  assets,
  successes,
  errors,
  warnings,
}: Pick<ShownExport, 'state' | 'total' | 'assets' | 'successes' | 'errors' | 'warnings'>): {
  readonly total: number
  readonly done: number
  readonly problems: number
} {
  const done = successes + errors + warnings
  return {
    total: total === 0 ? assets : total,
    // Of a job that is done nothing is left, whether or not it came to all of them.
    done: state === 'waiting' ? 0 : done,
    problems: errors + warnings,
  }
}
