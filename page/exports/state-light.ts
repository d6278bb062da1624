import { html, type TemplateResult } from 'lit'
import { type ExportState, stateOf } from './export-state.ts'
import { exportWords } from './export-words.ts'
import '@spectrum-web-components/status-light/sp-status-light.js'

const LIGHTS = {
  waiting: 'neutral',
  paused: 'notice',
  scheduled: 'neutral',
  running: 'info',
  done: 'positive',
  problems: 'notice',
  failed: 'negative',
} as const satisfies Record<ExportState, string>

/** How far an export is: a light and a word. */
export function stateLight(job: Parameters<typeof stateOf>[0]): TemplateResult {
  const state = stateOf(job)
  return html`<sp-status-light size="s" variant=${LIGHTS[state]}
    >${exportWords.states[state]}</sp-status-light
  >`
}
