import { attributeOf, childOf, childrenOf, type Element } from '../../element.ts'
import { textOf } from '../../odf/read-tree.ts'

/** As many digits of a kind a format has. */
const MOST_DIGITS = 30

/** Colours that codes have names for. */
const COLOURS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '#000000': '[Black]',
    '#ffffff': '[White]',
    '#ff0000': '[Red]',
    '#00ff00': '[Green]',
    '#0000ff': '[Blue]',
    '#ffff00': '[Yellow]',
    '#ff00ff': '[Magenta]',
    '#00ffff': '[Cyan]',
  }),
)

/**
 * Writes a format of numbers as the code that workbooks of Excel have for it (OpenDocument 1.3, part 3, 16.29).
 *
 * @param find - gives the format of a name, which may have another for negative numbers
 * @returns undefined for one that has nothing in it that a code can say
 */
export function toNumberCode(
  style: Element,
  find: (name: string | undefined) => Element | undefined,
): string | undefined {
  const mapped = childrenOf(style, 'map').flatMap((map) => {
    const found = find(attributeOf(map, 'apply-style-name'))
    const condition = /^\s*value\(\)\s*([<>=!]+\s*-?[\d.]+)\s*$/.exec(
      attributeOf(map, 'condition') ?? '',
    )?.[1]
    return found && condition ? [{ condition: condition.replaceAll(' ', ''), found }] : []
  })
  const own = toSection(style)
  const conditions = mapped.map(({ condition }) => condition).join(' ')
  const sections = mapped.map(({ found }) => toSection(found))
  if (USUAL_CONDITIONS.has(conditions)) return [...sections, own].join(';')
  const [first] = mapped
  if (first) return `[${first.condition}]${sections[0] ?? ''};${own}`
  return own === '' ? undefined : own
}

/** What sections of a code are about that say nothing of it. */
const USUAL_CONDITIONS: ReadonlySet<string> = new Set(['>=0', '>0', '>0 <0', '>0 <0 =0'])

function toSection(style: Element): string {
  // A sign that stands for hundredths is no word beside a number.
  const isShare = style.name === 'percentage-style'
  const isOpenEnded = attributeOf(style, 'truncate-on-overflow') === 'false'
  let isFirst = true
  const pieces = style.children.map((child) => {
    const piece = isShare && child.name === 'text' ? toShareText(child) : toPiece(child)
    const isClock = ['hours', 'minutes', 'seconds'].includes(child.name)
    if (!isClock || !isOpenEnded || !isFirst) return piece
    isFirst = false
    return `[${piece}]`
  })
  const colour = attributeOf(childOf(style, 'text-properties'), 'color')?.toLowerCase() ?? ''
  return (COLOURS.get(colour) ?? '') + pieces.join('')
}

function toShareText(element: Element): string {
  return textOf(element).split('%').map(quote).join('%')
}

function toPiece(element: Element): string {
  const isLong = attributeOf(element, 'style') === 'long'
  switch (element.name) {
    case 'number':
      return toNumber(element)
    case 'scientific-number':
      return `${toNumber(element)}E+${'0'.repeat(countOf(element, 'min-exponent-digits', 1))}`
    case 'fraction':
      return toFraction(element)
    case 'text':
      return quote(textOf(element))
    case 'currency-symbol':
      return quote(textOf(element) || '$')
    case 'fill-character':
      return `*${textOf(element).slice(0, 1) || ' '}`
    case 'text-content':
      return '@'
    case 'day':
      return isLong ? 'dd' : 'd'
    case 'day-of-week':
      return isLong ? 'dddd' : 'ddd'
    case 'month':
      if (attributeOf(element, 'textual') === 'true') return isLong ? 'mmmm' : 'mmm'
      return isLong ? 'mm' : 'm'
    case 'year':
      return isLong ? 'yyyy' : 'yy'
    case 'hours':
      return isLong ? 'hh' : 'h'
    case 'minutes':
      return isLong ? 'mm' : 'm'
    case 'seconds':
      return (isLong ? 'ss' : 's') + toDecimals(countOf(element, 'decimal-places', 0))
    case 'am-pm':
      return 'AM/PM'
    default:
      return ''
  }
}

function toNumber(element: Element): string {
  const decimals = attributeOf(element, 'decimal-places')
  // What says nothing of decimals shows as many as there are.
  if (decimals === undefined && element.name === 'number' && !isGrouped(element)) return 'General'
  const digits = countOf(element, 'min-integer-digits', 1)
  const whole = isGrouped(element)
    ? `#,##${'0'.repeat(Math.max(0, digits - 1))}${digits > 0 ? '0' : '#'}`
    : '0'.repeat(digits) || '#'
  const most = countOf(element, 'decimal-places', 0)
  const least = Math.min(most, countOf(element, 'min-decimal-places', most))
  return whole + toDecimals(most, least) + toThousands(element)
}

function isGrouped(element: Element): boolean {
  return attributeOf(element, 'grouping') === 'true'
}

function toDecimals(most: number, least = most): string {
  return most === 0 ? '' : `.${'0'.repeat(least)}${'#'.repeat(most - least)}`
}

/** A comma behind the digits for each thousand that a number is divided by. */
function toThousands(element: Element): string {
  const factor = Number(attributeOf(element, 'display-factor') ?? 1)
  const thousands = factor > 1 ? Math.round(Math.log10(factor) / 3) : 0
  return ','.repeat(Math.min(MOST_DIGITS, thousands))
}

function toFraction(element: Element): string {
  const whole = attributeOf(element, 'min-integer-digits') === undefined ? '' : '# '
  const above = '?'.repeat(Math.max(1, countOf(element, 'min-numerator-digits', 1)))
  const fixed = attributeOf(element, 'denominator-value')
  const below = '?'.repeat(Math.max(1, countOf(element, 'min-denominator-digits', 1)))
  return `${whole}${above}/${fixed !== undefined && /^\d{1,4}$/.test(fixed) ? fixed : below}`
}

function countOf(element: Element, name: string, usual: number): number {
  const count = Number(attributeOf(element, name) ?? usual)
  return Number.isInteger(count) && count >= 0 ? Math.min(MOST_DIGITS, count) : usual
}

function quote(text: string): string {
  return text === '' ? '' : `"${text.replaceAll('"', '')}"`
}
