import { isReason } from '../base/errors.ts'
import type { RenditionEvent } from '../contract/event.ts'
import type { Order } from '../orders/order-store.ts'

/** A door that has renditions made by workers of the Asset Compute SDK. */
export interface RenditionDoor {
  /**
   * Ends an item of an order with what its worker reports.
   *
   * @returns what people know the order by, and whether the item ends by this event; undefined when there is no such item
   */
  receive: (order: Order, item: number, event: RenditionEvent) => Promise<Receipt | undefined>
  /**
   * Takes note of how far an item is, from 0 to 1; a door that has not asked for that does not have it.
   *
   * @returns whether there is such an item, and it has not ended
   */
  advance?: (order: Order, item: number, done: number) => Promise<boolean>
}

/** How a rendition has ended, in words of which there are few. */
export interface RenditionResult {
  readonly result: 'created' | 'failed'
  /** `none`, one of the documented reasons, or the code of an order's failure. */
  readonly reason: string
}

/** What an event makes of its rendition; a reason that a worker has made up counts as a general one. */
export function resultOf({
  type,
  errorReason,
}: Pick<RenditionEvent, 'type' | 'errorReason'>): RenditionResult {
  if (type === 'rendition_created') return { result: 'created', reason: 'none' }
  return { result: 'failed', reason: isReason(errorReason) ? errorReason : 'GenericError' }
}

/** What has become of an event. */
export interface Receipt {
  readonly title: string
  /** False when the item had ended before. */
  readonly ended: boolean
}
