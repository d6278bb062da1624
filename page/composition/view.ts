import { html, type TemplateResult } from 'lit'
import type { Tab } from '../elements/tab-set.ts'
import { jsonView } from '../schema-form/json-view.ts'
import '../elements/tab-set.ts'
import '../schema-form/composition.css'
import { strings } from '../strings.ts'
import { formView } from './form.ts'
import { COMPOSITIONS } from './language.ts'
import { inspectComposition } from './reading.ts'

const words = strings.composition

const MODES = ['form', 'json'] as const

/** How a composition is shown. */
type CompositionMode = (typeof MODES)[number]

/** What the composition is, and whom it tells of what the user does with it. */
interface Composition {
  /** The JSON of the renditions. */
  readonly text: string
  readonly onChange: (text: string) => void
  readonly mode: CompositionMode
  readonly onMode: (mode: CompositionMode) => void
  /** The renditions whose fields the form shows, by their places from 0. */
  readonly unfolded: readonly number[]
  readonly onUnfold: (unfolded: readonly number[]) => void
}

/** The renditions of the next run, as a form or as JSON, which are two views of one text. */
export function compositionView(composition: Composition): TemplateResult {
  const { text, onChange, mode, onMode } = composition
  const read = inspectComposition(text)
  const content = {
    form: () => formView({ ...composition, read, onJson: () => onMode('json') }),
    json: () => jsonView({ text, language: COMPOSITIONS, problems: read.problems, onChange }),
  }
  const tabs: readonly Tab[] = MODES.map((id) => ({
    id,
    title: words[id],
    content: () => html`<div class="panel">${content[id]()}</div>`,
  }))
  const choose = ({ detail }: CustomEvent<string>): void => {
    const chosen = MODES.find((each) => each === detail)
    if (chosen !== undefined) onMode(chosen)
  }
  return html`<div class="composition">
    <tab-set label=${words.view} .tabs=${tabs} .selected=${mode} @choose=${choose}></tab-set>
    <div class="said" role="status"></div>
  </div>`
}
