import type { Sharp } from 'sharp'
import type { Extent } from './composition.ts'

/** A picture in memory: sRGB, eight bits a component, row by row from the top, alpha not premultiplied. */
export interface Raster extends Extent {
  /** `width` × `height` × `channels` bytes. */
  readonly pixels: Buffer
  /** Red, green and blue, and alpha unless every pixel is opaque. */
  readonly channels: 3 | 4
}

/** An opaque picture that is yet to be decoded: a file is made of it row by row, and it is never in memory as a whole. */
export interface Undecoded extends Extent {
  /** Begins a pipeline whose result are the pixels of a {@link Raster}. */
  readonly open: () => Sharp
}
