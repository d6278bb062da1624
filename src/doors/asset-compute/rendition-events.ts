import { isMadeOfFiles } from '../../contract/actions.ts'
import type { RenditionEvent } from '../../contract/event.ts'
import type { RequestedRendition } from '../../contract/process-request.ts'
import type { ServiceDatabase } from '../../database/service-database.ts'
import type { Orders } from '../../orders/orders.ts'
import { type RenditionFailure, tellFailure } from '../../renditions/failure.ts'
import { type RenditionResult, resultOf } from '../../renditions/rendition-door.ts'
import type { Journal } from './journal.ts'
import type { AcceptedRequest, AcceptedRequests } from './requests.ts'

type Metadata = Record<string, unknown>

/**
 * A worker's event as the journal keeps it: with the request's id and the `userData` that the client sent, with the
 * image size under the names of the HTTP API page beside those that the SDK writes, and without what is secret.
 */
function toJournalEvent(
  event: RenditionEvent,
  request: AcceptedRequest,
  asked: RequestedRendition,
): RenditionEvent {
  const { userData: _marked, ...rendition } = withoutSecrets(event.rendition)
  const { metadata = sizeOfTooLarge(event), errorMessage } = event
  return {
    ...event,
    requestId: request.requestId,
    // A worker elsewhere may have been told another URL of it.
    source: urlOf(request),
    userData: request.userData,
    rendition:
      asked.userData === undefined ? rendition : { ...rendition, userData: asked.userData },
    ...(metadata === undefined ? {} : { metadata: withDocumentedNames(metadata) }),
    ...(errorMessage === undefined ? {} : { errorMessage: tellFailure(errorMessage) }),
  }
}

function urlOf({ source }: Pick<AcceptedRequest, 'source'>): string | undefined {
  return typeof source === 'object' ? source.url : source
}

/** Where a rendition was to be put is nobody's business but the worker's, nor is what opens its sources. */
function withoutSecrets(rendition: RenditionEvent['rendition']): RenditionEvent['rendition'] {
  const { target: _target, password: _password, ...others } = rendition
  if (!isMadeOfFiles(others)) return others
  const { files: _files, ...archive } = others
  return archive
}

/**
 * The API page promises the size of a rendition for whose target it is too large. The SDK has it in its sentence only
 * (`@adobe/asset-compute-pipeline`, lib/storage/http.js).
 */
function sizeOfTooLarge({ errorReason, errorMessage = '' }: RenditionEvent): Metadata | undefined {
  if (errorReason !== 'RenditionTooLarge') return undefined
  const size = /^rendition size of (\d+) for /.exec(errorMessage)?.[1]
  return size === undefined ? undefined : { 'repo:size': Number(size) }
}

function withDocumentedNames(metadata: Metadata): Metadata {
  const { 'tiff:imageWidth': width, 'tiff:imageHeight': height } = metadata
  return {
    ...metadata,
    ...(width === undefined ? {} : { 'tiff:ImageWidth': width }),
    ...(height === undefined ? {} : { 'tiff:ImageLength': height }),
  }
}

/** The event of a rendition whose worker did not report it; {@link toJournalEvent} makes it ready for the journal. */
export function failedEvent(
  request: AcceptedRequest,
  instructions: RequestedRendition,
  failure: RenditionFailure & { activationId?: string | undefined },
  now: number,
): RenditionEvent {
  return {
    type: 'rendition_failed',
    date: new Date(now).toISOString(),
    source: urlOf(request),
    rendition: instructions,
    errorReason: failure.reason,
    errorMessage: failure.message,
    ...(failure.activationId === undefined ? {} : { activationIds: [failure.activationId] }),
  }
}

/**
 * How long after a request was accepted its first event is kept back, in milliseconds. The answer to `/process` and the
 * event travel on two connections, and Adobe's client drops an event that overtakes the answer.
 */
const HOLD_MS = 50

/**
 * Ends a rendition with its event; resolves with true once that is on the disk, and with false when the rendition had ended
 * before or its client has unregistered.
 */
export type Settle = (
  request: AcceptedRequest,
  position: number,
  event: RenditionEvent,
) => Promise<boolean>

/**
 * Makes what ends renditions: the one place from which events get into the journal, so that each rendition gets exactly
 * one, whoever reports it first.
 *
 * @param options.onRendition - is told how each has ended
 */
export function createSettling(options: {
  database: ServiceDatabase
  orders: Pick<Orders, 'end'>
  requests: AcceptedRequests
  journal: Journal
  onRendition?: ((rendition: RenditionResult) => void) | undefined
}): Settle {
  const { database, orders, requests, journal, onRendition } = options
  return async (request, position, event) => {
    const settled = await database.write(async (tables) => {
      const asked = await requests.rendition(tables, request.id, position)
      if (asked === undefined || !(await orders.end(tables, asked.order, position))) return false
      return journal.append(tables, {
        registrationId: request.registrationId,
        tokenId: request.client.tokenId,
        visibleAt: request.acceptedAt + HOLD_MS,
        event: toJournalEvent(event, request, asked.instructions),
      })
    })
    if (!settled) return false
    onRendition?.(resultOf(event))
    return true
  }
}
