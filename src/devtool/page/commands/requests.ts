import * as z from 'zod/mini'
import {
  type DevtoolRequest,
  devtoolRequestSchema,
  historySchema,
  type Instructions,
} from '../../api.ts'
import { mergeRequests, withNewestPage, withNextPage } from '../model/known-requests.ts'
import { compositionOf } from '../model/profile-match.ts'
import { sourcesOf } from '../model/request-summary.ts'
import { addressOf } from '../router.ts'
import { ask, jsonBody, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { messageOf, tellProblem } from './notices.ts'

const sentSchema = z.object({ requests: z.array(devtoolRequestSchema) })

/** Has renditions made, and shows what becomes of them as the latest run. */
export async function run(
  store: Store,
  sources: readonly string[],
  renditions: readonly Instructions[],
): Promise<void> {
  if (store.state().sending) return
  store.change({ sending: true, notice: undefined })
  try {
    const { requests } = await ask(
      sentSchema,
      urlOf('requests'),
      jsonBody('POST', { sources, renditions }),
    )
    store.change({
      requests: mergeRequests(store.state().requests, requests),
      latest: requests.map(({ id }) => id),
      hasRun: true,
    })
  } catch (error) {
    tellProblem(store, error)
  } finally {
    store.change({ sending: false })
  }
}

/** Sends once more what a request was made of; what is composed at the moment is left alone. */
export async function runAgain(store: Store, request: DevtoolRequest): Promise<void> {
  location.hash = addressOf({ view: 'run' })
  await run(
    store,
    sourcesOf(request).map(({ id }) => id),
    request.renditions.map(({ instructions }) => instructions),
  )
}

/** Puts the sources and renditions of a request into the composition. */
export function edit(store: Store, request: DevtoolRequest): void {
  store.change({
    sources: sourcesOf(request),
    composition: compositionOf(request.renditions.map(({ instructions }) => instructions)),
    profile: undefined,
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
    const url = `${urlOf('requests')}?${new URLSearchParams({ before: historyEnd })}`
    store.change(withNextPage(store.state(), await ask(historySchema, url)))
  } catch (error) {
    tellProblem(store, error)
  } finally {
    store.change({ loadingHistory: false })
  }
}

/** Asks for the request that is looked at, unless it is known. */
export async function loadLookedAt(store: Store): Promise<void> {
  const { route, requests } = store.state()
  if (route.view !== 'request' || requests.some(({ id }) => id === route.id)) return
  const { id } = route
  store.change({ missingRequest: undefined })
  try {
    const request = await ask(devtoolRequestSchema, urlOf('requests', id))
    store.change({ requests: mergeRequests(store.state().requests, [request]) })
  } catch (error) {
    store.change({ missingRequest: { id, why: messageOf(error) } })
  }
}
