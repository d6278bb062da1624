import * as z from 'zod/mini'
import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import {
  devtoolRequestSchema,
  historySchema,
  type ListedRequest,
  runRequestsSchema,
} from '../../src/doors/page/api.ts'
import { sourcesOf } from '../../src/doors/page/work/told-run.ts'
import { confirm } from '../elements/confirm.ts'
import {
  findWhole,
  listedRequests,
  mergeRequests,
  unfinished,
  withNewestPage,
  withNextPage,
} from '../model/known-requests.ts'
import { compositionOf } from '../model/profile-match.ts'
import { titleOfRequest } from '../model/request-summary.ts'
import {
  findRun,
  type KnownRun,
  outcomeOf,
  runsOf,
  titleOfRun,
  withTold,
} from '../model/run-list.ts'
import { isFiltered, type SearchedFor } from '../model/searched-for.ts'
import { addressOf } from '../router.ts'
import { ask, jsonBody, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { strings } from '../strings.ts'
import { messageOf, tellProblem } from './notices.ts'

const words = strings.history

/** So many runs are listed at first; the first view needs the latest one alone. */
const LISTED_RUNS = 20

/** How many requests are told of at a time. */
const NEWEST = 50
const OLDER = 100

/** Of so many requests of a run it is told what became of them; the others are asked for when somebody wants to see them. */
const WITHIN = 8

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
    if (findRun(store.state(), id) === undefined) store.change({ latest, hasRun })
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

/** Asks for the latest run, and for the newest page of the history where that is looked at. */
export async function loadHistory(store: Store): Promise<void> {
  try {
    const isListed = store.state().route.view === 'history'
    const page = await askHistory({ limit: isListed ? NEWEST : 1 })
    store.change({ ...withNewestPage(store.state(), page), historyProblem: undefined })
  } catch (error) {
    store.change({ historyProblem: messageOf(error) })
    return
  }
  const { latest } = store.state()
  if (latest !== undefined && findRun(store.state(), latest) === undefined) {
    await askRun(store, latest, WITHIN).catch(() => store.change({ latest: undefined }))
  }
}

/** Asks for as much of the history as is listed at first, once it is looked at. */
export async function loadListedHistory(store: Store): Promise<void> {
  const state = store.state()
  const runs = new Set(listedRequests(state).map((request) => request.run.id))
  if (state.moreHistory === undefined) await loadHistory(store)
  else if (state.moreHistory && runs.size < LISTED_RUNS) await loadMoreHistory(store)
}

function askHistory(
  query: Readonly<{ limit: number; before?: string }>,
): Promise<z.infer<typeof historySchema>> {
  const said = Object.entries({ within: WITHIN, ...query }).map(([name, value]) => [
    name,
    String(value),
  ])
  return ask(historySchema, `${urlOf('requests')}?${new URLSearchParams(said)}`)
}

/** Asks for the page of the history that comes after what is listed. */
export async function loadMoreHistory(store: Store): Promise<void> {
  const { historyEnd, loadingHistory } = store.state()
  if (historyEnd === undefined || loadingHistory === true) return
  store.change({ loadingHistory: true })
  try {
    const page = await askHistory({ before: historyEnd, limit: OLDER })
    store.change(withNextPage(store.state(), page))
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
  // What is searched for may be in any of their requests.
  if (filter.text.trim() === '') return
  const { requests, toldRuns } = store.state()
  const partly = runsOf(requests, toldRuns).filter(({ isWhole }) => !isWhole)
  await Promise.all(partly.map(({ id }) => loadWholeRun(store, id)))
}

/** Asks for the run that is looked at, of which perhaps only a part is known. */
export async function loadLookedAtRun(store: Store): Promise<void> {
  const { route } = store.state()
  if (route.view !== 'wholeRun') return
  const { id } = route
  try {
    await askRun(store, id, WITHIN)
  } catch (error) {
    store.change({ missingRequest: { id, why: messageOf(error) } })
  }
}

/** Asks for all requests of a run. */
export async function loadWholeRun(store: Store, id: string): Promise<void> {
  try {
    await askRun(store, id)
  } catch (error) {
    tellProblem(store, error)
  }
}

async function askRun(store: Store, id: string, limit?: number): Promise<void> {
  const query = limit === undefined ? '' : `?limit=${limit}`
  const { run: told, requests } = await ask(runRequestsSchema, `${urlOf('runs', id)}${query}`)
  const state = store.state()
  store.change({
    requests: mergeRequests(state.requests, requests),
    toldRuns: withTold(state.toldRuns, [told]),
  })
}

/** Between two questions how far a run is of which only a part is known, in milliseconds. */
const ASK_AGAIN_MS = 1000

/** The runs that are going to be asked for. */
const asking = new Set<string>()

/** Has it told how far a run is as a whole of which only a part is known here, since one of its requests has come further. */
export function followRun(store: Store, id: string): void {
  if (asking.has(id) || findRun(store.state(), id)?.isWhole !== false) return
  asking.add(id)
  setTimeout(() => {
    asking.delete(id)
    // It may have been deleted meanwhile, which is told to every page.
    askRun(store, id, 0).catch(() => undefined)
  }, ASK_AGAIN_MS)
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
