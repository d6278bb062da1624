import { html, type TemplateResult } from 'lit'
import type { ShownExport } from '../../src/doors/page/exports/export-shapes.ts'
import { countsOf } from './export-state.ts'
import { exportWords } from './export-words.ts'

/** How far an export is that runs. */
export function progressView(job: ShownExport): TemplateResult {
  const { done, total } = countsOf(job)
  return html`<progress aria-label=${exportWords.job.progress} max=${total} .value=${done}></progress>`
}
