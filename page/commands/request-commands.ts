import * as z from 'zod/mini'
import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import {
  devtoolRequestSchema,
  historySchema,
  type ListedRequest,
  runRequestsSchema,
} from '../../src/doors/page/api.ts'
import { confirm } from '../elements/confirm.ts'
import {
  findWhole,
  mergeRequests,
  unfinished,
  withNewestPage,
  withNextPage,
} from '../model/known-requests.ts'
import { compositionOf } from '../model/profile-match.ts'
import { sourcesOf, titleOfRequest } from '../model/request-summary.ts'
import { findRun, type KnownRun, outcomeOf, titleOfRun } from '../model/run-list.ts'
import { isFiltered, type SearchedFor } from '../model/searched-for.ts'
import { addressOf } from '../router.ts'
import { ask, jsonBody, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { strings } from '../strings.ts'
import { messageOf, tellProblem } from './notices.ts'

const words = strings.history

/** How many older requests are listed at a time. */
const OLDER = '100'

const sentSchema = z.object({ requests: z.array(devtoolRequestSchema) })

/** Has renditions made, and shows what becomes of them as the latest run. */
export async function run(
  store: Store,
  sources: readonly string[],
  renditions: readonly Instructions[],
): Promise<void> {
  const { sending, latest, hasRun } = store.state()
  if (sending) return
  const id = crypto.randomUUID()
  // What is sent of many sources is shown while the others are still to be sent.
  store.change({ sending: true, latest: id, hasRun: true, failedOnly: false, notice: undefined })
  try {
    const { requests } = await ask(
      sentSchema,
      urlOf('requests'),
      jsonBody('POST', { run: id, sources, renditions }),
    )
    store.change({ requests: mergeRequests(store.state().requests, requests) })
  } catch (error) {
    if (findRun(store.state().requests, id) === undefined) store.change({ latest, hasRun })
    tellProblem(store, error)
  } finally {
    store.change({ sending: false })
  }
}

/** Stops a run: what of it has ended stays. */
export async function stopRun(store: Store, id: string): Promise<void> {
  if (store.state().stopping !== undefined) return
  store.change({ stopping: id })
  try {
    await ask(z.undefined(), urlOf('runs', id, 'stop'), { method: 'POST' })
  } catch (error) {
    tellProblem(store, error)
  } finally {
    store.change({ stopping: undefined })
  }
}

/**
 * Removes a run, once the user has said so; the service tells every page when it is gone.
 *
 * @returns whether it is
 */
export async function removeRun(store: Store, removed: KnownRun): Promise<boolean> {
  const name = titleOfRun(removed)
  const isSure = await confirm({
    title: words.deleteTitle,
    text: words.deleteQuestion(name, outcomeOf(removed) === 'pending'),
    confirm: words.deleteConfirm,
  })
  if (!isSure) return false
  try {
    await ask(z.undefined(), urlOf('runs', removed.id), { method: 'DELETE' })
    store.change({ notice: { kind: 'positive', text: words.deleted(name) } })
    return true
  } catch (error) {
    tellProblem(store, error)
    return false
  }
}

/** Sends once more what a request was made of; what is composed at the moment is left alone. */
export async function runAgain(store: Store, request: ListedRequest): Promise<void> {
  location.hash = addressOf({ view: 'run' })
  await run(
    store,
    sourcesOf(request).map(({ id }) => id),
    request.renditions.map(({ instructions }) => instructions),
  )
}

/** Puts the sources and renditions of a request into the composition. */
export function edit(store: Store, request: ListedRequest): void {
  store.change({
    sources: sourcesOf(request),
    composition: compositionOf(request.renditions.map(({ instructions }) => instructions)),
    profile: undefined,
    notice: { kind: 'info', text: strings.results.edited(titleOfRequest(request)) },
  })
  location.hash = addressOf({ view: 'run' })
}

/** Asks for the newest page of the history. */
export async function loadHistory(store: Store): Promise<void> {
  try {
    const page = await ask(historySchema, urlOf('requests'))
    store.change({ ...withNewestPage(store.state(), page), historyProblem: undefined })
  } catch (error) {
    store.change({ historyProblem: messageOf(error) })
  }
}

/** Asks for the page of the history that comes after what is listed. */
export async function loadMoreHistory(store: Store): Promise<void> {
  const { historyEnd, loadingHistory } = store.state()
  if (historyEnd === undefined || loadingHistory === true) return
  store.change({ loadingHistory: true })
  try {
    const url = `${urlOf('requests')}?${new URLSearchParams({ before: historyEnd, limit: OLDER })}`
    store.change(withNextPage(store.state(), await ask(historySchema, url)))
  } catch (error) {
    tellProblem(store, error)
  } finally {
    store.change({ loadingHistory: false })
  }
}

/** Chooses which runs the history shows; to find them, all of it is asked for. */
export async function filterHistory(store: Store, filter: SearchedFor): Promise<void> {
  store.change({ historyFilter: filter })
  while (isFiltered(store.state().historyFilter) && store.state().moreHistory === true) {
    const { historyEnd } = store.state()
    await loadMoreHistory(store)
    if (store.state().historyEnd === historyEnd) return
  }
}

/** Asks for the run that is looked at, of which perhaps only a part is known. */
export async function loadLookedAtRun(store: Store): Promise<void> {
  const { route } = store.state()
  if (route.view !== 'wholeRun') return
  const { id } = route
  try {
    const { requests } = await ask(runRequestsSchema, urlOf('runs', id))
    store.change({ requests: mergeRequests(store.state().requests, requests) })
  } catch (error) {
    store.change({ missingRequest: { id, why: messageOf(error) } })
  }
}

/** Asks for the request that is looked at, unless all of it is known. */
export async function loadLookedAt(store: Store): Promise<void> {
  const { route, requests } = store.state()
  if (route.view !== 'request' || findWhole(requests, route.id) !== undefined) return
  store.change({ missingRequest: undefined })
  await loadRequest(store, route.id)
}

/** Asks how far the requests have come of which the rest is still to be told. */
export async function loadUnfinished(store: Store): Promise<void> {
  await Promise.all(unfinished(store.state().requests).map(({ id }) => loadRequest(store, id)))
}

async function loadRequest(store: Store, id: string): Promise<void> {
  try {
    const request = await ask(devtoolRequestSchema, urlOf('requests', id))
    store.change({ requests: mergeRequests(store.state().requests, [request]) })
  } catch (error) {
    store.change({ missingRequest: { id, why: messageOf(error) } })
  }
}
