import type { Extent } from '../composition.ts'

/** A picture to be encoded as JPEG 2000, by the name that ImageMagick has for how its bytes are. */
export interface Jpeg2000Task extends Extent {
  readonly samples: Uint8Array
  readonly layout: 'GRAY' | 'GRAYA' | 'RGB' | 'RGBA'
  /** How much stronger the picture is than what is off (peak signal to noise); undefined for no loss. */
  readonly decibels: number | undefined
}
