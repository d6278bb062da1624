import type { TemplateResult } from 'lit'
import type { WorkState } from '../../src/doors/page/work/work-shapes.ts'
import { workLight } from '../frame/work-light.ts'
import type { RenditionState } from '../model/request-summary.ts'
import { strings } from '../strings.ts'

const STATES = {
  queued: 'waiting',
  running: 'running',
  created: 'done',
  failed: 'failed',
  stopped: 'stopped',
} as const satisfies Record<RenditionState, WorkState>

/** How far a rendition has come: a light and a word. */
export function renditionLight(state: RenditionState): TemplateResult {
  return workLight(STATES[state], strings.results.states[state])
}
