import { html, nothing, type TemplateResult } from 'lit'
import type { ExportDetail, ExportLine } from '../../src/doors/page/exports/export-shapes.ts'
import { oncePerLog, type ShownLine } from '../logs/shown-line.ts'
import { exportWords } from './export-words.ts'
import '../logs/log-view.ts'

const words = exportWords.job

/** Lines that tell of what went wrong. */
const PROBLEMS: ReadonlySet<string> = new Set(['GetFailure', 'FileCancel', 'FatalError'])

/** The log of an export, as getJobLogDetails tells it. */
export function logView({ lines, earlier }: ExportDetail): TemplateResult {
  return html`<section aria-labelledby="export-log">
    <h2 id="export-log">${words.log}</h2>
    ${earlier === 0 ? nothing : html`<p class="export-note">${words.earlier(earlier)}</p>`}
    ${
      lines.length === 0
        ? html`<p>${words.noLines}</p>`
        : html`<log-view
            .lines=${linesOfExport(lines)}
            .words=${words.logLines}
            .long=${true}
            label=${words.logLabel}
          ></log-view>`
    }
  </section>`
}

const linesOfExport = oncePerLog<ExportLine>((lines) => lines.map(lineOf))

function lineOf({ type, message, created }: ExportLine): ShownLine {
  const isProblem = PROBLEMS.has(type)
  const kind = exportWords.lines[type] ?? type
  const whole = `${new Date(created).toISOString()} ${type} ${message}`
  return { whole, time: created, kind, text: message, matters: isProblem, isProblem }
}
