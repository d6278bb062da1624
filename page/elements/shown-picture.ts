import type { PixelSize } from './zoom.ts'

/** A picture that can be looked at. */
export interface ShownPicture {
  readonly src: string
  readonly name: string
  /** In pixels, where it is known before it is there. */
  readonly size?: PixelSize | undefined
}
