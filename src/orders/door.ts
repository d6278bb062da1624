import type { Order } from './order-store.ts'

/** How a worker is called for an order. */
export interface WorkerCall {
  /** What people know the order by, for the log. */
  readonly title: string
  /** The parameters of the activation. */
  readonly params: object
  /** What a custom worker gets to see of who asks. */
  readonly identify: () => Promise<Record<string, string>>
}

/** Why items end whose order is cancelled. */
export const CANCELLED = 'The order was cancelled.'

/** Why items end that no worker has reported. */
export interface OrderFailure {
  /**
   * `unreported`: the activation ended without a word about them; `refused`: the worker could not be started; `silent`:
   * nobody knows what became of the activation; `interrupted`: the service was killed under it too often; `cancelled`.
   */
  readonly code: 'unreported' | 'refused' | 'silent' | 'interrupted' | 'cancelled'
  /** One sentence; of an activation that ended, {@link OrderFailure.result} may say more. */
  readonly message: string
  /** What the activation left as its result. */
  readonly result?: unknown
  readonly activationId?: string
}

/** What orders ask of the door that has accepted them. */
export interface OrderingDoor {
  /**
   * Says how the worker of an order is called for those of its items that have not ended; undefined when nobody wants the
   * order any more.
   */
  call: (order: Order, items: readonly number[]) => Promise<WorkerCall | undefined>
  /** Ends items that no worker has reported, each unless it has ended meanwhile, and tells who waits for them. */
  fail: (order: Order, items: readonly number[], failure: OrderFailure) => Promise<void>
}
