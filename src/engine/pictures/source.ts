import { OperationError } from '../../base/operation-error.ts'
import type { Orientation, Size } from './dimensions.ts'
import type { Drawing } from './drawing.ts'
import type { Resolution } from './headers/resolution.ts'
import type { SourceFormat } from './source-formats.ts'

/**
 * The largest source, in pixels, that is decoded unless the configuration says otherwise: 16383 × 16383, twice the
 * largest camera there is and sharp's own default. A few kilobytes of PNG can claim more pixels than any action has memory.
 */
export const MAX_SOURCE_PIXELS = 16_383 ** 2

/**
 * An image file that renditions are made from; width and height are those of the upright image, in pixels, or in units of
 * a drawing and fractions of them.
 */
export interface Source extends Size {
  /** The file that libvips decodes, which is the source or what it was converted to, or what draws it at any size. */
  readonly input: string | Drawing
  /** What is in that file, where it is small and libvips reads it alike. */
  readonly bytes?: Buffer | undefined
  readonly format: SourceFormat
  readonly orientation: Orientation
  /** Undefined when the file says nothing of it. */
  readonly resolution: Resolution | undefined
  /** Which of the pictures in the file it is, as libvips counts, from 0. */
  readonly page: number
  /** Whether every pixel covers what is behind it. */
  readonly opaque: boolean
  /** How many pictures an animation has; 1 for anything else. */
  readonly frames: number
  /** How many pictures the file has, pages and those that cannot be read included; undefined when nobody has counted. */
  readonly pictures?: number | undefined
  /** What of a drawing is not drawn, in words; nothing unless told. */
  readonly leftOut?: readonly string[]
  /** The fonts that it names, that are not there, and that others are drawn in place of; none unless told. */
  readonly replacedFonts?: readonly string[]
  /** Letters of it that no font here has, so that they are not drawn; none unless told. */
  readonly missingLetters?: readonly string[]
  /** The colour space of its pixels, where it is another than 8-bit RGB that a PNG or a JPEG can have. */
  readonly space?: 'rgb16' | 'grey16' | 'b-w' | 'cmyk' | undefined
  /** Whether it is no more than the preview that the file carries. */
  readonly isPreview?: boolean
  /** Whether each of its samples has 8 bits. */
  readonly eightBit: boolean
  /** Whether `input` is another file, since libvips would take the samples of the source for what they are not. */
  readonly rewritten?: boolean
  /** The ICC profile of its pixels, where those are RGB of 8 bits. */
  readonly profile?: Buffer | undefined
  /** What it has to become before anything else, see {@link decodeSource}; undefined where it need not. */
  readonly narrowTo?: 'srgb' | 'b-w' | undefined
}

/** The error for a source of more pixels than are taken. */
export function tooManyPixels({ width, height }: Size, most: number): OperationError {
  return new OperationError('source_too_many_pixels', { width, height, most })
}
