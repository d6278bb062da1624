import { html, nothing, type TemplateResult } from 'lit'
import { lateApiView } from '../api-explorer/late-views.ts'
import { signOut } from '../commands/sign-out.ts'
import { lateExportsView } from '../exports/late-views.ts'
import { lateImagesView } from '../images/late-views.ts'
import { lateComposerView } from '../job-composer/late-views.ts'
import { lateJobsView } from '../jobs/late-views.ts'
import { announcementOf } from '../model/request-summary.ts'
import { latestRunId } from '../model/run-list.ts'
import { TABS, type Tab, tabOf } from '../model/way.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import { historyView } from './history.ts'
import { lateOtherView } from './late-views.ts'
import { requestView } from './request.ts'
import { runView } from './run.ts'
import { DOCS, standingView, userView } from './standing.ts'
import { wayView } from './way.ts'
import { wholeRunView } from './whole-run.ts'
import '@spectrum-web-components/toast/sp-toast.js'

/** How long it is to be read that something was done; what went wrong stays until it is closed. */
const NOTICE_MS = 6000

/** The whole page. */
export function appView(state: State, store: Store): TemplateResult {
  return html`
    <a class="skip" href="#content" @click=${skip}>${strings.app.skip}</a>
    <header class="top">
      <a class="brand" href=${addressOf({ view: 'run' })}>${strings.app.title}</a>
      ${standingView(state)}
      <nav aria-label=${strings.app.navigation}>
        ${TABS.map(
          (view) => html`<a href=${addressOf({ view })} aria-current=${currentOf(state, view)}
            >${strings.app[view]}</a
          >`,
        )}
        ${state.service?.hasDocs === true ? html`<a href=${DOCS}>${strings.app.docs}</a>` : nothing}
      </nav>
      ${userView(state)}
      <button class="sign-out" @click=${() => signOut(store)}>${strings.app.signOut}</button>
    </header>
    <main id="content" tabindex="-1">${wayView(state)} ${viewOf(state, store)}</main>
    <p class="unseen" role="status">${announcementOf(state)}</p>
    <div class="notices" role="status">
      ${state.online ? nothing : html`<sp-toast open variant="negative">${strings.app.offline}</sp-toast>`}
      ${
        state.notice === undefined
          ? nothing
          : html`<sp-toast
              open
              variant=${state.notice.kind}
              timeout=${state.notice.kind === 'negative' ? nothing : NOTICE_MS}
              @close=${() => store.change({ notice: undefined })}
              >${state.notice.text}</sp-toast
            >`
      }
    </div>
  `
}

function viewOf(state: State, store: Store): TemplateResult {
  const { route } = state
  if (route.view === 'cases' || route.view === 'case' || route.view === 'actions') {
    return lateOtherView(state, store, route)
  }
  if (route.view === 'jobs' || route.view === 'job') return lateJobsView(state, store, route)
  if (route.view === 'history') return historyView(state, store)
  if (route.view === 'wholeRun') return wholeRunView(route.id, state, store)
  if (route.view === 'compose') return lateComposerView(state, store)
  if (route.view === 'api') return lateApiView(state, store)
  if (
    route.view === 'images' ||
    route.view === 'asset' ||
    route.view === 'image' ||
    route.view === 'presets'
  ) {
    return lateImagesView(state, store, route)
  }
  if (route.view === 'exports' || route.view === 'export' || route.view === 'newExport') {
    return lateExportsView(state, store, route)
  }
  if (route.view === 'request') {
    const { id, position } = route
    return position === undefined
      ? requestView(id, state, store)
      : lateOtherView(state, store, { view: 'rendition', id, position })
  }
  return runView(state, store)
}

/** A tab is the page itself, or what that is within. */
function currentOf(state: State, tab: Tab): 'page' | 'true' | typeof nothing {
  const { route, requests } = state
  if (route.view === tab) return 'page'
  return tabOf(route, { requests, latest: latestRunId(state) }) === tab ? 'true' : nothing
}

/** The address is taken by the router, so that the link cannot lead there by itself. */
function skip(event: Event): void {
  event.preventDefault()
  document.querySelector('main')?.focus()
}
