import type { Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { solidFill } from '../drawing/fill.ts'
import { toHex, toPoints } from '../measures.ts'
import { isBold, positionOf } from '../odt/letters.ts'
import { fontOf, type Look, type OdfStyles, valueOf } from '../styles.ts'

/** How large letters are where nothing says so, in points. */
const USUAL_SIZE = 18

/** How far letters are raised or lowered, in thousandths of a percent. */
const POSITIONS = { superscript: '30000', subscript: '-25000' }

/** What a slide says of letters that look so. */
export function writeSlideLetters(look: Look, styles: OdfStyles, name = 'rPr'): Element {
  const value = (attribute: string): string | undefined => valueOf(look, 'text', attribute)
  const isOn = (names: readonly string[]): boolean =>
    names.some((each) => !['none', undefined].includes(value(each)))
  const font = fontOf(look, styles)
  const size = toPoints(value('font-size')) ?? USUAL_SIZE
  const colour = value('use-window-font-color') === 'true' ? undefined : toHex(value('color'))
  const spacing = toPoints(value('letter-spacing'))
  const shading = toHex(value('background-color'))
  const position = positionOf(value('text-position'))
  const capitals =
    value('text-transform') === 'uppercase'
      ? 'all'
      : value('font-variant') === 'small-caps'
        ? 'small'
        : undefined
  return makeElement(
    name,
    {
      sz: String(Math.round(Math.max(1, size) * 100)),
      b: isBold(value('font-weight')) ? '1' : '0',
      i: ['italic', 'oblique'].includes(value('font-style') ?? '') ? '1' : '0',
      u: isOn(['text-underline-style', 'text-underline-type']) ? 'sng' : 'none',
      strike: isOn(['text-line-through-style', 'text-line-through-type'])
        ? 'sngStrike'
        : 'noStrike',
      cap: capitals,
      spc: spacing === undefined ? undefined : String(Math.round(spacing * 100)),
      baseline: position === undefined ? undefined : POSITIONS[position],
    },
    [
      solidFill(colour ?? '000000'),
      shading === undefined
        ? undefined
        : makeElement('highlight', {}, [makeElement('srgbClr', { val: shading })]),
      makeElement('latin', { typeface: font ?? 'Liberation Sans' }),
    ],
  )
}
