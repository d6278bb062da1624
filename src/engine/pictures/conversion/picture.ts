import type { Size } from '../dimensions.ts'
import type { Excerpt } from './magick-source.ts'

/** What of a source file has to be decoded. */
export interface Picture {
  /** Width and height in pixels; undefined when only a decoder can tell. */
  readonly size: Size | undefined
  /** A file of the same format that has nothing but the picture. */
  readonly pieces: readonly Excerpt[]
  /** Whether colours that are partly transparent have been put on white. */
  readonly onWhite?: boolean
  /** Whether what looks like transparency is none. */
  readonly opaque?: boolean
  /** Whether the colours are those of sRGB now, whatever a profile in the file says of them. */
  readonly isSrgb?: boolean
}
