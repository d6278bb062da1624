import { html, type TemplateResult } from 'lit'
import type { RenditionState } from '../model/request-summary.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/status-light/sp-status-light.js'

const LIGHTS = {
  queued: 'neutral',
  running: 'info',
  created: 'positive',
  failed: 'negative',
  stopped: 'neutral',
} as const

/** How far a rendition has come: a light and a word. */
export function stateLight(state: RenditionState): TemplateResult {
  return html`<sp-status-light size="s" variant=${LIGHTS[state]}
    >${strings.results.states[state]}</sp-status-light
  >`
}
