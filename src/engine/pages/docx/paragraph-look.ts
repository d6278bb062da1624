import { isOn } from '../../text/docx-story.ts'
import type { LetterColour, LineSpacing, TabStop } from '../../typesetting/text-content.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../element.ts'
import type { Border, Borders } from '../flow/blocks.ts'
import { colourOf, eighthsOf, numberOf, twipsOf } from './measures.ts'
import { levelOf, readShading } from './run-look.ts'

/** How a paragraph looks, as far as it is told; lengths are in points. */
export interface ParagraphLook {
  readonly align?: ParagraphAlign | undefined
  readonly isReversed?: boolean | undefined
  readonly start?: number | undefined
  readonly end?: number | undefined
  readonly first?: number | undefined
  readonly before?: number | undefined
  readonly after?: number | undefined
  readonly lines?: LineSpacing | undefined
  readonly tabs?: readonly LookTab[] | undefined
  readonly keepsNext?: boolean | undefined
  readonly keepsLines?: boolean | undefined
  readonly breaksBefore?: boolean | undefined
  /** Whether there is no space between it and others of its style. */
  readonly isContextual?: boolean | undefined
  readonly shading?: LetterColour | 'none' | undefined
  readonly borders?: Borders | undefined
  /** The list that it is an item of; '0' for none. */
  readonly list?: string | undefined
  readonly level?: number | undefined
}

/** Where lines stand; at their start, which is the right for letters that run from there. */
export type ParagraphAlign = 'start' | 'end' | 'centre' | 'justify'

/** A tab stop, or one that is taken away. */
export interface LookTab extends TabStop {
  readonly isCleared: boolean
}

const ALIGNS: ReadonlyMap<string, ParagraphAlign> = new Map(
  Object.entries<ParagraphAlign>({
    left: 'start',
    start: 'start',
    right: 'end',
    end: 'end',
    center: 'centre',
    both: 'justify',
    distribute: 'justify',
    lowKashida: 'justify',
    mediumKashida: 'justify',
    highKashida: 'justify',
    thaiDistribute: 'justify',
  }),
)

/** What is above and below paragraphs that are spaced as pages of the web are, in points. */
const AUTOMATIC = 14

/** Reads the properties of a paragraph (ECMA-376, part 1, 17.3.1.26). */
export function readParagraphLook(properties: Element | undefined): ParagraphLook {
  let look: ParagraphLook = {}
  for (const each of properties?.children ?? []) look = { ...look, ...readProperty(each) }
  return look
}

function readProperty(property: Element): ParagraphLook {
  const value = attributeOf(property, 'val') ?? ''
  switch (property.name) {
    case 'jc': {
      const align = ALIGNS.get(value)
      return align === undefined ? {} : { align }
    }
    case 'bidi':
      return { isReversed: isOn(property.attributes) }
    case 'ind':
      return readIndents(property)
    case 'spacing':
      return readSpaces(property)
    case 'tabs':
      return { tabs: childrenOf(property, 'tab').flatMap(readTab) }
    case 'keepNext':
      return { keepsNext: isOn(property.attributes) }
    case 'keepLines':
      return { keepsLines: isOn(property.attributes) }
    case 'pageBreakBefore':
      return { breaksBefore: isOn(property.attributes) }
    case 'contextualSpacing':
      return { isContextual: isOn(property.attributes) }
    case 'shd':
      return { shading: readShading(property) ?? 'none' }
    case 'pBdr':
      return { borders: readBorders(property) }
    case 'numPr': {
      const list = attributeOf(childOf(property, 'numId'), 'val')
      const level = childOf(property, 'ilvl')
      return { ...(list !== undefined && { list }), ...(level && { level: levelOf(level) }) }
    }
    default:
      return {}
  }
}

function readIndents(indents: Element): ParagraphLook {
  const start = twipsOf(indents, 'start') ?? twipsOf(indents, 'left')
  const end = twipsOf(indents, 'end') ?? twipsOf(indents, 'right')
  const hanging = twipsOf(indents, 'hanging')
  const first = hanging === undefined ? twipsOf(indents, 'firstLine') : -hanging
  return {
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(first !== undefined && { first }),
  }
}

