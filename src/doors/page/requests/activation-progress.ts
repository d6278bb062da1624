import type { DevtoolRequest, Rendition } from '../api.ts'
import type { Assignment, FinishedActivation, TimedExchange } from './assignments.ts'
import { isPending } from './request-history.ts'
import { withTellingLines } from './settled-rendition.ts'
import { findSpans } from './spans.ts'

/** Of a longer log the beginning is kept, in characters; the record of the activation has all of it. */
const LONGEST_LOG = 512 * 1024

/** Notes that an activation has begun which makes renditions of a request. */
export function beginActivation(
  request: DevtoolRequest,
  assignment: Assignment,
  start: number,
): DevtoolRequest {
  const mine = new Set(assignment.renditions.map(({ position }) => position))
  const begin = (rendition: Rendition): Rendition => ({
    ...rendition,
    state: 'running',
    spans: [{ step: 'queue', start: request.sentAt, end: start }],
  })
  return {
    ...request,
    renditions: request.renditions.map((rendition, position) =>
      mine.has(position) && isPending(rendition) ? begin(rendition) : rendition,
    ),
  }
}

/**
 * Notes that an activation has ended which had to do with a request: what it printed, and what took its time.
 *
 * @param options.eventsUrl - where activations post their events
 */
export function endActivation(
  request: DevtoolRequest,
  assignment: Assignment,
  activation: FinishedActivation,
  { exchanges, eventsUrl }: { exchanges: readonly TimedExchange[]; eventsUrl: string },
): DevtoolRequest {
  const { activationId: id, name: action, start, end, response, logs } = activation
  const spans = assignment.works
    ? findSpans(assignment, exchanges, { eventsUrl, start })
    : new Map<number, never>()
  return withTellingLines({
    ...request,
    activations: [
      ...request.activations,
      { id, action, start, end, status: response.status, logs: shortenLog(logs, id) },
    ],
    renditions: request.renditions.map((rendition, position) => {
      const waited = rendition.spans.filter(({ step }) => step === 'queue')
      const found = spans.get(position)
      return found === undefined ? rendition : { ...rendition, spans: [...waited, ...found] }
    }),
  })
}

/** The beginning of a log; of a longer one it is said how much is left out. */
export function shortenLog(logs: readonly string[], activationId: string): string[] {
  let room = LONGEST_LOG
  const kept = logs.filter((line) => {
    room -= line.length
    return room >= 0
  })
  const left = logs.length - kept.length
  return left === 0
    ? kept
    : [...kept, `… ${left} more lines; the record of activation ${activationId} has them.`]
}
