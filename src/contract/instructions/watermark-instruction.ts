import * as z from 'zod/mini'
import { PAGE_RANGE, parsePageRange } from '../../base/page-range.ts'
import { number, wholeNumber } from '../text-values.ts'
import { colourSchema, toColour } from './colour.ts'
import { FONT_NAMES, findFont } from './font-name.ts'

const PICTURE_URL = 'an https: or data: URL of a picture'
const PAGES = 'pages such as "1-3,5"'
const MOST_LETTERS = 500
const TEXT = `a text of 1 to ${MOST_LETTERS} letters`

/** How large a text is, how far a mark is from the edges, and how much of it is seen, when nobody says. */
const USUAL = {
  fontSize: 40,
  fontColor: '#000000',
  fontName: 'Helvetica',
  margin: 25,
  opacity: 100,
}

const side = wholeNumber({ min: 1, max: 65_500, expected: 'a whole number of pixels, 1 to 65500' })
const margin = wholeNumber({
  min: 0,
  max: 65_500,
  expected: 'a whole number of pixels, 0 to 65500',
})
const percent = number({ min: 0.1, max: 100, expected: 'a number of per cent from 0.1 to 100' })

function oneOf<const Names extends readonly [string, string, ...string[]]>(names: Names) {
  const error = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
  return z.optional(z.enum(names, { error }))
}

const fields = z.object(
  {
    image: z.optional(
      z
        .string({ error: PICTURE_URL })
        .check(z.regex(/^(https:\/\/|data:)/i, { error: PICTURE_URL })),
    ),
    scale: z.optional(number({ min: 0, max: 1, expected: 'a number from 0 to 1' })),
    imageWidth: z.optional(side),
    imageHeight: z.optional(side),
    imageWidthPercent: z.optional(percent),
    text: z.optional(
      z
        .string({ error: TEXT })
        .check(z.minLength(1, { error: TEXT }), z.maxLength(MOST_LETTERS, { error: TEXT })),
    ),
    fontSize: z.optional(
      number({ min: 1, max: 2000, expected: 'a number of pixels from 1 to 2000' }),
    ),
    fontWidthPercent: z.optional(percent),
    fontColor: z.optional(colourSchema),
    fontName: z.optional(
      z
        .string({ error: FONT_NAMES })
        .check(z.refine((name) => findFont(name) !== undefined, { error: FONT_NAMES })),
    ),
    fontAlign: oneOf(['left', 'center', 'right']),
    layer: oneOf(['above', 'below']),
    pages: z.optional(
      z.pipe(
        z.transform((value) => (typeof value === 'number' ? String(value) : value)),
        z.string({ error: PAGES }).check(z.regex(PAGE_RANGE, { error: PAGES })),
      ),
    ),
    positionVertical: oneOf(['top', 'center', 'bottom']),
    positionHorizontal: oneOf(['left', 'center', 'right']),
    marginVertical: z.optional(margin),
    marginHorizontal: z.optional(margin),
    opacity: z.optional(
      number({ min: 0, max: 100, expected: 'a number of per cent from 0 to 100' }),
    ),
    rotation: z.optional(
      number({ min: -360, max: 360, expected: 'a number of degrees from -360 to 360' }),
    ),
  },
  { error: 'an object {image, scale} or {text}' },
)

type Fields = z.infer<typeof fields>

/** What a watermark may be: a picture or a text, not both and not neither. */
export const watermarkSchema = fields.check(
  z.refine(({ image, text }) => image !== undefined || text !== undefined, {
    error: PICTURE_URL,
    path: ['image'],
  }),
  z.refine(({ image, text }) => image === undefined || text === undefined, {
    error: 'left out beside an image',
    path: ['text'],
  }),
  z.refine((given) => given.scale === undefined || !isPlaced(given), {
    error: 'left out of a watermark that has a place or a size',
    path: ['scale'],
  }),
)

/** Whether a watermark is more than a picture that is fitted into the middle. */
function isPlaced({ image: _image, scale: _scale, pages: _pages, ...others }: Fields): boolean {
  return Object.values(others).some((value) => value !== undefined)
}

/** A watermark in the words of whoever draws it. */
export function toWatermark(given: Fields) {
  const { image, text, scale = 1 } = given
  const pages = given.pages === undefined ? {} : { pages: parsePageRange(given.pages) }
  if (image !== undefined && !isPlaced(given)) return { image, scale, ...pages }
  return {
    ...pages,
    mark: image === undefined ? toTextMark(given, text ?? '') : toPictureMark(given, image),
    layer: given.layer ?? 'above',
    vertical: given.positionVertical ?? 'center',
    horizontal: given.positionHorizontal ?? 'center',
    marginVertical: given.marginVertical ?? USUAL.margin,
    marginHorizontal: given.marginHorizontal ?? USUAL.margin,
    opacity: given.opacity ?? USUAL.opacity,
    rotation: given.rotation ?? 0,
  }
}

function toPictureMark({ imageWidth, imageHeight, imageWidthPercent }: Fields, image: string) {
  return {
    image,
    ...(imageWidth !== undefined && { width: imageWidth }),
    ...(imageHeight !== undefined && { height: imageHeight }),
    ...(imageWidthPercent !== undefined && { widthPercent: imageWidthPercent }),
  }
}

function toTextMark(
  { fontName = USUAL.fontName, fontSize, fontColor, fontAlign, fontWidthPercent }: Fields,
  text: string,
) {
  return {
    text,
    font: findFont(fontName) ?? ({ family: 'Helvetica', bold: false, italic: false } as const),
    size: fontSize ?? USUAL.fontSize,
    ...(fontWidthPercent !== undefined && { widthPercent: fontWidthPercent }),
    colour: toColour(fontColor ?? USUAL.fontColor),
    align: fontAlign ?? 'center',
  }
}
