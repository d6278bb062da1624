import type { CarriedPreview } from '../pages/carried-preview.ts'
import { isBlank } from './blank.ts'
import { sharp } from './libvips.ts'
import type { PictureOptions } from './options.ts'

/** The longest side that is asked for of any of some pictures, in pixels; infinite where one is to be as large as it is. */
export function largestSide(wanted: readonly Pick<PictureOptions, 'steps'>[]): number {
  return wanted.reduce((longest, { steps }) => Math.max(longest, sideOf(steps)), 0)
}

function sideOf(steps: PictureOptions['steps']): number {
  const boxes = steps.filter((step) => step.step === 'fit')
  const sides = boxes.map(({ width = 0, height = 0 }) => Math.max(width, height))
  const longest = Math.max(0, ...sides)
  return longest > 0 ? longest : Infinity
}

/**
 * Whether the picture that a document carries does as well as its pages: it shows something and, where these can be drawn as they
 * look, has as many pixels as what is to be made of it. It is as its program has drawn it, but small, and may be older than the
 * document.
 *
 * @param side - the longest that is asked for, in pixels
 */
export async function doesCarried(
  { picture, isDrawn }: CarriedPreview,
  side: number,
): Promise<boolean> {
  if (await isBlank(picture)) return false
  if (!isDrawn) return true
  const { width, height } = await sharp(picture).metadata()
  return Math.max(width, height) >= side
}
