import type { ColourSpace } from './colour-space.ts'

/** What the samples of a picture mean, where libvips reads them but takes them for something else. */
export interface Samples {
  /** What the first bands are. */
  readonly colours: 'grey' | 'rgb' | 'cmyk' | 'lab'
  /** Whether a* and b* are written as from 0 on, in place of as numbers with a sign. */
  readonly labFromZero?: boolean
  /** Whether whole numbers that are read as if they had no sign have one. */
  readonly signed?: boolean
  /** Whether the greatest number is black. */
  readonly whiteIsLeast?: boolean
  /** Whether the first of the bands is blue and the third red. */
  readonly blueFirst?: boolean
  /** Which band says how much of what is behind it a pixel covers, from 0; undefined when each covers all. */
  readonly alpha: number | undefined
  /** Whether the colours have been multiplied with it. */
  readonly premultiplied?: boolean
  /** Undefined when the colours mean sRGB, or what a profile in the file says. */
  readonly space?: ColourSpace | undefined
}

/** How many bands colours have. */
export const BANDS: Readonly<Record<Samples['colours'], number>> = {
  grey: 1,
  rgb: 3,
  cmyk: 4,
  lab: 3,
}
