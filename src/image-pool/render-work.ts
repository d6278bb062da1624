import * as z from 'zod/mini'
import type { Extent } from '../engine/layers/composition.ts'
import type { LayerFile, ViewOrder } from '../engine/layers/view-order.ts'

/** What a process is told to do: make a picture, count the pages of a PDF, or find what of a picture draws attention. */
export type RenderWork = {
  /** The most pixels of a source, and of any picture on the way. */
  readonly maxPixels: number
} & (
  | {
      readonly kind: 'view'
      readonly order: ViewOrder
      /** The file that its bytes go into, so that no other process has them in memory; without it they are sent. */
      readonly to: string | undefined
    }
  | { readonly kind: 'pages'; readonly file: LayerFile }
  | { readonly kind: 'attention'; readonly file: LayerFile; readonly shapes: readonly Extent[] }
)

const extentSchema = z.object({ width: z.number(), height: z.number() })

/**
 * What comes of it, by its kind. A process may have been taken over by a file that it has read: what it says is read as
 * anybody's.
 */
export const renderResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('view'), composite: extentSchema, view: extentSchema }),
  z.object({ kind: z.literal('pages'), pages: z.int() }),
  z.object({
    kind: z.literal('attention'),
    parts: z.readonly(z.array(z.extend(extentSchema, { x: z.number(), y: z.number() }))),
  }),
])

/** See {@link renderResultSchema}. */
export type RenderResult = z.infer<typeof renderResultSchema>
