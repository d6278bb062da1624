import type { Failure } from '../base/operation-error.ts'
import type { Extent, Rectangle } from '../engine/layers/composition.ts'
import type { LayerFile, MadeView } from '../engine/layers/view-order.ts'
import type { RenderJob } from './render-job.ts'

/**
 * What a process is told to do: make a picture, read the XMP of a file, find what of it draws attention, or count the pages of a
 * PDF.
 */
export type Work =
  | { readonly kind: 'view'; readonly job: RenderJob }
  | { readonly kind: 'xmp'; readonly file: LayerFile }
  | { readonly kind: 'pages'; readonly file: LayerFile }
  | { readonly kind: 'attention'; readonly file: LayerFile; readonly shapes: readonly Extent[] }

/** Its work, and a folder for what has to be a file on the way, which is emptied after it. */
export interface WorkMessage {
  readonly work: Work
  readonly folder: string
  readonly maxPixels: number
}

/** What comes of work, by its kind. */
export type Result =
  | { readonly kind: 'view'; readonly view: MadeView }
  | { readonly kind: 'xmp'; readonly xmp: string }
  | { readonly kind: 'pages'; readonly pages: number }
  | { readonly kind: 'attention'; readonly parts: readonly Rectangle[] }

/** What it answers. `held` is the memory that it will keep, in bytes. */
export type AnswerMessage = { readonly held: number } & (
  | { readonly outcome: 'done'; readonly result: Result }
  | { readonly outcome: 'failed'; readonly failure: Pick<Failure, 'code' | 'fields'> }
  /** It is nobody's fault but the house's; `code` is that of a refusal of the system, such as that of a full disk. */
  | { readonly outcome: 'broken'; readonly stack: string; readonly code: string | undefined }
)
