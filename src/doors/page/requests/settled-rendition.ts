import * as z from 'zod/mini'
import { redactSecrets } from '../../../base/redact.ts'
import type { JournalEvent } from '../../../client/read-journal.ts'
import { withoutMark } from '../../../client/rendition-mark.ts'
import { CANCELLED } from '../../../orders/door.ts'
import type { DevtoolRequest, Rendition } from '../api.ts'
import { findTellingLine } from './telling-line.ts'

const eventSchema = z.record(z.string(), z.unknown())

/** What the journal said of a rendition. */
export interface SettledRendition {
  /** Of the rendition in its request. */
  readonly position: number
  readonly event: JournalEvent
  /** Undefined when there is none. */
  readonly file: Rendition['file']
}

/** Notes in a request that events of its renditions have come. */
export function settleRenditions(
  request: DevtoolRequest,
  outcomes: readonly SettledRendition[],
  endedAt: number,
): DevtoolRequest {
  const byPosition = new Map(outcomes.map((outcome) => [outcome.position, outcome]))
  const renditions = request.renditions.map((rendition, position) => {
    const outcome = byPosition.get(position)
    return outcome === undefined ? rendition : settle(rendition, outcome, endedAt)
  })
  return withTellingLines({ ...request, renditions })
}

function settle(
  rendition: Rendition,
  { event, file }: SettledRendition,
  endedAt: number,
): Rendition {
  const shown = { ...rendition, event: toShownEvent(event, rendition), endedAt }
  if (event.type === 'rendition_created') return { ...shown, state: 'created', file }
  const failure = { reason: event.errorReason ?? '', message: event.errorMessage ?? '' }
  // Not a fault of whatever makes it.
  return { ...shown, state: failure.message === CANCELLED ? 'stopped' : 'failed', failure }
}

/** An event as it was, without the mark and without what opens the source. */
function toShownEvent(
  { data, ...event }: JournalEvent,
  { instructions }: Rendition,
): Record<string, unknown> {
  const shown = { ...event, rendition: withoutMark(event.rendition, instructions) }
  const json = redactSecrets(JSON.stringify(shown))
  return { ...eventSchema.parse(JSON.parse(json)), ...(data !== undefined && { data }) }
}

/** Finds where the logs say why renditions have failed; those of their own action are asked first. */
export function withTellingLines(request: DevtoolRequest): DevtoolRequest {
  const renditions = request.renditions.map((rendition) => {
    const { failure, worker } = rendition
    if (failure === undefined) return rendition
    const action = worker.split('/').at(-1)
    const own = request.activations.filter((each) => each.action === action)
    const others = request.activations.filter((each) => each.action !== action)
    const line = findTellingLine([...own, ...others], failure.message)
    return { ...rendition, failure: { ...failure, line } }
  })
  return { ...request, renditions }
}
