import { html, nothing, type TemplateResult } from 'lit'
import type { ExportDetail, ExportLine } from '../../src/doors/page/exports/export-shapes.ts'
import type { Store } from '../state.ts'
import { changeExports } from './export-commands.ts'
import { exportWords } from './export-words.ts'

const words = exportWords.job

/** Lines that tell of what went wrong. */
const PROBLEMS: ReadonlySet<string> = new Set(['GetFailure', 'FileCancel', 'FatalError'])

const time = new Intl.DateTimeFormat('en', { timeStyle: 'medium' })

/** The log of an export, as getJobLogDetails tells it. */
export function logView(
  { lines, earlier }: ExportDetail,
  onlyProblems: boolean,
  store: Store,
): TemplateResult {
  const shown = onlyProblems ? lines.filter(({ type }) => PROBLEMS.has(type)) : lines
  return html`<section aria-labelledby="export-log">
    <div class="export-log-head">
      <h2 id="export-log">${words.log}</h2>
      <fieldset class="exports-choice">
        <legend class="unseen">${words.logLines}</legend>
        ${choice(false, words.all)} ${choice(true, words.onlyProblems)}
      </fieldset>
    </div>
    ${earlier === 0 ? nothing : html`<p class="export-note">${words.earlier(earlier)}</p>`}
    ${
      shown.length === 0
        ? html`<p>${onlyProblems ? words.noProblems : words.noLines}</p>`
        : html`<ol class="export-log" tabindex="0" aria-labelledby="export-log">
            ${shown.map(lineView)}
          </ol>`
    }
  </section>`

  function choice(value: boolean, label: string): TemplateResult {
    return html`<label>
      <input
        type="radio"
        name="export-log"
        .checked=${onlyProblems === value}
        @change=${() => changeExports(store, { onlyProblems: value })}
      />${label}</label
    >`
  }
}

function lineView({ type, message, created }: ExportLine): TemplateResult {
  return html`<li ?data-problem=${PROBLEMS.has(type)}>
    <time datetime=${new Date(created).toISOString()}>${time.format(created)}</time>
    <span class="export-line-type" title=${type}>${exportWords.lines[type] ?? type}</span>
    <span class="export-line-text">${message}</span>
  </li>`
}
