import type { MadeView, ViewOrder } from '../engine/layers/view-order.ts'

/** A picture to make, with all that it is made of. */
export interface RenderJob extends ViewOrder {
  /** The object whose XMP is embedded, if any. */
  readonly xmpOf?: string | undefined
}

/** Makes pictures in processes of their own. */
export interface Renderer {
  /**
   * Makes one, when it is its turn.
   *
   * @param signal - gives the picture up, and ends the process that is making it
   * @throws {@link OperationError} when something is wrong with its files or with what is asked for, or it takes too long
   *   or too much memory; the signal's reason when it aborts
   */
  readonly render: (job: RenderJob, signal: AbortSignal) => Promise<MadeView>
}
