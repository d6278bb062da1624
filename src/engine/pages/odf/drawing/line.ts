import { attributeOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { emu, toHex, toNumber, toPoints, toShare } from '../measures.ts'
import { type Look, type OdfStyles, valueOf } from '../styles.ts'
import { solidFill } from './fill.ts'

/** What the lines of LibreOffice are where nothing is said. */
const USUAL_COLOUR = '3465A4'

/** More dots than a pattern has. */
const MOST_DOTS = 6

/**
 * Writes how a line is drawn as a slide has it (OpenDocument 1.3, part 3, 20.163).
 *
 * @param usual - what it is where nothing is said
 */
export function writeLine(look: Look, styles: OdfStyles, usual: 'solid' | 'none'): Element {
  const value = (name: string): string | undefined => valueOf(look, 'graphic', name)
  const kind = value('stroke') ?? usual
  if (kind === 'none') return makeElement('ln', {}, [makeElement('noFill')])
  const width = Math.max(0, toPoints(value('stroke-width')) ?? 0)
  const opacity = Math.min(1, Math.max(0, toShare(value('stroke-opacity')) ?? 1))
  const dash = kind === 'dash' ? styles.named('stroke-dash', value('stroke-dash')) : undefined
  const join = value('stroke-linejoin')
  return makeElement(
    'ln',
    { w: emu(width), cap: value('stroke-linecap') === 'round' ? 'rnd' : undefined },
    [
      solidFill(toHex(value('stroke-color')) ?? USUAL_COLOUR, opacity),
      dash && writeDash(dash, width),
      makeElement(join === 'bevel' || join === 'miter' ? join : 'round'),
      writeEnd('headEnd', value('marker-start'), toPoints(value('marker-start-width')), width),
      writeEnd('tailEnd', value('marker-end'), toPoints(value('marker-end-width')), width),
    ],
  )
}

/** A length in widths of the line, or a share of one. */
function inWidths(value: string | undefined, width: number): number | undefined {
  const told = toShare(value)
  if (told !== undefined) return told
  const points = toPoints(value)
  return points === undefined ? undefined : points / Math.max(0.5, width)
}

function writeDash(dash: Element, width: number): Element {
  const gap = inWidths(attributeOf(dash, 'distance'), width) ?? 1
  const dots = [1, 2].flatMap((nth) => {
    const count = Math.min(MOST_DOTS, toNumber(attributeOf(dash, `dots${nth}`)) ?? 0)
    const length = inWidths(attributeOf(dash, `dots${nth}-length`), width) ?? 1
    return Array.from({ length: Math.max(0, Math.trunc(count)) }, () =>
      makeElement('ds', { d: share(length), sp: share(gap) }),
    )
  })
  return makeElement('custDash', {}, dots)
}

function share(widths: number): string {
  return String(Math.round(Math.min(1000, Math.max(0.1, widths)) * 100_000))
}

/** Where the width of an end is small or large, in widths of the line. */
const SMALL = 2.5
const LARGE = 3.5

/** What a line ends with has a name, and a shape that is like one of five. */
function writeEnd(
  name: 'headEnd' | 'tailEnd',
  marker: string | undefined,
  wide: number | undefined,
  width: number,
): Element | undefined {
  if (marker === undefined || marker === '') return undefined
  const type = /circle|oval|dot/i.test(marker)
    ? 'oval'
    : /diamond|square/i.test(marker)
      ? 'diamond'
      : /open|line_20_arrow|arrow_20_line/i.test(marker)
        ? 'arrow'
        : /stealth|concave/i.test(marker)
          ? 'stealth'
          : 'triangle'
  const times = (wide ?? 8.5) / Math.max(0.75, width)
  const size = times < SMALL ? 'sm' : times > LARGE ? 'lg' : 'med'
  return makeElement(name, { type, w: size, len: size })
}
