import { idAt } from '../schema-form/settle.ts'
import type { State, Store } from '../state.ts'
import type { DraftProblem, DraftTask } from './draft.ts'

/** A task of a draft, and where it is. */
export interface PlacedTask {
  readonly task: DraftTask
  /** Counted from 0. */
  readonly index: number
  readonly tasks: readonly DraftTask[]
  /** What is told of, of the whole draft. */
  readonly problems: readonly DraftProblem[]
  readonly state: State
  readonly store: Store
}

/** The id of what belongs to a task of the form. */
export function taskId(index: number, ...path: readonly string[]): string {
  return idAt(`task-${index}`, path)
}
