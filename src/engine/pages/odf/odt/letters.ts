import type { Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { toHex, toNumber, toPoints, toShare, twips } from '../measures.ts'
import { fontOf, type Look, type OdfStyles, valueOf } from '../styles.ts'

/** How large letters are where nothing says so, in points. */
const USUAL_SIZE = 12

/** How far letters are raised that are not so by default, in parts of their size; less is no raising. */
const RAISED = 0.01

/** What Word says of letters that look so. */
export function writeLetters(look: Look, styles: OdfStyles): Element {
  const value = (name: string): string | undefined => valueOf(look, 'text', name)
  const isOn = (names: readonly string[]): boolean =>
    names.some((name) => !['none', undefined].includes(value(name)))
  const font = fontOf(look, styles)
  const size = toPoints(value('font-size')) ?? USUAL_SIZE
  const colour = value('use-window-font-color') === 'true' ? undefined : toHex(value('color'))
  const shading = toHex(value('background-color'))
  const spacing = toPoints(value('letter-spacing'))
  const scale = toShare(value('text-scale'))
  const position = positionOf(value('text-position'))
  return makeElement('rPr', {}, [
    font === undefined ? undefined : makeElement('rFonts', { ascii: font, hAnsi: font }),
    flag('b', isBold(value('font-weight'))),
    flag('i', ['italic', 'oblique'].includes(value('font-style') ?? '')),
    flag('caps', value('text-transform') === 'uppercase'),
    flag('smallCaps', value('font-variant') === 'small-caps'),
    flag('strike', isOn(['text-line-through-style', 'text-line-through-type'])),
    flag('vanish', value('display') === 'none'),
    makeElement('color', { val: colour ?? 'auto' }),
    makeElement('sz', { val: String(Math.round(Math.max(1, size) * 2)) }),
    makeElement('u', {
      val: isOn(['text-underline-style', 'text-underline-type']) ? 'single' : 'none',
    }),
    shading === undefined ? undefined : makeElement('shd', { val: 'clear', fill: shading }),
    spacing === undefined ? undefined : makeElement('spacing', { val: twips(spacing) }),
    scale === undefined ? undefined : makeElement('w', { val: String(Math.round(scale * 100)) }),
    position === undefined ? undefined : makeElement('vertAlign', { val: position }),
  ])
}

function flag(name: string, isSet: boolean): Element | undefined {
  return isSet ? makeElement(name) : undefined
}

/** Whether letters of a weight are bold. */
export function isBold(weight: string | undefined): boolean {
  return weight === 'bold' || (toNumber(weight) ?? 400) >= 600
}

/** Where letters stand; undefined for those on the line. */
export function positionOf(value: string | undefined): 'superscript' | 'subscript' | undefined {
  const [first = ''] = (value ?? '').trim().split(/\s+/)
  if (first === 'super') return 'superscript'
  if (first === 'sub') return 'subscript'
  const share = toShare(first) ?? 0
  if (Math.abs(share) < RAISED) return undefined
  return share > 0 ? 'superscript' : 'subscript'
}
