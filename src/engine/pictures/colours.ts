import type { Sharp } from 'sharp'
import { OperationError } from '../../base/operation-error.ts'
import type { PictureColours, PictureOptions } from './options.ts'
import { FORMATS } from './output-formats.ts'
import type { Source } from './source.ts'

/** Whether the pixels of a source are such already. What is grey is so in RGB as well. */
export function hasAlready({ space }: Pick<Source, 'space'>, colours: PictureColours): boolean {
  const isGrey = space === 'b-w' || space === 'grey16'
  const isThere = { rgb: space !== 'cmyk', cmyk: space === 'cmyk', grayscale: isGrey }
  return isThere[colours]
}

/** @throws {@link OperationError} colours_impossible for those of printers in what is no JPEG */
export function requireColours({
  format,
  colours,
}: Pick<PictureOptions, 'format' | 'colours'>): void {
  if (colours !== 'cmyk' || format === 'jpeg') return
  const { title } = FORMATS[format]
  throw new OperationError('colours_impossible', { title, colours, taken: ['rgb', 'grayscale'] })
}

/** Gives a picture colours; without any it is in RGB, or in grey where its source is. */
export function giveColours(image: Sharp, colours: PictureColours | undefined): Sharp {
  // Of the palette that a GIF had no colour is a grey.
  if (colours === 'grayscale') return image.toColourspace('b-w').gif({ reuse: false })
  // Without a profile nobody knows which inks are meant.
  if (colours === 'cmyk') return image.toColourspace('cmyk').withIccProfile('cmyk')
  return image
}
