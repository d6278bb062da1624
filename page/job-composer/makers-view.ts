import { html, nothing, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import { howOf, type MadePair, pairsOf, summaryOf } from './makers.ts'
import type { PlacedTask } from './placed-task.ts'

const words = strings.composer.makers

/** What makes what a task makes, and a table of all formats of its operation. */
export function makersView({ task, tasks, state }: PlacedTask): TemplateResult | typeof nothing {
  const { operation } = task
  const { makers = [], draftFiles } = state
  const own = makers.filter((maker) => maker.operation === operation?.name)
  if (operation?.group !== 'make' || own.length === 0) return nothing
  const fileNames = new Map(Array.from(draftFiles, ([name, file]) => [name, file.name]))
  const pairs = pairsOf(task, tasks, fileNames, makers)
  return html`<details class="makers">
    <summary>${pairs.length === 0 ? summaryOf(own) : pairs.map(pairView)}</summary>
    <div class="makers-table" tabindex="0" role="region" aria-label=${words.caption(operation.name)}>
      <table>
        <thead>
          <tr>
            <th scope="col">${words.from}</th>
            <th scope="col">${words.to}</th>
            <th scope="col">${words.by}</th>
          </tr>
        </thead>
        <tbody>
          ${own.map(
            (maker) => html`<tr>
              <td>${listOf(maker.from)}</td>
              <td>${listOf(maker.to)}</td>
              <td>${howOf(maker)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`
}

function pairView({ from, to, maker }: MadePair): TemplateResult {
  const isWrong = maker === undefined || maker.missing !== null
  return html`<span class="maker-pair ${isWrong ? 'missing' : ''}"
    ><strong>${words.pair(from, to)}</strong> ${maker === undefined ? words.unknown : howOf(maker)}</span
  >`
}

function listOf(formats: readonly string[]): string {
  return formats.length === 0 ? words.any : formats.join(', ')
}
