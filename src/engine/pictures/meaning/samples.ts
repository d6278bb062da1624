import type { ColourSpace } from './colour-space.ts'

/** What the samples of a picture mean, where libvips reads them but takes them for something else. */
export interface Samples {
  /** What the first bands are. */
  readonly colours: 'grey' | 'rgb' | 'cmyk'
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
export const BANDS: Readonly<Record<Samples['colours'], number>> = { grey: 1, rgb: 3, cmyk: 4 }
