import { html, type TemplateResult } from 'lit'
import type { WorkState } from '../../src/doors/page/work/work-shapes.ts'
import '@spectrum-web-components/status-light/sp-status-light.js'

const LIGHTS = {
  waiting: 'neutral',
  scheduled: 'neutral',
  paused: 'notice',
  running: 'info',
  done: 'positive',
  problems: 'notice',
  failed: 'negative',
  stopped: 'neutral',
} as const satisfies Record<WorkState, string>

/**
 * How far a piece of work or a part of one is: a light and a word.
 *
 * @param word - what its door calls that
 */
export function workLight(state: WorkState, word: string): TemplateResult {
  return html`<sp-status-light size="s" variant=${LIGHTS[state]}>${word}</sp-status-light>`
}
