import * as z from 'zod/mini'
import type { RenditionEvent } from '../contract/event.ts'
import type { RequestedRendition } from '../contract/process-request.ts'
import type { ProgressEvent } from '../contract/progress-event.ts'

/**
 * The field in a rendition's `userData` that says of which order it is which item. A worker must not touch `userData` and
 * echoes it in the event; Adobe's own client finds its renditions again by a field of the same kind (`assetComputeClient`).
 */
const MARK = 'darkroomRendition'

const markSchema = z.object({ [MARK]: z.object({ order: z.int(), item: z.int() }) })

/** Which item of which order a rendition is. */
export interface Mark {
  readonly order: number
  readonly item: number
}

/** A rendition's instructions as a worker gets them: with the mark. */
export function markRendition(
  instructions: RequestedRendition,
  { order, item }: Mark,
): RequestedRendition {
  return { ...instructions, userData: { ...instructions.userData, [MARK]: { order, item } } }
}

/** Which rendition an event is about; undefined when it bears no mark. */
export function readMark({ rendition }: RenditionEvent | ProgressEvent): Mark | undefined {
  const { success, data } = z.safeParse(markSchema, rendition.userData)
  return success ? data[MARK] : undefined
}
