import type { Size } from '../dimensions.ts'
import type { Excerpt } from './magick-source.ts'

/** What of a source file has to be decoded. */
export interface Picture {
  /** Width and height in pixels; undefined when only a decoder can tell. */
  readonly size: Size | undefined
  /** A file of the same format that has nothing but the picture. */
  readonly pieces: readonly Excerpt[]
  /** What ImageMagick calls the kind of the file that it is given, where that is not its name for the format. */
  readonly kind?: 'DNG' | 'J2K' | 'PAM' | 'PNM'
  /** Whether colours that are partly transparent have been put on white, or multiplied with how much they cover. */
  readonly onWhite?: boolean
  readonly premultiplied?: boolean
  /** Whether what looks like transparency is none. */
  readonly opaque?: boolean
  /** Whether the colours are those of sRGB now, whatever a profile in the file says of them. */
  readonly isSrgb?: boolean
  /** Whether the first four samples of a pixel are inks, of which ImageMagick does not know it. */
  readonly inks?: boolean
  /** Whether ImageMagick takes black for white. */
  readonly inverted?: boolean
  /** Whether its decoder leaves it as it lies in the file, and says how it is to be turned. */
  readonly liesAsStored?: boolean
}
