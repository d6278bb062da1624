import type { Extent } from './composition.ts'

/** A picture in memory: sRGB, eight bits a component, row by row from the top, alpha not premultiplied. */
export interface Raster extends Extent {
  /** `width` × `height` × `channels` bytes. */
  readonly pixels: Buffer
  /** Red, green and blue, and alpha unless every pixel is opaque. */
  readonly channels: 3 | 4
}
