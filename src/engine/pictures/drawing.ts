import type { Sharp } from 'sharp'
import type { Region, Size } from './dimensions.ts'
import type { Colour } from './options.ts'

/** What of a drawing is wanted. */
export interface DrawingView {
  /** The size in pixels at which all of it is drawn. */
  readonly drawnAt: Size
  /** The part to show, in pixels of that size; undefined for all of it. */
  readonly region: Region | undefined
  /** What is behind it where it covers nothing; undefined when that is still to be decided. */
  readonly background: Colour | undefined
}

/** A picture of lines and letters, which is drawn anew at each size that is wanted and so is always sharp. */
export interface Drawing {
  /** How many pixels one of its units has when nobody says how large it shall be. */
  readonly usualScale: number
  /** How many of its units make an inch; undefined when they have no length. */
  readonly unitsPerInch: number | undefined
  /** The most pixels that can be drawn. */
  readonly maxPixels: number
  /** Draws exactly the part that is wanted, in 8-bit sRGB or what becomes it. */
  readonly draw: (view: DrawingView) => Promise<Sharp>
}
