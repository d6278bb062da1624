import type { ListedRequest } from '../../src/doors/page/api.ts'
import { sourcesOf, tellRun } from '../../src/doors/page/work/told-run.ts'
import type { ToldRun } from '../../src/doors/page/work/work-shapes.ts'
import type { State } from '../state.ts'
import { strings } from '../strings.ts'
import { formatsOf, nameOf, titleOfRequest } from './request-summary.ts'
import { hasWords, type SearchedFor } from './searched-for.ts'

/** What was sent by pressing Run once. */
export interface KnownRun<R extends ListedRequest = ListedRequest> {
  readonly id: string
  /** Those that are known, in the order of the sources. */
  readonly requests: readonly [R, ...R[]]
  /** Whether those are all. */
  readonly isWhole: boolean
  /** What there is to say of it as a whole. */
  readonly told: ToldRun
}

/** What has become of a run: `pending` until all has ended, then the worst of what happened. */
export type RunOutcome = 'pending' | 'created' | 'failed' | 'stopped'

/** What was said of runs of which perhaps not all requests are known, by their ids. */
export type ToldRuns = ReadonlyMap<string, ToldRun>

/** Puts the requests of each run together, in the order of the runs. */
export function runsOf<R extends ListedRequest>(
  requests: readonly R[],
  told: ToldRuns,
): readonly KnownRun<R>[] {
  return [...Map.groupBy(requests, ({ run }) => run.id).values()].flatMap((members) => {
    const [first, ...others] = members.toSorted((a, b) => a.run.position - b.run.position)
    if (first === undefined) return []
    const { id } = first.run
    const known: readonly [R, ...R[]] = [first, ...others]
    const heard = told.get(id)
    const isWhole = heard === undefined || hasAll(known, heard)
    return [{ id, requests: known, isWhole, told: isWhole ? tellRun(known) : heard }]
  })
}

/** Of a run that is being sent, there are more by now than was said. */
function hasAll(requests: readonly ListedRequest[], told: ToldRun): boolean {
  if (requests.length < told.requests) return false
  return told.state !== 'running' || requests.at(-1)?.run.position === requests.length - 1
}

/** What is known of requests and runs. */
export interface KnownWork<R extends ListedRequest = ListedRequest> {
  readonly requests: readonly R[]
  readonly toldRuns: ToldRuns
}

/** The run of an id; undefined when nothing of it is known. */
export function findRun<R extends ListedRequest>(
  { requests, toldRuns }: KnownWork<R>,
  id: string,
): KnownRun<R> | undefined {
  return runsOf(
    requests.filter(({ run }) => run.id === id),
    toldRuns,
  )[0]
}

/** Takes in what was said of runs. */
export function withTold(told: ToldRuns, runs: readonly ToldRun[]): ToldRuns {
  return new Map([...told, ...runs.map((run) => [run.id, run] as const)])
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
export function isSent({ told: { counts, total } }: Pick<KnownRun, 'told'>): boolean {
  return Object.values(counts).reduce((sum, count) => sum + count, 0) >= total
}

const OUTCOMES = {
  running: 'pending',
  failed: 'failed',
  stopped: 'stopped',
  done: 'created',
} as const

/** Tells what has become of a run. */
export function outcomeOf({ told: { state } }: Pick<KnownRun, 'told'>): RunOutcome {
  return OUTCOMES[state]
}

/** What a run is called: as its source, or as the first of them. */
export function titleOfRun({
  requests: [first],
  told,
}: Pick<KnownRun, 'requests' | 'told'>): string {
  return told.requests === 1
    ? titleOfRequest(first)
    : strings.results.files(titleOfRequest(first), told.requests - 1)
}

/** From when it was sent until its last rendition had ended, in milliseconds; undefined until then. */
export function timeOfRun({
  told: { createdAt, endedAt },
}: Pick<KnownRun, 'told'>): number | undefined {
  return endedAt === undefined ? undefined : endedAt - createdAt
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
