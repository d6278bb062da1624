import { toLengthInPixels } from '../css-length.ts'
import { readCssNumber } from './css-number.ts'
import { rewriteStyles } from './svg-styles.ts'

/** The attributes that are lengths (SVG 2, appendix "Attributes"). */
const ATTRIBUTES =
  'x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|fx|fy|fr|dx|dy|width|height|font-size|stroke-width|stroke-dasharray|stroke-dashoffset|letter-spacing|word-spacing|baseline-shift|startOffset|textLength|markerWidth|markerHeight|refX|refY'
const ATTRIBUTE = new RegExp(`(\\s(?:${ATTRIBUTES})\\s*=\\s*)("[^"]*"|'[^']*')`, 'g')

/** A length in a unit of paper; what is part of a word or a name is none. */
const ABSOLUTE =
  /(?<![\w#.%-])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:cm|mm|in|pt|pc|q)(?![\w-])/gi

/** What is no length, whatever it looks like. */
const TEXTS = /(url\([^)]*\)|"[^"]*"|'[^']*')/

/** A function that reckons (CSS Values 4, section 10), in which there is no other. */
const RECKONED = /(?<![\w-])(calc|min|max|clamp)\(([^()]*)\)/gi

/** Deeper within each other nobody writes them. */
const DEEPEST = 10

/**
 * Writes the lengths of an SVG as pixels, where they are absolute and where they are reckoned of pixels and numbers alone: librsvg
 * draws a millimetre the larger the larger the picture is, and takes what is reckoned for nothing.
 *
 * @param svg - one character a byte
 */
export function toPixels(svg: string): string {
  return rewriteStyles(svg, reckonLengths).replaceAll(
    ATTRIBUTE,
    (_, name: string, value: string) => name + inPixels(value),
  )
}

/** Writes what a value of CSS tells of lengths as pixels, likewise. */
export function reckonLengths(css: string): string {
  return outsideTexts(css, (part) => reckon(inPixels(part)))
}

/**
 * A length in pixels that may be below 0.
 *
 * @param whole - what per cent are of
 * @returns undefined when it is relative to anything else, or none
 */
export function toSignedPixels(length: string, whole: number): number | undefined {
  const text = length.trim()
  const [, sign, size = ''] = /^([-+]?)(.*)$/.exec(text) ?? []
  const pixels = size.endsWith('%')
    ? readCssNumber(size, whole)
    : toLengthInPixels(size.replace(/^\.(?=\d)/, '0.'))
  return pixels === undefined ? undefined : sign === '-' ? -pixels : pixels
}

function outsideTexts(css: string, rewrite: (part: string) => string): string {
  return css
    .split(TEXTS)
    .map((part, index) => (index % 2 === 0 ? rewrite(part) : part))
    .join('')
}

function inPixels(css: string): string {
  return css.replaceAll(ABSOLUTE, (length) => {
    const size = toLengthInPixels(length.replace(/^[-+]/, ''))
    if (size === undefined) return length
    return new Quantity(length.startsWith('-') ? -size : size, true).toString()
  })
}

function reckon(css: string): string {
  let written = css
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const next = written
      .replaceAll(RECKONED, (whole, name: string, content: string) => {
        const values = content.split(',').map(sumOf)
        const isKnown = values.every((value) => value !== undefined)
        return (isKnown && FUNCTIONS[name.toLowerCase()]?.(values)?.toString()) || whole
      })
      // Brackets within a function, when all in them is reckoned.
      .replaceAll(/(?<![\w-])\(([^()]*)\)/g, (whole, content: string) => {
        return /[-+*/]/.test(content) ? (sumOf(content)?.toString() ?? whole) : whole
      })
    if (next === written) break
    written = next
  }
  return written
}

/** A number, or a length in pixels. */
class Quantity {
  readonly value: number
  readonly isLength: boolean

  constructor(value: number, isLength: boolean) {
    this.value = value
    this.isLength = isLength
  }

  toString(): string {
    // Without an exponent, which not all that librsvg reads may have.
    return Number(this.value.toFixed(6)) + (this.isLength ? 'px' : '')
  }
}

const FUNCTIONS: Readonly<Record<string, (values: readonly Quantity[]) => Quantity | undefined>> = {
  calc: ([first, ...others]) => (others.length === 0 ? first : undefined),
  min: (values) => pick(values, Math.min),
  max: (values) => pick(values, Math.max),
  clamp(values) {
    const [least, wanted, most] = values
    if (least === undefined || wanted === undefined || most === undefined) return undefined
    const below = pick([wanted, most], Math.min)
    return below && pick([least, below], Math.max)
  },
}

function pick(
  values: readonly Quantity[],
  choose: (...numbers: number[]) => number,
): Quantity | undefined {
  const [first] = values
  if (first === undefined || values.some(({ isLength }) => isLength !== first.isLength)) {
    return undefined
  }
  return new Quantity(choose(...values.map(({ value }) => value)), first.isLength)
}

/** A sum of products; undefined when it has anything but numbers and pixels. */
function sumOf(text: string): Quantity | undefined {
  const [first, ...rest] = text.trim().split(/\s+([-+])\s+/)
  let sum = productOf(first)
  for (let index = 0; index < rest.length && sum !== undefined; index += 2) {
    const term = productOf(rest[index + 1])
    if (term === undefined || term.isLength !== sum.isLength) return undefined
    sum = new Quantity(
      rest[index] === '+' ? sum.value + term.value : sum.value - term.value,
      sum.isLength,
    )
  }
  return sum
}

function productOf(text = ''): Quantity | undefined {
  const [first, ...rest] = text.split(/\s*([*/])\s*/)
  let product = readQuantity(first)
  for (let index = 0; index < rest.length && product !== undefined; index += 2) {
    const factor = readQuantity(rest[index + 1])
    if (factor === undefined || (factor.isLength && (product.isLength || rest[index] === '/'))) {
      return undefined
    }
    const value = rest[index] === '*' ? product.value * factor.value : product.value / factor.value
    if (!Number.isFinite(value)) return undefined
    product = new Quantity(value, product.isLength || factor.isLength)
  }
  return product
}

function readQuantity(word = ''): Quantity | undefined {
  const [, number = '', unit = ''] = /^\s*([-+.\de]*\d\.?)(px)?\s*$/i.exec(word) ?? []
  const value = readCssNumber(number, Number.NaN)
  return value === undefined ? undefined : new Quantity(value, unit !== '')
}
