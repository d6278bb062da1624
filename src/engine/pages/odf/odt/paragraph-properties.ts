import { attributeOf, childrenOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { borderOf, type OdfBorder, paddingOf, SIDES } from '../borders.ts'
import { lengthOf, toHex, toPoints, toShare, twips } from '../measures.ts'
import { type Look, partOf, valueOf } from '../styles.ts'

const ALIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    start: 'start',
    left: 'left',
    end: 'end',
    right: 'right',
    center: 'center',
    justify: 'both',
  }),
)

/** More tab stops than anybody sets. */
const MOST_TABS = 60

/** What else is known of a paragraph. */
export interface ParagraphPlace {
  /** The list that it is a numbered item of; undefined for none. */
  readonly list: { readonly id: string; readonly level: number } | undefined
  /** How far its lines are indented, and its first one besides, in points. */
  readonly left: number
  readonly first: number
  readonly breaksBefore: boolean
}

/** The properties that a paragraph of Word has which looks so; without those of its mark and its section. */
export function writeParagraphProperties(look: Look, place: ParagraphPlace): readonly Element[] {
  const value = (name: string): string | undefined => valueOf(look, 'paragraph', name)
  const isReversed = value('writing-mode')?.startsWith('rl') ?? false
  const align = ALIGNS.get(value('text-align') ?? '') ?? 'start'
  const borders = SIDES.flatMap((side) => {
    const border = borderOf(look, 'paragraph', side)
    return border === undefined || border === 'none'
      ? []
      : [writeBorder(side, border, paddingOf(look, 'paragraph', side))]
  })
  const shading = toHex(value('background-color'))
  const { list, left, first } = place
  return [
    value('keep-with-next') === 'always' ? makeElement('keepNext') : undefined,
    value('keep-together') === 'always' ? makeElement('keepLines') : undefined,
    place.breaksBefore ? makeElement('pageBreakBefore') : undefined,
    list &&
      makeElement('numPr', {}, [
        makeElement('ilvl', { val: String(list.level) }),
        makeElement('numId', { val: list.id }),
      ]),
    borders.length === 0 ? undefined : makeElement('pBdr', {}, borders),
    shading === undefined ? undefined : makeElement('shd', { val: 'clear', fill: shading }),
    writeTabs(look, left),
    isReversed ? makeElement('bidi') : undefined,
    writeSpacing(look),
    makeElement('ind', {
      left: twips(left),
      right: twips(toPoints(value('margin-right') ?? value('margin')) ?? 0),
      ...(first < 0 ? { hanging: twips(-first) } : { firstLine: twips(first) }),
    }),
    value('contextual-spacing') === 'true' ? makeElement('contextualSpacing') : undefined,
    makeElement('jc', { val: isReversed ? ofReversed(align) : align }),
  ].filter((each) => each !== undefined)
}

/** In what runs from right to left, Word calls the side left where lines start. */
function ofReversed(align: string): string {
  return align === 'left' ? 'right' : align === 'right' ? 'left' : align
}

function writeSpacing(look: Look): Element {
  const value = (name: string): string | undefined => valueOf(look, 'paragraph', name)
  const height = value('line-height')
  const share = toShare(height)
  const exact = share === undefined ? toPoints(height) : undefined
  const least = toPoints(value('line-height-at-least'))
  const lines =
    share !== undefined
      ? { line: String(Math.round(share * 240)), lineRule: 'auto' }
      : exact !== undefined
        ? { line: twips(exact), lineRule: 'exact' }
        : least === undefined
          ? {}
          : { line: twips(least), lineRule: 'atLeast' }
  const space = (name: string): string =>
    twips(Math.max(0, toPoints(value(name) ?? value('margin')) ?? 0))
  return makeElement('spacing', {
    before: space('margin-top'),
    after: space('margin-bottom'),
    ...lines,
  })
}

const TAB_ALIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ center: 'center', right: 'right', char: 'decimal' }),
)

/** Stops are told from where the paragraph is indented to. */
function writeTabs(look: Look, left: number): Element | undefined {
  const stops = childrenOf(partOf(look, 'paragraph', 'tab-stops'), 'tab-stop')
  const tabs = stops.slice(0, MOST_TABS).flatMap((stop) => {
    const at = lengthOf(stop, 'position')
    if (at === undefined) return []
    const leads = !['none', undefined].includes(attributeOf(stop, 'leader-style'))
    const letter = attributeOf(stop, 'leader-text') ?? '.'
    const leader = letter === '_' ? 'underscore' : letter === '-' ? 'hyphen' : 'dot'
    return [
      makeElement('tab', {
        val: TAB_ALIGNS.get(attributeOf(stop, 'type') ?? '') ?? 'left',
        pos: twips(at + left),
        leader: leads || (attributeOf(stop, 'leader-text') ?? ' ') !== ' ' ? leader : undefined,
      }),
    ]
  })
  return tabs.length === 0 ? undefined : makeElement('tabs', {}, tabs)
}

/** The words of Word for lines. */
const BORDERS: Readonly<Record<OdfBorder['style'], string>> = {
  single: 'single',
  double: 'double',
  dashed: 'dashed',
  dotted: 'dotted',
}

/** Writes a border as Word has it: in eighths of a point, and what is between in points. */
export function writeBorder(
  side: string,
  border: OdfBorder | 'none',
  space: number | undefined,
): Element {
  if (border === 'none') return makeElement(side, { val: 'nil' })
  const { style, width, colour } = border
  // The width of a double line is that of all of it.
  const each = style === 'double' ? width / 3 : width
  return makeElement(side, {
    val: BORDERS[style],
    sz: String(Math.max(2, Math.round(each * 8))),
    space: String(Math.round(space ?? 0)),
    color: colour,
  })
}
