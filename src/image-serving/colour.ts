/** The pixel types of colours and pictures. */
export type PixelType = 'rgb' | 'gray' | 'cmyk'

/**
 * A colour as a request writes it: components from 0 to 255 for `rgb`, in percent for `gray` and `cmyk`; alpha from 0 to 1. They
 * are not premultiplied.
 */
export interface Colour {
  readonly type: PixelType
  readonly components: readonly number[]
  readonly alpha: number
  /** Whether it is meant in the colour space of sources, by the suffix `s`, and not in that of what is served. */
  readonly ofSource: boolean
}

/** What a colour may look like, in words. */
export const COLOUR_EXPECTED = 'a colour such as 255,128,0 or ff8000 or 50g or 0,50,100,0k'

const HEX = /^(?<prefix>0x)?(?<digits>[0-9a-f]+)(?<type>[grk])?(?<source>s)?$/
const LAST_ITEM = /^(?<number>\d{1,3})(?<type>[grk])?(?<source>s)?$/

/**
 * Reads a colour from the first of the items that stand between commas. Hexadecimal bytes of CMYK are percent as they are, as
 * Adobe's own examples have them (`38393A3bK` is 56-57-58-59%), and those of gray are scaled.
 *
 * @returns the colour and how many items it is written with, or undefined when they are none
 */
export function takeColour(
  items: readonly string[],
): { readonly colour: Colour; readonly used: number } | undefined {
  const [first = ''] = items
  const packed = readPacked(first.trim().toLowerCase())
  if (packed) return { colour: packed, used: 1 }
  return takeDecimal(items.map((item) => item.trim().toLowerCase()))
}

/** Hexadecimal: six, eight or ten digits, or with `0x` two or four of gray. Three decimal digits are gray, not packed. */
function readPacked(text: string): Colour | undefined {
  const { prefix, digits = '', type, source } = HEX.exec(text)?.groups ?? {}
  const bytes = (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
  if (digits.length !== bytes.length * 2) return undefined
  const ofSource = source !== undefined
  if (type === 'k') {
    if (bytes.length !== 4 && bytes.length !== 5) return undefined
    const [alpha = 100] = bytes.slice(4)
    const components = bytes.slice(0, 4)
    if (bytes.some((percent) => percent > 100)) return undefined
    return { type: 'cmyk', components, alpha: alpha / 100, ofSource }
  }
  if ((bytes.length === 3 || bytes.length === 4) && type !== 'g') {
    const [red = 0, green = 0, blue = 0, alpha = 255] = bytes
    return { type: 'rgb', components: [red, green, blue], alpha: alpha / 255, ofSource }
  }
  if (prefix !== undefined && (bytes.length === 1 || bytes.length === 2) && type !== 'r') {
    const [gray = 0, alpha = 255] = bytes
    return { type: 'gray', components: [(gray * 100) / 255], alpha: alpha / 255, ofSource }
  }
  return undefined
}

/** How many items a colour has that ends with this letter, without and with alpha. */
const COUNTS = { g: [1, 2], r: [3, 4], k: [4, 5] } as const

/**
 * Decimal: without a letter three or four numbers are RGB, and one or two gray. What comes behind a colour among the arguments
 * of a command may be a number as well: then the letter, or the longest that can be one, says where the colour ends.
 */
function takeDecimal(
  items: readonly string[],
): { readonly colour: Colour; readonly used: number } | undefined {
  const read = items.slice(0, 5).map((item) => LAST_ITEM.exec(item)?.groups)
  const end = read.findIndex((groups) => groups === undefined || groups['type'] !== undefined)
  const groups = end === -1 ? undefined : read[end]
  const letter = groups?.['type']
  const numbers = read.slice(0, end === -1 ? read.length : end + (letter ? 1 : 0))
  const marked = numbers.findIndex((each) => each?.['source'] !== undefined)
  const length = marked === -1 ? numbers.length : marked + 1
  const values = numbers.slice(0, length).map((each) => Number(each?.['number']))
  const ofSource = marked !== -1
  if (letter === 'g' || letter === 'r' || letter === 'k') {
    const [plain, withAlpha] = COUNTS[letter]
    if (length !== plain && length !== withAlpha) return undefined
    return named(letter, values, ofSource)
  }
  if (length >= 3) return named('r', values.slice(0, ofSource ? length : 4), ofSource)
  if (length >= 1) return named('g', values, ofSource)
  return undefined
}

function named(
  letter: 'g' | 'r' | 'k',
  values: readonly number[],
  ofSource: boolean,
): { readonly colour: Colour; readonly used: number } | undefined {
  const [plain] = COUNTS[letter]
  const most = letter === 'r' ? 255 : 100
  if (values.some((value) => value > most)) return undefined
  const type = letter === 'r' ? 'rgb' : letter === 'k' ? 'cmyk' : 'gray'
  const alpha = (values[plain] ?? most) / most
  return {
    colour: { type, components: values.slice(0, plain), alpha, ofSource },
    used: values.length,
  }
}
