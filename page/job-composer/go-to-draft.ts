import { focusFirst, outwards, selectInJson } from '../schema-form/go-to-problem.ts'
import { idAt } from '../schema-form/settle.ts'
import type { State, Store } from '../state.ts'
import type { DraftProblem, ReadDraft } from './draft.ts'
import { taskId } from './placed-task.ts'

/** Puts the cursor where something has to be mended in a draft: into its field, or in the JSON. */
export function goToProblem(
  problem: DraftProblem,
  { draftMode }: Pick<State, 'draftMode'>,
  store: Store,
  { tasks = [] }: Pick<ReadDraft, 'tasks'>,
): void {
  const [first, name, ...field] = problem.path.map(String)
  const index = tasks.findIndex((task) => first === 'tasks' && task.name === name)
  const ids =
    index === -1
      ? outwards(problem.path.map(String)).map((each) => idAt('job', each))
      : [...outwards(field).map((each) => taskId(index, ...each)), taskId(index, 'name')]
  if (draftMode === 'json' || first === undefined || problem.isDoubled === true) {
    store.change({ draftMode: 'json' })
    selectInJson(problem)
  } else {
    focusFirst(ids)
  }
}

/** Puts the cursor where the file of a task is chosen. */
export function goToFile(index: number, store: Store): void {
  // The JSON has no place for a file.
  store.change({ draftMode: 'form' })
  focusFirst([taskId(index, 'file')])
}
