import { html, nothing, type TemplateResult } from 'lit'
import { buttonIcon } from '../elements/icon.ts'
import type { Tab } from '../elements/tab-set.ts'
import { type Fact, factsView } from '../frame/facts.ts'
import { workLight } from '../frame/work-light.ts'
import { addressOf } from '../router.ts'
import { urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { formatDateTime } from '../strings.ts'
import { cancelTask, retryTask } from './job-commands.ts'
import { formatSpan } from './job-words.ts'
import {
  inputsOf,
  isOpen,
  type KnownJob,
  type KnownTask,
  nameOfTask,
  originOf,
  shownNameOf,
} from './job.ts'
import { filesView } from './task-files-view.ts'
import { logView } from './task-log-view.ts'
import { viewWords } from './view-words.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '../elements/tab-set.ts'
import './task-payload.ts'
import '../views/failure.css'

const words = viewWords.task

/** All that is known of a task of a job. */
export function taskView(known: KnownJob, each: KnownTask, store: Store): TemplateResult {
  const { task, facts } = each
  const origin = originOf(known, each)
  const name = origin === each ? nameOfTask(task) : words.retryNamed(nameOfTask(origin.task))
  return html`<section class="task" aria-labelledby="task-title">
    <header class="task-head">
      <h2 id="task-title">${name}</h2>
      ${workLight(facts.state, viewWords.statuses[task.status])}
      <div class="detail-actions" role="group" aria-label=${words.actions(name)}>
        ${
          isOpen(task)
            ? html`<sp-action-button size="s" @click=${() => cancelTask(store, task.id)}
                >${buttonIcon('cancel')}${words.cancel}</sp-action-button
              >`
            : html`<sp-action-button
                size="s"
                title=${words.retryHint}
                @click=${() => retryTask(store, known.job.id, task.id)}
                >${buttonIcon('refresh')}${words.retry}</sp-action-button
              >`
        }
      </div>
    </header>
    ${task.status === 'error' ? whyView(known, each) : nothing}
    <div class="task-split">
      <div class="task-files">
        <h3>${words.files}</h3>
        ${filesView(known, each)}
      </div>
      <div class="task-about">
        <h3>${words.facts}</h3>
        ${factsOf(known, each)}
      </div>
    </div>
    <tab-set
      label=${words.inside}
      .tabs=${tabsOf(each)}
      .selected=${task.status === 'error' ? 'log' : 'payload'}
    ></tab-set>
  </section>`
}

function whyView({ job }: KnownJob, { task }: KnownTask): TemplateResult {
  const isIgnored = job.status === 'finished'
  return html`<div class="why">
    <h3>${words.whyTitle(task.code ?? '')}</h3>
    <p class="why-message">${task.message}</p>
    ${task.code === 'INPUT_TASK_FAILED' ? html`<p>${words.inputFailed}</p>` : nothing}
    ${isIgnored ? html`<p>${words.ignored}</p>` : nothing}
  </div>`
}

function tabsOf(each: KnownTask): readonly Tab[] {
  const { task } = each
  const { files: _files, ...found } = task.result ?? {}
  const payload = (result: boolean): TemplateResult => html`<task-payload
    src="${urlOf('v2', 'tasks', task.id)}?include=payload"
    member=${result ? 'result' : 'payload'}
    label=${result ? words.result : words.payload}
  ></task-payload>`
  return [
    { id: 'payload', title: words.payload, content: () => payload(false) },
    ...(Object.keys(found).length > 0
      ? [{ id: 'result', title: words.result, content: () => payload(true) }]
      : []),
    { id: 'log', title: words.log, content: () => logView(each) },
  ]
}

function factsOf(known: KnownJob, each: KnownTask): TemplateResult {
  const { task, facts } = each
  const { createdAt, startedAt, endedAt, options } = facts
  const all = [...known.tasks, ...known.retries]
  const neededBy = all.filter((other) => other.task.depends_on_task_ids.includes(task.id))
  const retries = known.retries.filter((retry) => retry.task.retry_of_task_id === task.id)
  const of = all.filter((other) => other.task.id === task.retry_of_task_id)
  const asked = Object.entries(options).map(([name, value]) => `${name}: ${value}`)
  const now = Date.now()
  const rows: readonly Fact[] = [
    [words.operation, task.operation],
    [words.asked, asked.length === 0 ? undefined : asked.join(', ')],
    [words.needs, linksTo(known, inputsOf(known, task))],
    [words.neededBy, linksTo(known, neededBy)],
    [words.retryOf, linksTo(known, of)],
    [words.retries, linksTo(known, retries)],
    [words.created, formatDateTime(createdAt)],
    [words.waited, formatSpan((startedAt ?? endedAt ?? now) - createdAt)],
    [words.took, startedAt === undefined ? undefined : formatSpan((endedAt ?? now) - startedAt)],
    [words.id, html`<code>${task.id}</code>`],
  ]
  return factsView(rows, 'lines')
}

function linksTo({ job }: KnownJob, tasks: readonly KnownTask[]): TemplateResult | undefined {
  if (tasks.length === 0) return undefined
  return html`${tasks.map(({ task }, index) => {
    const isRetry = task.retry_of_task_id !== null
    return html`${index === 0 ? nothing : ', '}<a
        href=${addressOf({ view: 'job', id: job.id, task: nameOfTask(task) })}
        >${shownNameOf(task)}</a
      >${isRetry ? ` (${viewWords.statuses[task.status]})` : nothing}`
  })}`
}
