import { toLengthInPixels } from '../css-length.ts'
import { readCssNumber } from './css-number.ts'

/** What a function does to colours, as a primitive of SVG; undefined for what it does not take. */
type ToPrimitive = (argument: string) => string | undefined

/** By their names (Filter Effects 1, section 12). Shadows and opacity have no colours to reckon with. */
const FUNCTIONS: Readonly<Record<string, ToPrimitive>> = {
  grayscale: ofShare((amount) => colourMatrix('saturate', [1 - amount])),
  sepia: ofShare((amount) => {
    const rest = 1 - amount
    return matrix([
      [0.393 + 0.607 * rest, 0.769 * amount, 0.189 * amount, 0],
      [0.349 * amount, 0.686 + 0.314 * rest, 0.168 * amount, 0],
      [0.272 * amount, 0.534 * amount, 0.131 + 0.869 * rest, 0],
    ])
  }),
  invert: ofShare((amount) => evenly(1 - 2 * amount, amount)),
  saturate: ofAmount((amount) => colourMatrix('saturate', [amount])),
  brightness: ofAmount((amount) => evenly(amount, 0)),
  contrast: ofAmount((amount) => evenly(amount, (1 - amount) / 2)),
  'hue-rotate': (argument) => {
    const degrees = readCssNumber(argument === '' ? '0' : argument, 0)
    return degrees === undefined ? undefined : colourMatrix('hueRotate', [degrees])
  },
  blur: (argument) => {
    const deviation = toLengthInPixels(argument === '' ? '0' : argument)
    return deviation === undefined || deviation < 0
      ? undefined
      : `<feGaussianBlur stdDeviation="${deviation}"/>`
  },
}

/** The value of a property or an attribute `filter`, and what is before it. */
const VALUE =
  /((?<![\w-])filter\s*(?::|=\s*["'])\s*)((?:url\(\s*["'][^"']*["']\s*\)|[^;"'{}<>])*)/gi
const CALL = new RegExp(`(?<![\\w-])(${Object.keys(FUNCTIONS).join('|')})\\(([^()]*)\\)`, 'gi')
const ROOT_END = /<\/(?:[\w.-]+:)?svg\s*>(?![^]*<\/(?:[\w.-]+:)?svg\s*>)/

/** Wherever in a drawing an element is, its filter goes beyond it as far as that does. */
const FAR = 1_000_000

/**
 * Writes the functions of `filter` as filters of SVG that reckon with the samples of sRGB, as browsers do: librsvg does so with
 * light, and cuts off what goes far beyond an element.
 */
export function toPlainFilters(svg: string): string {
  const filters = new Map<string, string>()
  const written = svg.replaceAll(VALUE, (_, before: string, value: string) => {
    const known = value.replaceAll(CALL, (call, name: string, argument: string) => {
      const primitive = FUNCTIONS[name.toLowerCase()]?.(argument.trim())
      if (primitive === undefined) return call
      const id = filters.get(primitive) ?? `darkroom-filter-${filters.size + 1}`
      filters.set(primitive, id)
      return `url(#${id})`
    })
    return before + known
  })
  if (filters.size === 0) return svg
  const elements = [...filters].map(
    ([primitive, id]) =>
      `<filter xmlns="http://www.w3.org/2000/svg" id="${id}" filterUnits="userSpaceOnUse" ` +
      `x="${-FAR}" y="${-FAR}" width="${2 * FAR}" height="${2 * FAR}" ` +
      `style="color-interpolation-filters:sRGB">${primitive}</filter>`,
  )
  // Behind all else, so that rules that count elements mean the same.
  return written.replace(ROOT_END, (end) => elements.join('') + end)
}

/** Of a number that is not negative, or all of it. */
function ofAmount(toPrimitive: (amount: number) => string): ToPrimitive {
  return (argument) => {
    const amount = readCssNumber(argument === '' ? '1' : argument, 1)
    return amount === undefined || amount < 0 ? undefined : toPrimitive(amount)
  }
}

/** Likewise, and more than all is all. */
function ofShare(toPrimitive: (amount: number) => string): ToPrimitive {
  return ofAmount((amount) => toPrimitive(Math.min(1, amount)))
}

/** Each sample times a factor, and something on top of it. */
function evenly(factor: number, offset: number): string {
  return matrix([
    [factor, 0, 0, offset],
    [0, factor, 0, offset],
    [0, 0, factor, offset],
  ])
}

/** Of each sample what it takes of all three, and what is added. */
function matrix(rows: readonly (readonly [number, number, number, number])[]): string {
  const all = rows.flatMap(([red, green, blue, offset]) => [red, green, blue, 0, offset])
  return colourMatrix('matrix', [...all, 0, 0, 0, 1, 0])
}

function colourMatrix(type: string, values: readonly number[]): string {
  return `<feColorMatrix type="${type}" values="${values.join(' ')}"/>`
}