function readSpaces(spaces: Element): ParagraphLook {
  const isAutomatic = (name: string): boolean =>
    /^(1|true|on)$/.test(attributeOf(spaces, `${name}Autospacing`) ?? '')
  const before = isAutomatic('before') ? AUTOMATIC : twipsOf(spaces, 'before')
  const after = isAutomatic('after') ? AUTOMATIC : twipsOf(spaces, 'after')
  const lines = readLines(spaces)
  return {
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(lines && { lines }),
  }
}

/** In lines of 240, unless it is told that it is in points. */
function readLines(spaces: Element): LineSpacing | undefined {
  const rule = attributeOf(spaces, 'lineRule') ?? 'auto'
  if (rule === 'auto') {
    const factor = (numberOf(spaces, 'line') ?? 0) / 240
    return factor > 0 ? { by: 'factor', factor } : undefined
  }
  const points = twipsOf(spaces, 'line')
  if (points === undefined || points <= 0) return undefined
  return { by: rule === 'exact' ? 'exactly' : 'least', points }
}

const TAB_ALIGNS: ReadonlyMap<string, TabStop['align']> = new Map(
  Object.entries<TabStop['align']>({
    center: 'centre',
    right: 'right',
    end: 'right',
    decimal: 'right',
  }),
)

const LEADERS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    dot: '.',
    hyphen: '-',
    underscore: '_',
    heavy: '_',
    middleDot: '·',
  }),
)

function readTab(tab: Element): readonly LookTab[] {
  const at = twipsOf(tab, 'pos')
  const kind = attributeOf(tab, 'val') ?? 'left'
  if (at === undefined || kind === 'bar') return []
  const leader = LEADERS.get(attributeOf(tab, 'leader') ?? '')
  return [{ at, align: TAB_ALIGNS.get(kind), leader, isCleared: kind === 'clear' }]
}

/** Stops of a paragraph, those of its style included, of which it may take away some. */
export function joinTabs(
  own: readonly LookTab[] | undefined,
  others: readonly LookTab[] | undefined,
): readonly LookTab[] | undefined {
  if (own === undefined) return others
  const isTold = (tab: LookTab): boolean => own.some(({ at }) => Math.abs(at - tab.at) < 0.05)
  return [...(others ?? []).filter((tab) => !isTold(tab)), ...own]
}

const SIDES = [
  ['left', ['left', 'start']],
  ['top', ['top']],
  ['right', ['right', 'end']],
  ['bottom', ['bottom']],
] as const

/** Reads borders by their sides; one that is told to be none is undefined, and there. */
export function readBorders(borders: Element | undefined): Borders {
  const found: Record<string, Border | undefined> = {}
  for (const [side, names] of SIDES) {
    const element = names.map((name) => childOf(borders, name)).find((each) => each)
    if (element !== undefined) found[side] = readBorder(element)
  }
  return found
}

const BLACK: LetterColour = { red: 0, green: 0, blue: 0, alpha: 255 }

/** Reads a border (ECMA-376, part 1, 17.3.4); undefined for none. */
export function readBorder(border: Element | undefined): Border | undefined {
  const kind = attributeOf(border, 'val') ?? 'nil'
  if (border === undefined || kind === 'nil' || kind === 'none') return undefined
  const style = /double|triple/i.test(kind)
    ? 'double'
    : /dotted/i.test(kind)
      ? 'dotted'
      : /dash/i.test(kind)
        ? 'dashed'
        : 'single'
  const width = Math.min(6, Math.max(0.25, eighthsOf(border, 'sz') ?? 0.5))
  return {
    colour: colourOf(border, 'color') ?? BLACK,
    width: kind === 'thick' ? Math.max(1, width) : width,
    style,
    space: Math.min(31, Math.max(0, numberOf(border, 'space') ?? 0)),
  }
}
