import { html, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import './composition.css'
import { formView } from './form.ts'
import { jsonView } from './json-view.ts'
import { inspectComposition } from './reading.ts'

const words = strings.composition

const MODES = ['form', 'json'] as const

/** How a composition is shown. */
export type CompositionMode = (typeof MODES)[number]

/** What the composition is, and whom it tells of what the user does with it. */
export interface Composition {
  /** The JSON of the renditions. */
  readonly text: string
  readonly onChange: (text: string) => void
  readonly mode: CompositionMode
  readonly onMode: (mode: CompositionMode) => void
}

/** The renditions of the next run, as a form or as JSON, which are two views of one text. */
export function compositionView({ text, onChange, mode, onMode }: Composition): TemplateResult {
  const read = inspectComposition(text)
  return html`<div class="composition">
    ${tabsView(mode, onMode)}
    <div class="panel" role="tabpanel" aria-labelledby=${tabId(mode)}>
      ${
        mode === 'json'
          ? jsonView({ text, read, onChange })
          : formView({ text, read, onChange, onJson: () => onMode('json') })
      }
    </div>
    <div class="said" role="status"></div>
  </div>`
}

/** Tabs of our own, since those of Spectrum are drawn with a `style` attribute, which the page's policy refuses. */
function tabsView(mode: CompositionMode, onMode: (mode: CompositionMode) => void): TemplateResult {
  const go = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    const [other] = MODES.filter((each) => each !== mode)
    if (other === undefined) return
    onMode(other)
    document.getElementById(tabId(other))?.focus()
  }
  return html`<div class="tabs" role="tablist" aria-label=${words.view} @keydown=${go}>
    ${MODES.map(
      (each) => html`<button
        type="button"
        role="tab"
        id=${tabId(each)}
        aria-selected=${each === mode}
        tabindex=${each === mode ? 0 : -1}
        @click=${() => onMode(each)}
      >
        ${words[each]}
      </button>`,
    )}
  </div>`
}

function tabId(mode: CompositionMode): string {
  return `composition-${mode}`
}
