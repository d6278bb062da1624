import type { KeptSource, ListedRequest, Rendition } from '../api.ts'
import type { SharedFailure, ToldRun } from './work-shapes.ts'

/** More failures of several sources are not told of one run. */
const MOST_FAILURES = 20

/** So many of the renditions that failed alike are named, the first of each source. */
const MOST_NAMED = 50

/**
 * Tells of a run as a whole.
 *
 * @param requests - all that were sent of it
 */
export function tellRun(requests: readonly [ListedRequest, ...ListedRequest[]]): ToldRun {
  const [first] = requests
  const renditions = requests.flatMap((request) => request.renditions)
  const counts = { queued: 0, running: 0, created: 0, failed: 0, stopped: 0 }
  for (const { state } of renditions) counts[state] += 1
  // With the news that no more is sent, requests come one after the other.
  const planned = Math.min(...requests.map(({ run }) => run.renditions))
  const createdAt = Math.min(...requests.map(({ sentAt }) => sentAt))
  const done = counts.created + counts.failed + counts.stopped
  const isOver = done === renditions.length && done > 0 && done >= planned
  const ends = renditions.map(({ endedAt }) => endedAt ?? 0)
  return {
    kind: 'run',
    id: first.run.id,
    title: titleOf(first),
    state: !isOver
      ? 'running'
      : counts.failed > 0
        ? 'failed'
        : counts.stopped > 0
          ? 'stopped'
          : 'done',
    createdAt,
    // The clock may have been set back in between.
    ...(isOver && { endedAt: Math.max(createdAt, ...ends) }),
    total: planned,
    done,
    failed: counts.failed,
    counts,
    requests: requests.length,
    sources: new Set(requests.flatMap(sourcesOf).map(({ id }) => id)).size,
    failures: sharedFailures(requests),
  }
}

/** All files that a request is made of, each once: its source, and those that its instructions name. */
export function sourcesOf({ source, files }: ListedRequest): readonly KeptSource[] {
  return source === undefined ? files : [source, ...files.filter(({ id }) => id !== source.id)]
}

/** The same for all renditions that failed for one reason, with one sentence; undefined for what did not fail. */
export function keyOfFailure({
  failure,
  state,
}: Pick<Rendition, 'failure' | 'state'>): string | undefined {
  return state === 'failed' && failure !== undefined ? keyOfShared(failure) : undefined
}

/** The key of what several renditions failed of; see {@link keyOfFailure}. */
export function keyOfShared({
  reason,
  message,
}: Pick<SharedFailure, 'reason' | 'message'>): string {
  return JSON.stringify([reason, message])
}

/** What failed alike in several requests; what was stopped is told as that. */
function sharedFailures(requests: readonly ListedRequest[]): SharedFailure[] {
  const failed = requests.flatMap((request) =>
    request.renditions.flatMap((rendition, position) => {
      const key = keyOfFailure(rendition)
      return key === undefined ? [] : [{ key, request, rendition, position }]
    }),
  )
  const shared = [...Map.groupBy(failed, ({ key }) => key).values()].flatMap((members) => {
    const ofEach = [...Map.groupBy(members, ({ request }) => request.id).values()]
    const failure = members[0]?.rendition.failure
    if (ofEach.length < 2 || failure === undefined) return []
    return [
      {
        reason: failure.reason,
        message: failure.message,
        renditions: members.length,
        requests: ofEach.length,
        first: ofEach
          .slice(0, MOST_NAMED)
          .flatMap(([one]) =>
            one === undefined
              ? []
              : [{ request: one.request.id, position: one.position, title: titleOf(one.request) }],
          ),
      },
    ]
  })
  return shared.slice(0, MOST_FAILURES)
}

function titleOf({ source, files }: ListedRequest): string {
  return source?.name ?? files[0]?.name ?? ''
}
