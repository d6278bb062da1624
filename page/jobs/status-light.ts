import { html, type TemplateResult } from 'lit'
import type { Status } from './job.ts'
import { viewWords } from './view-words.ts'
import '@spectrum-web-components/status-light/sp-status-light.js'

const LIGHTS = {
  waiting: 'neutral',
  processing: 'info',
  finished: 'positive',
  error: 'negative',
} as const

/** How far a job or a task is: a light and a word. */
export function statusLight(status: Status): TemplateResult {
  return html`<sp-status-light size="s" variant=${LIGHTS[status]}
    >${viewWords.statuses[status]}</sp-status-light
  >`
}
