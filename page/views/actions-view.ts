import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { keptObjectsSchema, type ListedAction } from '../../src/doors/page/api.ts'
import { copyText } from '../commands/copying.ts'
import { createLateView } from '../late-view.ts'
import { ask, urlOf } from '../service.ts'
import type { State, Store } from '../state.ts'
import { formatNumber, strings } from '../strings.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './actions-view.css'

const words = strings.actions

/** A megabyte as the limits of actions have it. */
const MEGABYTE = 1024 * 1024

/** How much of its memory a process may have before its meter is no longer as usual. */
const USUAL_MEMORY = 0.8

const keptObjects = createLateView(() => ask(keptObjectsSchema, urlOf('storage')), {
  loading: words.loadingStorage,
  notLoaded: words.noStorage,
})

/** What the service runs and what it does at this moment: a table, and on narrow screens a card an action. */
export function actionsView({ actions }: State, store: Store): TemplateResult {
  return html`<h1>${words.title}</h1>
    <p class="actions-lead">${words.lead}</p>
    <div class="actions-lead">${keptObjects(store, (kept) => html`${words.storage(kept)}`)}</div>
    ${actions === undefined ? html`<p>${words.loading}</p>` : tableView(actions, store)}`
}

/** The roles are given, since those of a table are lost where it is laid out as cards. */
function tableView(actions: readonly ListedAction[], store: Store): TemplateResult {
  if (actions.length === 0) return html`<p>${words.none}</p>`
  const { action, limits, processes, queued, url } = words
  return html`<table class="actions" role="table" aria-label=${words.title}>
    <thead role="rowgroup">
      <tr role="row">
        ${[action, limits, processes, queued, url].map(
          (title) => html`<th role="columnheader" scope="col">${title}</th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${repeat(
        actions,
        (each) => `${each.name} ${originOf(each)}`,
        (each) => rowView(each, store),
      )}
    </tbody>
  </table>`
}

function rowView(each: ListedAction, store: Store): TemplateResult {
  const { name, version, kind, limits, queued } = each
  const slash = name.lastIndexOf('/')
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      <span class="name">${name.slice(slash + 1)}</span>
      ${slash === -1 ? nothing : html`<span class="about">${name.slice(0, slash)}</span>`}
      <span class="about">${originOf(each)} · ${version} · ${kind}</span>
    </th>
    <td role="cell" data-title=${words.limits}>
      <dl>
        ${limitView(words.timeout, words.seconds(limits.timeout / 1000))}
        ${limitView(words.memory, words.megabytes(limits.memorySize))}
        ${limitView(words.concurrency, formatNumber(limits.concurrency))}
      </dl>
    </td>
    <td role="cell" data-title=${words.processes}>${processesView(each)}</td>
    <td role="cell" data-title=${words.queued} class="queued">${formatNumber(queued)}</td>
    <td role="cell" data-title=${words.url}>${urlView(each, store)}</td>
  </tr>`
}

function originOf({ deployed, ofProject }: ListedAction): string {
  if (deployed) return words.deployed
  return ofProject === true ? words.ofProject : words.own
}

function limitView(title: string, value: string): TemplateResult {
  return html`<div><dt>${title}</dt><dd>${value}</dd></div>`
}

function processesView({ processes, limits }: ListedAction): TemplateResult {
  if (processes.length === 0) return html`<span class="none">${words.noProcess}</span>`
  return html`<ul role="list">
    ${repeat(
      processes,
      ({ pid }, position) => pid ?? -position,
      ({ pid, running, memory }) => html`<li>
        <span>${words.process(pid)}</span>
        <span class=${running === 0 ? 'idle' : 'busy'}>${words.running(running)}</span>
        ${memoryView(pid, memory, limits.memorySize)}
      </li>`,
    )}
  </ul>`
}

function memoryView(
  pid: number | undefined,
  memory: number | undefined,
  limit: number,
): TemplateResult {
  if (memory === undefined) {
    return html`<span class="memory">${words.unmeasured(limit)}</span>`
  }
  const megabytes = Math.round(memory / MEGABYTE)
  const text = words.memoryOf(megabytes, limit)
  return html`<meter
      aria-label=${words.memoryName(pid)}
      aria-valuetext=${text}
      min="0"
      max=${limit}
      high=${limit * USUAL_MEMORY}
      .value=${megabytes}
    ></meter>
    <span class="memory">${text}</span>`
}

function urlView({ name, url }: ListedAction, store: Store): TemplateResult {
  if (url === undefined) return html`<span class="none">${words.noUrl}</span>`
  return html`<code>${url}</code>
    <sp-action-button
      size="s"
      label=${words.copyUrl(name)}
      @click=${() => void copyText(store, url, words.copied)}
      >${words.copy}</sp-action-button
    >`
}
