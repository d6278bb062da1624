import type { DevtoolRequest, History } from '../../src/doors/page/api.ts'
import type { KnownRequest, State } from '../state.ts'
import { strings } from '../strings.ts'
import { isRequestUnderWay } from './request-summary.ts'
import { withTold } from './run-list.ts'

const RANKS = { queued: 0, running: 1, created: 2, failed: 2, stopped: 2 } as const

/** Whether all of a request is known. */
export function isWhole(request: KnownRequest): request is DevtoolRequest {
  return 'activations' in request
}

/** The request of an id; undefined as long as not all of it is known. */
export function findWhole(
  requests: readonly KnownRequest[],
  wanted: string,
): DevtoolRequest | undefined {
  return requests.filter(isWhole).find(({ id }) => id === wanted)
}

/** The requests of which more is still to be told; what is told while there is no connection is lost. */
export function unfinished(requests: readonly KnownRequest[]): readonly DevtoolRequest[] {
  return requests
    .filter(isWhole)
    .filter((request) => isRequestUnderWay(request) || request.activations.length === 0)
}

/**
 * Puts requests that were asked for among those that are known, newest first. An update may have overtaken the answer:
 * so of two that tell of one request, the one stays that is whole, or else that has come further.
 */
export function mergeRequests(
  known: readonly KnownRequest[],
  asked: readonly KnownRequest[],
): readonly KnownRequest[] {
  const byId = new Map(known.map((request) => [request.id, request]))
  for (const request of asked) {
    const other = byId.get(request.id)
    if (other === undefined || isBetter(request, other)) byId.set(request.id, request)
  }
  return [...byId.values()].toSorted((a, b) => b.sentAt - a.sentAt)
}

function isBetter(request: KnownRequest, other: KnownRequest): boolean {
  return isWhole(request) === isWhole(other)
    ? progressOf(other) <= progressOf(request)
    : isWhole(request)
}

/** Grows with all that becomes known of a request. */
function progressOf(request: KnownRequest): number {
  return request.renditions.reduce(
    (sum, { state, spans, file }) =>
      sum + RANKS[state] + spans.length + (file === undefined ? 0 : 1),
    isWhole(request) ? request.activations.length : 0,
  )
}

/** What the history is told by. */
type HistoryState = 'requests' | 'toldRuns' | 'historyEnd' | 'moreHistory'

/**
 * Takes in the newest page of the history. What was listed below it stays listed, unless so much has happened in between
 * that there are others before it.
 */
export function withNewestPage(
  { requests, toldRuns, historyEnd, moreHistory }: Pick<State, HistoryState>,
  page: History,
): Pick<State, HistoryState> {
  const known = new Set(requests.map(({ id }) => id))
  const follows = moreHistory !== undefined && page.requests.some(({ id }) => known.has(id))
  return {
    requests: mergeRequests(requests, page.requests),
    toldRuns: withTold(toldRuns, page.runs),
    ...(follows ? { historyEnd, moreHistory } : endOf(page)),
  }
}

/** Takes in the page of the history that comes after what is listed. */
export function withNextPage(
  { requests, toldRuns }: Pick<State, 'requests' | 'toldRuns'>,
  page: History,
): Pick<State, HistoryState> {
  return {
    requests: mergeRequests(requests, page.requests),
    toldRuns: withTold(toldRuns, page.runs),
    ...endOf(page),
  }
}

function endOf({ requests, more }: History): Pick<State, 'historyEnd' | 'moreHistory'> {
  return { historyEnd: requests.at(-1)?.id, moreHistory: more }
}

/** Takes a run out that was removed; who looks at it or at one of its requests is told so. */
export function withoutRun(
  state: Pick<
    State,
    'requests' | 'toldRuns' | 'historyEnd' | 'latest' | 'route' | 'missingRequest'
  >,
  id: string,
): Pick<State, 'requests' | 'toldRuns' | 'historyEnd' | 'latest' | 'missingRequest'> {
  const { route, missingRequest } = state
  const isKept = ({ run }: KnownRequest): boolean => run.id !== id
  const looked = 'id' in route ? route.id : undefined
  const isGone = looked === id || state.requests.some((each) => each.id === looked && !isKept(each))
  return {
    missingRequest:
      isGone && looked !== undefined
        ? { id: looked, why: strings.wholeRun.removed }
        : missingRequest,
    requests: state.requests.filter(isKept),
    toldRuns: new Map([...state.toldRuns].filter(([told]) => told !== id)),
    historyEnd: listedRequests(state).findLast(isKept)?.id,
    latest: state.latest === id ? undefined : state.latest,
  }
}

/** The requests that the history lists: all down to its end; those that are older are known only by their address. */
export function listedRequests({
  requests,
  historyEnd,
}: Pick<State, 'requests' | 'historyEnd'>): readonly KnownRequest[] {
  const end = requests.findIndex(({ id }) => id === historyEnd)
  return end === -1 ? requests : requests.slice(0, end + 1)
}
