import type { Extent, Rgba } from '../../composition.ts'

/** A picture whose pixels are places in a palette, row by row from the top. */
export interface IndexedPicture extends Extent {
  readonly indices: Uint8Array
  /** At most 256 colours. */
  readonly colours: readonly Rgba[]
}
