import * as z from 'zod/mini'
import type { JournalEvent } from '../../client/journal.ts'
import { readDataUrl } from '../../client/service-client.ts'
import { redactSecrets } from '../../contract/redact.ts'
import type { DevtoolRequest, Rendition } from '../api.ts'
import { readMediaType } from '../files/file-name.ts'
import { shownAs } from '../files/shown-as.ts'
import type { Storage, StoredFile } from '../files/storage.ts'
import { withoutMark } from './rendition-mark.ts'
import { findTellingLine } from './telling-line.ts'

const eventSchema = z.record(z.string(), z.unknown())

/** The key of what was made. */
export function renditionKey(requestId: string, position: number): string {
  return `devtool/renditions/${requestId}/${position}`
}

/**
 * Finds out what an event says of the file of a created rendition, and asks the storage for what it does not say. What
 * travels in the event is put into the storage, to be had from there like any other.
 *
 * @param key - where the rendition is, or is to be
 * @returns undefined when there is no file
 */
export async function readCreatedFile(
  { data, metadata = {} }: JournalEvent,
  key: string,
  storage: Storage,
): Promise<Rendition['file']> {
  const told = readMediaType(metadata['dc:format'])
  if (typeof data === 'string') {
    const { bytes, type } = readDataUrl(data)
    await storage.put(key, { body: bytes, size: bytes.length, type: told ?? readMediaType(type) })
  }
  const stored: StoredFile | undefined = await storage.stat(key)
  if (stored === undefined) return undefined
  const type = told ?? readMediaType(stored.type) ?? 'application/octet-stream'
  return {
    size: stored.size,
    type,
    width: readPixels(metadata['tiff:imageWidth']),
    height: readPixels(metadata['tiff:imageHeight']),
    shownAs: shownAs(type),
  }
}

function readPixels(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}

/** Notes in a request that the event of a rendition has come. */
export function settleRendition(
  request: DevtoolRequest,
  position: number,
  event: JournalEvent,
  { file, endedAt }: { file: Rendition['file']; endedAt: number },
): DevtoolRequest {
  const outcome =
    event.type === 'rendition_created'
      ? { state: 'created' as const, file }
      : {
          state: 'failed' as const,
          failure: { reason: event.errorReason ?? '', message: event.errorMessage ?? '' },
        }
  const renditions = request.renditions.map((rendition, index) =>
    index === position
      ? {
          ...rendition,
          ...outcome,
          event: toShownEvent(event, rendition),
          endedAt,
        }
      : rendition,
  )
  return withTellingLines({ ...request, renditions })
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
