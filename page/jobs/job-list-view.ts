import { html, nothing, type TemplateResult } from 'lit'
import { choicesView } from '../elements/choices.ts'
import { searchField } from '../elements/search-field.ts'
import { valueOf } from '../elements/value-of.ts'
import { emptyList, listFrame, listHead } from '../frame/list-frame.ts'
import { workLight } from '../frame/work-light.ts'
import { type WorkEntry, workList } from '../frame/work-list.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { filterJobs, loadJobs, loadMoreJobs } from './job-commands.ts'
import { countTasks, listedJobs } from './job-list.ts'
import { workOfJob } from './job-work.ts'
import { isOpen, type Job, STATUSES } from './job.ts'
import type { JobFilter, JobsState } from './jobs-state.ts'
import { viewWords } from './view-words.ts'
import '@spectrum-web-components/button/sp-button.js'

const words = viewWords.list

/** Where a job is composed. */
const COMPOSER = addressOf({ view: 'compose' })

/** What makes a job from a terminal, without a file of its own. */
const CURL = `home=\${DARKROOM_HOME:-.darkroom}
. "$home/jobs.env"
curl --cacert "$home/ca.pem" "$CLOUDCONVERT_API_URL/jobs" \\
  -H "Authorization: Bearer $CLOUDCONVERT_API_KEY" -H 'Content-Type: application/json' -d '{
  "tasks": {
    "page": { "operation": "import/raw", "file": "<h1>Hello</h1>", "filename": "hello.html" },
    "text": { "operation": "convert", "input": "page", "output_format": "txt" },
    "link": { "operation": "export/url", "input": "text" }
  }
}'`

/** All jobs, newest first. */
export function jobListView({ jobs, now }: State, store: Store): TemplateResult {
  const { listed, problem, loading } = jobs
  const add = { label: words.newJob, address: COMPOSER }
  return html`${listHead({ title: words.title, lead: `${words.lead} ${words.kept}`, add })}
  ${listFrame({
    words,
    isListed: listed !== undefined,
    problem,
    hasMore: listed?.more === true,
    isLoading: loading === true,
    ask: (of) => void (of === 'first' ? loadJobs(store) : loadMoreJobs(store)),
    content: () => contentOf(jobs, now, store),
  })}`
}

function contentOf(jobs: JobsState, now: number, store: Store): TemplateResult {
  const { listed, filter } = jobs
  const shown = listedJobs(jobs)
  const isFiltered = filter.status !== '' || filter.tag !== '' || filter.text !== ''
  if (shown.length === 0 && !isFiltered) {
    return emptyList(
      words.empty,
      words.invitation,
      html`<pre class="jobs-curl" tabindex="0"><code>${CURL}</code></pre>
        <p><a href=${COMPOSER}>${words.toComposer}</a></p>`,
    )
  }
  return html`
    ${filterView(filter, store)}
    <p class="list-shown" role="status">${words.shown(shown.length, listed?.more === true)}</p>
    ${shown.length === 0 ? noneShownView(store) : nothing}
    ${workList(
      shown.map((job) => entryOf(job, store)),
      { kind: 'jobs', label: words.name, now },
    )}
  `
}

function noneShownView(store: Store): TemplateResult {
  return html`<p>${words.noneShown}</p>
    <sp-button
      variant="secondary"
      @click=${() => filterJobs(store, { status: '', tag: '', text: '' })}
      >${words.showAll}</sp-button
    >`
}

function filterView(filter: JobFilter, store: Store): TemplateResult {
  const setTag = (event: Event): void => {
    event.preventDefault()
    const tag = valueOf(event).trim()
    if (tag !== filter.tag) void filterJobs(store, { tag })
  }
  return html`<div class="filter-bar jobs-filter">
    ${searchField({
      label: words.search,
      text: filter.text,
      onSearch: (text) => void filterJobs(store, { text }),
    })}
    <sp-search
      class="jobs-tag-filter"
      label=${words.tag}
      placeholder=${words.tag}
      .value=${filter.tag}
      @change=${setTag}
      @submit=${setTag}
    ></sp-search>
    ${choicesView<JobFilter['status']>({
      name: 'job-status',
      legend: words.statuses,
      choices: [
        { value: '', label: words.all },
        ...STATUSES.map((value) => ({ value, label: viewWords.statuses[value] })),
      ],
      chosen: filter.status,
      onChoose: (status) => void filterJobs(store, { status }),
    })}
  </div>`
}

function entryOf(job: Job, store: Store): WorkEntry {
  const { id, tag, status } = job
  const work = workOfJob(job)
  const { title, state, createdAt, endedAt } = work
  const failed = job.tasks?.find(
    (task) => task.status === 'error' && task.code !== 'INPUT_TASK_FAILED',
  )
  return {
    work,
    title,
    address: addressOf({ view: 'job', id }),
    before: workLight(state, viewWords.statuses[status]),
    between:
      tag === null || tag === ''
        ? html`<span></span>`
        : html`<button
            class="job-tag"
            title=${words.showTag(tag)}
            @click=${() => filterJobs(store, { tag })}
            ><span class="unseen">${viewWords.job.tag} </span>${tag}</button
          >`,
    after: html`<span class="entry-took"
        >${
          endedAt === undefined
            ? words.since(Date.now() - createdAt)
            : words.took(endedAt - createdAt)
        }</span
      >
      <span class="entry-counts">${words.counts(countTasks(job), isOpen(job))}</span>`,
    below: failed?.message ? html`<p class="job-why">${failed.message}</p>` : undefined,
  }
}
