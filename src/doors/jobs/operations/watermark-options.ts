import * as z from 'zod/mini'
import { number, wholeNumber } from '../../../contract/text-values.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { tellIdleOptions } from './idle-options.ts'
import { COMMON_OPTIONS, optional, pageRange } from './task-options.ts'

const whole = (expected: string) => optional(wholeNumber({ min: 0, expected }))
const PIXELS = 'a whole number of pixels'

/** CloudConvert's names, and those of the instruction `watermark`. */
export const MARK_OPTIONS = {
  text: ['text', optional(z.string({ error: 'a text' }))],
  layer: ['layer', optional(z.enum(['above', 'below'], { error: '"above" or "below"' }))],
  pages: ['pages', optional(pageRange)],
  font_size: ['fontSize', optional(number({ min: 1, max: 2000, expected: 'a number of pixels' }))],
  font_width_percent: ['fontWidthPercent', optional(number({ expected: 'a number of per cent' }))],
  font_color: ['fontColor', optional(z.string({ error: 'a colour such as "#ff0000" or "red"' }))],
  font_name: ['fontName', optional(z.string({ error: 'the name of a font' }))],
  font_align: ['fontAlign', optional(z.string({ error: '"left", "center" or "right"' }))],
  image_width: ['imageWidth', whole(PIXELS)],
  image_height: ['imageHeight', whole(PIXELS)],
  image_width_percent: [
    'imageWidthPercent',
    optional(number({ expected: 'a number of per cent' })),
  ],
  position_vertical: [
    'positionVertical',
    optional(z.string({ error: '"top", "center" or "bottom"' })),
  ],
  position_horizontal: [
    'positionHorizontal',
    optional(z.string({ error: '"left", "center" or "right"' })),
  ],
  margin_vertical: ['marginVertical', whole(PIXELS)],
  margin_horizontal: ['marginHorizontal', whole(PIXELS)],
  opacity: ['opacity', optional(number({ min: 0, max: 100, expected: 'a number of per cent' }))],
  rotation: [
    'rotation',
    optional(number({ min: -360, max: 360, expected: 'a number of degrees' })),
  ],
} as const

/** What `watermark` may be told. */
export const watermarkOptions = z.looseObject({
  ...COMMON_OPTIONS,
  image: optional(z.string({ error: 'the name or the id of the task that brings the picture' })),
  password: optional(z.string({ error: 'a text' })),
  ...Object.fromEntries(Object.entries(MARK_OPTIONS).map(([name, [, schema]]) => [name, schema])),
})

/** Which options say something to a watermark: a text has letters, a picture a size, and of two sizes the one in per cent holds. */
function readOfMark(
  files: readonly Pick<InputFile, 'content'>[],
  options: Readonly<Record<string, unknown>>,
  isPicture: boolean,
): string[] {
  const [own, others] = isPicture ? ['image_', 'font_'] : ['font_', 'image_']
  const hasPercent = options[`${own}width_percent`] !== undefined
  const overridden = hasPercent ? ['font_size', 'image_width', 'image_height'] : []
  const read = Object.keys(MARK_OPTIONS).filter(
    (name) => !name.startsWith(others) && !overridden.includes(name),
  )
  return [...read, ...(files.some(({ content }) => content === 'pdf') ? ['password'] : [])]
}

/**
 * Says which of its options make no difference to a task `watermark`, see {@link tellIdleOptions}.
 *
 * @param files - what is marked; where there is none, nothing is to be told
 * @param isPicture - whether the mark is one, and no text
 */
export function tellIdleOfWatermark(
  options: Readonly<Record<string, unknown>>,
  files: readonly Pick<InputFile, 'content'>[],
  isPicture: boolean,
): string[] {
  if (files.length === 0) return []
  const known = ['password', ...Object.keys(MARK_OPTIONS)]
  return tellIdleOptions(options, known, readOfMark(files, options, isPicture))
}
