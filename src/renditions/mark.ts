import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod/mini'
import type { RenditionEvent } from '../contract/event.ts'
import type { RequestedRendition } from '../contract/process-request.ts'
import type { ProgressEvent } from '../contract/progress-event.ts'

/**
 * The field in a rendition's `userData` that says of which order it is which item. A worker must not touch `userData` and
 * echoes it in the event; Adobe's own client finds its renditions again by a field of the same kind (`assetComputeClient`).
 */
const MARK = 'darkroomRendition'

const markSchema = z.object({
  [MARK]: z.object({ order: z.int(), item: z.int(), key: z.string() }),
})

/** Which item of which order a rendition is. */
export interface Mark {
  readonly order: number
  readonly item: number
}

/** Marks of renditions, each with a key that nobody knows but who was told to make that rendition. */
export interface Marks {
  /** A rendition's instructions as a worker gets them: with the mark. */
  readonly put: (instructions: RequestedRendition, mark: Mark) => RequestedRendition
  /** Which rendition an event is about; undefined when it bears no mark of ours. */
  readonly read: (event: RenditionEvent | ProgressEvent) => Mark | undefined
}

/**
 * All workers sign their events with the same key, and orders are counted: without a key of its own in the mark, one worker could
 * settle what another was told to make.
 *
 * @param secret - one that no worker is told
 */
export function createMarks(secret: string): Marks {
  const keyOf = ({ order, item }: Mark): Buffer =>
    createHmac('sha256', secret).update(`rendition ${order} ${item}`).digest()

  return {
    put(instructions, { order, item }) {
      const key = keyOf({ order, item }).toString('base64url')
      return {
        ...instructions,
        userData: { ...instructions.userData, [MARK]: { order, item, key } },
      }
    },
    read({ rendition }) {
      const { success, data } = z.safeParse(markSchema, rendition.userData)
      if (!success) return undefined
      const { order, item, key } = data[MARK]
      const expected = keyOf({ order, item })
      const given = Buffer.from(key, 'base64url')
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
      return isOurs ? { order, item } : undefined
    },
  }
}
