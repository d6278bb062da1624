import { html, type TemplateResult } from 'lit'
import { mistakesOf, remarksOf, renditionOf, titleOfMistake } from '../composition/mistakes.ts'
import { inspectComposition } from '../composition/reading.ts'
import { idOf } from '../composition/rendition-id.ts'
import { unfold } from '../composition/unfolded.ts'
import { type ListedMistake, mistakeList } from '../elements/mistake-list.ts'
import { focusFirst, outwards, selectInJson } from '../schema-form/go-to-problem.ts'
import type { ValueProblem } from '../schema-form/syntax.ts'
import type { State, Store } from '../state.ts'

/** What hinders the run, and what is only worth a look, each leading to where it is mended. */
export function mistakesView(state: State, store: Store): TemplateResult {
  const read = inspectComposition(state.composition)
  const listed = (problem: ValueProblem): ListedMistake => ({
    title: titleOfMistake(read, problem),
    message: problem.message,
    goTo: () => goTo(problem, state, store),
  })
  return html`${mistakeList('mistakes', mistakesOf(read).map(listed))}
  ${mistakeList('remarks', remarksOf(read).map(listed))}`
}

/** Leads to what has to be mended first. */
export function goToFirstMistake(state: State, store: Store): void {
  const [first] = mistakesOf(inspectComposition(state.composition))
  if (first !== undefined) goTo(first, state, store)
}

/** Which renditions show their fields; one that is alone does so by itself. */
export function unfoldedOf({ unfolded, composition }: State): readonly number[] {
  const { renditions = [] } = inspectComposition(composition)
  return renditions.length === 1 && unfolded.length === 0 ? [0] : unfolded
}

/** Puts the cursor where a mistake is: into its field, or in the JSON. */
function goTo(mistake: ValueProblem, state: State, store: Store): void {
  const read = inspectComposition(state.composition)
  const index = renditionOf(read, mistake)
  if (state.mode === 'json' || index === undefined || mistake.isDoubled === true) {
    store.change({ mode: 'json' })
    selectInJson(mistake)
    return
  }
  store.change({ unfolded: unfold(unfoldedOf(state), index) })
  const path = mistake.path.slice(read.base.length + 1).map(String)
  // A mistake of no field is told at the row.
  focusFirst([...outwards(path).map((each) => idOf(index, each)), idOf(index, ['row'])])
}
