import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { formatDateTime } from '../strings.ts'
import { isOpen, type Job, STATUSES, toMilliseconds } from './job.ts'
import { filterJobs, loadJobs, loadMoreJobs } from './job-commands.ts'
import { countTasks, listedJobs } from './job-list.ts'
import { titleOfJob } from './job-title.ts'
import type { JobFilter, JobsState } from './jobs-state.ts'
import { statusLight } from './status-light.ts'
import { viewWords } from './view-words.ts'
import '@spectrum-web-components/button/sp-button.js'
import '@spectrum-web-components/search/sp-search.js'

const words = viewWords.list

/** Where a job is composed. */
const COMPOSER = addressOf({ view: 'compose' })

/** What makes a job from a terminal, without a file of its own. */
const CURL = `. "\${DARKROOM_HOME:-.darkroom}/jobs.env"
curl --cacert "$NODE_EXTRA_CA_CERTS" "$CLOUDCONVERT_API_URL/jobs" \\
  -H "Authorization: Bearer $CLOUDCONVERT_API_KEY" -H 'Content-Type: application/json' -d '{
  "tasks": {
    "page": { "operation": "import/raw", "file": "<h1>Hello</h1>", "filename": "hello.html" },
    "text": { "operation": "convert", "input": "page", "output_format": "txt" },
    "link": { "operation": "export/url", "input": "text" }
  }
}'`

/** All jobs, newest first. */
export function jobListView({ jobs }: State, store: Store): TemplateResult {
  return html`<div class="jobs-head">
      <h1>${words.title}</h1>
      <a class="new-job" href=${COMPOSER}>${words.newJob}</a>
    </div>
    <p class="jobs-lead">${words.lead} ${words.kept}</p>
    ${contentOf(jobs, store)}`
}

function contentOf(jobs: JobsState, store: Store): TemplateResult {
  const { listed, problem, filter, loading } = jobs
  if (problem !== undefined && listed === undefined) {
    return html`<p>${words.failed}: ${problem}</p>
      <sp-button variant="secondary" @click=${() => loadJobs(store)}>${words.again}</sp-button>`
  }
  if (listed === undefined) return html`<p class="late">${words.loading}</p>`
  const shown = listedJobs(jobs)
  const isFiltered = filter.status !== '' || filter.tag !== '' || filter.text !== ''
  if (shown.length === 0 && !isFiltered) return emptyView()
  return html`
    ${filterView(filter, store)}
    <p class="jobs-shown" role="status">${words.shown(shown.length, listed.more)}</p>
    ${shown.length === 0 ? noneShownView(store) : nothing}
    <ol class="jobs" aria-label=${words.name}>
      ${repeat(
        shown,
        ({ id }) => id,
        (job) => entryView(job, store),
      )}
    </ol>
    ${
      listed.more
        ? html`<sp-button
            variant="secondary"
            aria-disabled=${loading === true ? 'true' : nothing}
            @click=${() => loadMoreJobs(store)}
            >${words.more}</sp-button
          >`
        : nothing
    }
  `
}

function emptyView(): TemplateResult {
  return html`<div class="empty">
    <p><strong>${words.empty}</strong></p>
    <p>${words.invitation}</p>
    <pre class="jobs-curl" tabindex="0"><code>${CURL}</code></pre>
    <p><a href=${COMPOSER}>${words.toComposer}</a></p>
  </div>`
}

function noneShownView(store: Store): TemplateResult {
  return html`<p>${words.noneShown}</p>
    <sp-button
      variant="secondary"
      @click=${() => filterJobs(store, { status: '', tag: '', text: '' })}
      >${words.showAll}</sp-button
    >`
}

function valueOf({ currentTarget }: Event): string {
  return currentTarget instanceof HTMLElement && 'value' in currentTarget
    ? String(currentTarget.value)
    : ''
}

function filterView(filter: JobFilter, store: Store): TemplateResult {
  const setTag = (event: Event): void => {
    event.preventDefault()
    const tag = valueOf(event).trim()
    if (tag !== filter.tag) void filterJobs(store, { tag })
  }
  return html`<div class="cases-filter jobs-filter">
    <sp-search
      label=${words.search}
      placeholder=${words.search}
      .value=${filter.text}
      @input=${(event: Event) => filterJobs(store, { text: valueOf(event) })}
      @submit=${(event: Event) => event.preventDefault()}
    ></sp-search>
    <sp-search
      class="jobs-tag-filter"
      label=${words.tag}
      placeholder=${words.tag}
      .value=${filter.tag}
      @change=${setTag}
      @submit=${setTag}
    ></sp-search>
    <fieldset>
      <legend class="unseen">${words.statuses}</legend>
      ${choice('', words.all)} ${STATUSES.map((each) => choice(each, viewWords.statuses[each]))}
    </fieldset>
  </div>`

  function choice(value: JobFilter['status'], label: string): TemplateResult {
    return html`<label>
      <input
        type="radio"
        name="job-status"
        .checked=${filter.status === value}
        @change=${() => filterJobs(store, { status: value })}
      />${label}</label
    >`
  }
}

function entryView(job: Job, store: Store): TemplateResult {
  const { id, tag, status, created_at: created, ended_at: ended } = job
  const since = toMilliseconds(created)
  const failed = job.tasks?.find(
    (task) => task.status === 'error' && task.code !== 'INPUT_TASK_FAILED',
  )
  return html`<li>
    ${statusLight(status)}
    <a href=${addressOf({ view: 'job', id })}>${titleOfJob(job)}</a>
    ${
      tag === null || tag === ''
        ? html`<span></span>`
        : html`<button
            class="job-tag"
            title=${words.showTag(tag)}
            @click=${() => filterJobs(store, { tag })}
            ><span class="unseen">${viewWords.job.tag} </span>${tag}</button
          >`
    }
    <time datetime=${created}>${formatDateTime(since)}</time>
    <span class="job-took"
      >${
        ended === null ? words.since(Date.now() - since) : words.took(toMilliseconds(ended) - since)
      }</span
    >
    <span class="job-counts">${words.counts(countTasks(job), isOpen(job))}</span>
    ${failed?.message ? html`<p class="job-why">${failed.message}</p>` : nothing}
  </li>`
}
