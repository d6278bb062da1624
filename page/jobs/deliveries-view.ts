import { html, type TemplateResult } from 'lit'
import type { JobDelivery } from '../../src/doors/page/api.ts'
import { formatDateTime, formatNumber } from '../strings.ts'
import { type KnownJob, nameOfTask } from './job.ts'
import { viewWords } from './view-words.ts'

const words = viewWords.delivery

/** What receivers were told of a job and its tasks, and what became of it. */
export function deliveriesView(known: KnownJob): TemplateResult {
  if (known.deliveries.length === 0) return html`<p>${viewWords.job.noWebhooks}</p>`
  const names = new Map(
    [...known.tasks, ...known.retries].map(({ task }) => [task.id, nameOfTask(task)]),
  )
  return html`<div class="table-box" role="region" tabindex="0" aria-label=${words.caption}>
    <table class="deliveries">
      <thead>
        <tr>
          ${[
            words.event,
            words.about,
            words.receiver,
            words.attempts,
            words.outcome,
            words.next,
          ].map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${known.deliveries.map((each) => rowView(each, names.get(each.subject) ?? words.theJob))}
      </tbody>
    </table>
  </div>`
}

function rowView(
  { event, url, attempts, nextAt, outcome }: JobDelivery,
  about: string,
): TemplateResult {
  return html`<tr>
    <th scope="row">${event}</th>
    <td>${about}</td>
    <td>${url}</td>
    <td>${formatNumber(attempts)}</td>
    <td>${outcome ?? words.underWay}</td>
    <td>${nextAt === undefined ? words.none : formatDateTime(nextAt)}</td>
  </tr>`
}
