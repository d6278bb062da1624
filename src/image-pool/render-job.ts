import type { LayerFile, MadeView, ViewOrder } from '../engine/layers/view-order.ts'

/** A picture to make, with all that it is made of. */
export interface RenderJob extends ViewOrder {
  /** Whose picture it is: those of each get their share of the processes. Those who are not told apart are one. */
  readonly client?: string | undefined
  /** The object whose XMP is embedded, if any. */
  readonly xmpOf?: string | undefined
  /** The file that its bytes go into, so that no other process has them in memory; without it they are sent. */
  readonly to?: string | undefined
}

/** Makes what is shown of files that are no pictures. */
export interface Posters {
  /**
   * Makes the picture of a video, or the first page of an office file as a PDF.
   *
   * @param options.file - where it goes, on the disk of the state folder
   * @param options.signal - gives it up
   * @throws {@link OperationError} when it cannot be made of this file, or a program is missing; the signal's reason when it
   *   aborts
   */
  readonly makePoster: (
    source: LayerFile,
    options: {
      readonly kind: 'video' | 'office'
      readonly file: string
      readonly signal: AbortSignal
    },
  ) => Promise<void>
}

/**
 * Counts the pages of a PDF.
 *
 * @throws {@link OperationError} when it is damaged or encrypted; the signal's reason when it aborts
 */
export type CountPages = (file: LayerFile, signal: AbortSignal) => Promise<number>

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
