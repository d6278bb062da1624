import { html, type TemplateResult } from 'lit'
import type { Store } from './state.ts'
import { strings } from './strings.ts'

/** What is said in place of a view that is not there yet. */
export interface LateWords {
  readonly loading: string
  readonly notLoaded: string
}

/**
 * Makes a view of what is only loaded when it is first seen.
 *
 * @param load - loads it
 * @returns a function that shows it, or says what is in its place
 */
export function createLateView<Views>(
  load: () => Promise<Views>,
  { loading, notLoaded }: LateWords,
): (store: Store, show: (views: Views) => TemplateResult) => TemplateResult {
  let views: Views | undefined
  let state: 'not asked for' | 'on the way' | 'failed' = 'not asked for'

  async function begin(store: Store): Promise<void> {
    state = 'on the way'
    try {
      views = await load()
    } catch {
      state = 'failed'
    }
    store.change({})
  }

  return (store, show) => {
    if (views !== undefined) return show(views)
    if (state === 'not asked for') void begin(store)
    return html`<h1 class="unseen">${strings.app.title}</h1>
      ${state === 'failed' ? html`<p>${notLoaded}</p>` : html`<p class="late">${loading}</p>`}`
  }
}
