import { html, nothing, type TemplateResult } from 'lit'
import { mistakesOf, renditionOf, titleOfMistake } from '../composition/mistakes.ts'
import { inspectComposition } from '../composition/reading.ts'
import { idOf } from '../composition/rendition-id.ts'
import { unfold } from '../composition/unfolded.ts'
import type { ValueProblem } from '../schema-form/syntax.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import './mistakes-view.css'

const words = strings.composition

/** So many are listed; with the next ones they come as those are mended. */
const MOST_LISTED = 3

/** What hinders the run, each leading to where it is mended. */
export function mistakesView(state: State, store: Store): TemplateResult {
  const read = inspectComposition(state.composition)
  const mistakes = mistakesOf(read)
  const more = mistakes.length - MOST_LISTED
  return html`<ul class="mistakes" aria-label=${words.mistakeList}>
    ${mistakes.slice(0, MOST_LISTED).map(
      (mistake) => html`<li>
        <button type="button" title=${mistake.message} @click=${() => goTo(mistake, state, store)}>
          ${titleOfMistake(read, mistake)}
        </button>
      </li>`,
    )}
    ${more > 0 ? html`<li>${words.moreMistakes(more)}</li>` : nothing}
  </ul>`
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
  if (state.mode === 'json' || index === undefined) {
    store.change({ mode: 'json' })
    requestAnimationFrame(() => void selectInJson(mistake))
    return
  }
  store.change({ unfolded: unfold(unfoldedOf(state), index) })
  const path = mistake.path.slice(read.base.length + 1).map(String)
  requestAnimationFrame(() => focusField(index, path))
}

async function selectInJson({ offset, length }: ValueProblem): Promise<void> {
  await customElements.whenDefined('json-editor')
  requestAnimationFrame(() => {
    document.querySelector('json-editor')?.select(offset, length)
  })
}

/** The field itself, or what it is in; a mistake of no field is told at the row. */
function focusField(index: number, path: readonly string[]): void {
  const ids = path.map((_, depth) => idOf(index, path.slice(0, path.length - depth)))
  const found = [...ids, idOf(index, ['row'])]
    .map((id) => document.getElementById(id))
    .find((each) => each !== null)
  found?.focus()
}
