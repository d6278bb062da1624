import type { ListedRequest } from '../../src/doors/page/api.ts'
import type { State } from '../state.ts'
import { strings } from '../strings.ts'
import {
  countStates,
  formatsOf,
  hasEnded,
  nameOf,
  type StateCounts,
  sourcesOf,
  titleOfRequest,
} from './request-summary.ts'
import { hasWords, type SearchedFor } from './searched-for.ts'

/** What was sent by pressing Run once. */
export interface KnownRun<R extends ListedRequest = ListedRequest> {
  readonly id: string
  /** In the order of the sources. */
  readonly requests: readonly [R, ...R[]]
  readonly counts: StateCounts
  readonly sentAt: number
  /** How many renditions it is to make, those of requests among them that are still to be sent. */
  readonly planned: number
}

/** What has become of a run: `pending` until all has ended, then the worst of what happened. */
export type RunOutcome = 'pending' | 'created' | 'failed' | 'stopped'

/** Puts the requests of each run together, in the order of the runs. */
export function runsOf<R extends ListedRequest>(requests: readonly R[]): readonly KnownRun<R>[] {
  return [...Map.groupBy(requests, ({ run }) => run.id).values()].flatMap((members) => {
    const [first, ...others] = members.toSorted((a, b) => a.run.position - b.run.position)
    if (first === undefined) return []
    const { id } = first.run
    // With the news that no more is sent, requests come one after the other.
    const planned = Math.min(...members.map(({ run }) => run.renditions))
    const sentAt = Math.min(...members.map((request) => request.sentAt))
    return [{ id, requests: [first, ...others], counts: countStates(members), sentAt, planned }]
  })
}

/** The run of an id; undefined when nothing of it is known. */
export function findRun<R extends ListedRequest>(
  requests: readonly R[],
  id: string,
): KnownRun<R> | undefined {
  return runsOf(requests.filter(({ run }) => run.id === id))[0]
}

/** The run that was sent last: by this page, or else by any; undefined when none is known yet. */
export function latestRunId({
  latest,
  moreHistory,
  requests,
}: Pick<State, 'latest' | 'moreHistory' | 'requests'>): string | undefined {
  return latest ?? (moreHistory === undefined ? undefined : requests[0]?.run.id)
}

/** Whether all requests of a run have been sent. */
export function isSent({ counts, planned }: Pick<KnownRun, 'counts' | 'planned'>): boolean {
  return Object.values(counts).reduce((sum, count) => sum + count, 0) >= planned
}

/** Tells what has become of a run. */
export function outcomeOf(run: Pick<KnownRun, 'counts' | 'planned'>): RunOutcome {
  const { counts } = run
  if (!hasEnded(counts) || !isSent(run)) return 'pending'
  if (counts.failed > 0) return 'failed'
  return counts.stopped > 0 ? 'stopped' : 'created'
}

/** What a run is called: as its source, or as the first of them. */
export function titleOfRun({ requests }: Pick<KnownRun, 'requests'>): string {
  const [first, ...others] = requests
  return others.length === 0
    ? titleOfRequest(first)
    : strings.results.files(titleOfRequest(first), others.length)
}

/** How many files a run is made of. */
export function countSources({ requests }: Pick<KnownRun, 'requests'>): number {
  return new Set(requests.flatMap(sourcesOf).map(({ id }) => id)).size
}

/** From when it was sent until its last rendition had ended, in milliseconds; undefined until then. */
export function timeOfRun(run: KnownRun): number | undefined {
  const { requests, sentAt } = run
  if (outcomeOf(run) === 'pending') return undefined
  const ends = requests.flatMap(({ renditions }) => renditions.map(({ endedAt }) => endedAt ?? 0))
  // The clock may have been set back in between.
  return Math.max(0, Math.max(...ends) - sentAt)
}

/**
 * Leaves the runs that are looked for, in their order.
 *
 * @param filter.text - words which all have to be in what is known of one request
 * @param filter.state - a {@link RunOutcome}, or '' for all
 */
export function filterRuns<R extends ListedRequest>(
  runs: readonly KnownRun<R>[],
  filter: SearchedFor,
): readonly KnownRun<R>[] {
  const { state } = filter
  return runs.filter(
    (run) =>
      (state === '' || outcomeOf(run) === state) &&
      run.requests.some((request) => matches(request, filter)),
  )
}

/** Whether every word that is looked for is in the names, formats or errors of a request. */
export function matches(request: ListedRequest, filter: Pick<SearchedFor, 'text'>): boolean {
  const told = [
    ...sourcesOf(request).map(({ name }) => name),
    ...formatsOf([request]),
    ...request.renditions.flatMap((rendition, position) => [
      nameOf(rendition, position),
      rendition.failure?.reason ?? '',
      rendition.failure?.message ?? '',
    ]),
  ]
  return hasWords(told.join('\n'), filter)
}

/** Counts the runs by what has become of them; what is not in the map is there 0 times. */
export function countOutcomes(runs: readonly KnownRun[]): ReadonlyMap<RunOutcome, number> {
  const grouped = Map.groupBy(runs, outcomeOf)
  return new Map(Array.from(grouped, ([outcome, members]) => [outcome, members.length]))
}
