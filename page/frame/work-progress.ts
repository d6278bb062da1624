import { html, type TemplateResult } from 'lit'
import type { Work } from '../../src/doors/page/work/work-shapes.ts'
import './work-progress.css'

/** How much of a piece of work has ended. */
export function workProgress(
  { done, total }: Pick<Work, 'done' | 'total'>,
  label: string,
): TemplateResult {
  return html`<progress class="work-progress" aria-label=${label} max=${total} .value=${done}></progress>`
}
