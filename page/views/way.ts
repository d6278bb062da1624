import { html, nothing, type TemplateResult } from 'lit'
import { latestRunId } from '../model/run-list.ts'
import { wayTo } from '../model/way.ts'
import { addressOf } from '../router.ts'
import type { State } from '../state.ts'
import { strings } from '../strings.ts'
import './way.css'

/** The way from a tab to what is looked at, each place on it a link. */
export function wayView(state: State): TemplateResult {
  const { route, jobs, images } = state
  const latest = latestRunId(state)
  const steps = wayTo(route, { ...state, latest, job: jobs.detail, asset: images.detail })
  if (steps.length === 0) return html``
  return html`<nav class="way" aria-label=${strings.app.way}>
    <ol>
      ${steps.map(
        (step) => html`<li>
          <a
            href=${addressOf(step.route ?? route)}
            aria-current=${step.route === undefined ? 'page' : nothing}
            >${step.name}</a
          >
        </li>`,
      )}
    </ol>
  </nav>`
}
