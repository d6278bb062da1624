import { html, nothing, type TemplateResult } from 'lit'
import { copyText } from '../commands/copying.ts'
import { confirm } from '../elements/confirm.ts'
import { buttonIcon } from '../elements/icon.ts'
import { absentView } from '../frame/absent-view.ts'
import { detailHead } from '../frame/detail-head.ts'
import { timingsView } from '../frame/timings-view.ts'
import { workLight } from '../frame/work-light.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { formatDateTime } from '../strings.ts'
import { deliveriesView } from './deliveries-view.ts'
import { graphView } from './graph-view.ts'
import { cancelJob, deleteJob, runJobAgain } from './job-commands.ts'
import { titleOfKnownJob } from './job-title.ts'
import { formatSpan } from './job-words.ts'
import { STATE_OF_STATUS } from './job-work.ts'
import { findTask, isOpen, type KnownJob, shownNameOf, usualTask } from './job.ts'
import { taskView } from './task-view.ts'
import { viewWords } from './view-words.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

const words = viewWords.job

/** One job: its tasks as a graph, what there is to know of the one that is chosen, and what took the time. */
export function jobView(
  { jobs }: State,
  store: Store,
  { id, task: name }: { id: string; task?: string },
): TemplateResult {
  const { detail, missing } = jobs
  if (detail?.job.id !== id) {
    return absentView({
      why: missing?.id === id ? missing.why : undefined,
      title: words.missing,
      loading: words.loading,
      heading: viewWords.list.title,
    })
  }
  const chosen = (name === undefined ? undefined : findTask(detail, name)) ?? usualTask(detail)
  return html`
    ${headView(detail, store)}
    <section aria-labelledby="job-tasks">
      <h2 id="job-tasks" class="unseen">${words.tasks}</h2>
      ${graphView(detail, chosen)}
    </section>
    ${chosen === undefined ? nothing : taskView(detail, chosen, store)}
    <section class="job-part" aria-labelledby="job-timings">
      <h2 id="job-timings">${words.timings}</h2>
      ${timesView(detail)}
    </section>
    <section class="job-part" aria-labelledby="job-webhooks">
      <h2 id="job-webhooks">${words.webhooks}</h2>
      ${deliveriesView(detail)}
    </section>
  `
}

function headView(detail: KnownJob, store: Store): TemplateResult {
  const { id, status, tag } = detail.job
  const copy = (): void => void copyText(store, id, words.copiedId)
  return detailHead({
    title: titleOfKnownJob(detail),
    standing: workLight(STATE_OF_STATUS[status], viewWords.statuses[status]),
    actionsLabel: words.actions,
    actions: html`${
      isOpen(detail.job)
        ? html`<sp-action-button size="s" @click=${() => cancelJob(store, detail)}
              >${buttonIcon('cancel')}${words.cancel}</sp-action-button
            >`
        : html`<sp-action-button size="s" @click=${() => runJobAgain(store, id)}
              >${buttonIcon('refresh')}${words.again}</sp-action-button
            >`
    }
      <sp-action-button size="s" href=${addressOf({ view: 'compose', from: id })}
        >${buttonIcon('edit')}${words.compose}</sp-action-button
      >
      <sp-action-button size="s" @click=${() => void askToDelete(store, id)}
        >${buttonIcon('delete')}${words.delete}</sp-action-button
      >`,
    facts: [
      [words.created, createdOf(detail)],
      [words.took, tookOf(detail)],
      [words.tag, tag === null || tag === '' ? undefined : tag],
      [
        words.id,
        html`<code>${id}</code>
          <sp-action-button size="xs" quiet @click=${copy}>${words.copyId}</sp-action-button>`,
      ],
    ],
  })
}

function createdOf({ tasks, job }: KnownJob): string {
  return formatDateTime(tasks[0]?.facts.createdAt ?? Date.parse(job.created_at))
}

function tookOf({ job, tasks }: KnownJob): string {
  const begin = Math.min(...tasks.map(({ facts }) => facts.createdAt))
  const end = isOpen(job)
    ? Date.now()
    : Math.max(...tasks.map(({ facts }) => facts.endedAt ?? begin))
  return formatSpan(Math.max(0, end - begin))
}

/** Without the retries, which may come hours later. */
function timesView({ tasks }: KnownJob): TemplateResult {
  const parts = tasks.map(({ task, facts }) => ({ name: shownNameOf(task), spans: facts.spans }))
  return timingsView(parts, {
    begin: Math.min(...tasks.map(({ facts }) => facts.createdAt)),
    now: Date.now(),
    apart: false,
    row: words.tasks,
    caption: words.timingsCaption,
  })
}

async function askToDelete(store: Store, id: string): Promise<void> {
  if (await confirm(words.confirmDelete)) await deleteJob(store, id)
}
