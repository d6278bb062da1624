import type { Order } from './order-store.ts'

/** Whether an order's worker is called by its URL, rather than invoked by its name. */
export function isCustom({ worker }: Pick<Order, 'worker'>): boolean {
  return URL.canParse(worker)
}
