import { readSymbol } from '../../../text/symbols.ts'
import type {
  Alignment,
  LineSpacing,
  Paragraph,
  TextRun,
} from '../../../typesetting/text-content.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, type Element } from '../../element.ts'
import { toLetterColour } from '../colours/colour.ts'
import { findColour } from '../colours/read-colour.ts'
import { flagOf, numberOf, pointsOf, shareOf } from '../drawing-values.ts'
import { makeElement } from '../make-element.ts'
import { type LetterContext, type Letters, readLetters, SMALL_CAPITALS } from './letters.ts'
import { writeNumber } from './numbering.ts'
import { fontNamed } from './text-fonts.ts'
import type { LevelStyle } from './text-style.ts'

/** What paragraphs are read with. */
export interface ParagraphContext extends LetterContext {
  /** What says how they look, the first that has an answer being right. */
  readonly styles: readonly LevelStyle[]
  /** By how much lines are nearer to each other, as a share of their distance. */
  readonly lessSpacing: number
  /** The number of the slide. */
  readonly slideNumber: number
}

/** The levels that there are. */
const DEEPEST_LEVEL = 8

/** From line to line, in parts of the size of letters, where space is told in parts of that. */
const LINE = 1.2

/** More paragraphs than stand on a slide, and more tabs than anybody sets. */
const MOST_PARAGRAPHS = 2000
const MOST_TABS = 50

const ALIGNMENTS: Readonly<Record<string, Alignment>> = {
  l: 'left',
  ctr: 'centre',
  r: 'right',
  just: 'justify',
  justLow: 'justify',
  dist: 'justify',
  thaiDist: 'justify',
}

const LINE_ENDS = /[\r\n]+/g

/** Reads the paragraphs of a text (ECMA-376, part 1, 21.1.2). */
export function readParagraphs(body: Element, context: ParagraphContext): Paragraph[] {
  const counters = new Map<number, { readonly kind: string; number: number }>()
  return childrenOf(body, 'p')
    .slice(0, MOST_PARAGRAPHS)
    .map((paragraph, index) =>
      readParagraph(paragraph, context, { counters, isFirst: index === 0 }),
    )
}

interface Within {
  /** Numbers of the items before, by their level. */
  readonly counters: Map<number, { readonly kind: string; number: number }>
  readonly isFirst: boolean
}

function readParagraph(
  paragraph: Element,
  context: ParagraphContext,
  { counters, isFirst }: Within,
): Paragraph {
  const { scale, lessSpacing } = context
  const own = childOf(paragraph, 'pPr')
  const level = Math.min(DEEPEST_LEVEL, Math.max(0, Math.trunc(numberOf(own, 'lvl') ?? 0)))
  const styles = context.styles.map((style) => style(level)).filter((style) => style !== undefined)
  const sources = own === undefined ? styles : [own, ...styles]
  const first = <T>(read: (source: Element) => T | undefined): T | undefined => {
    for (const source of sources) {
      const found = read(source)
      if (found !== undefined) return found
    }
    return undefined
  }
  const defaults = sources
    .map((source) => childOf(source, 'defRPr'))
    .filter((each) => each !== undefined)
  const runs = readRuns(paragraph, defaults, context)
  const hasText = runs.some(({ text }) => text !== '')
  const size = Math.max(...runs.map((run) => run.size), 1)
  const left = first((source) => pointsOf(source, 'marL')) ?? 0
  const indent = first((source) => pointsOf(source, 'indent')) ?? 0
  const bullet = hasText
    ? readBullet({ first, level, letters: runs[0], counters }, context)
    : undefined
  const tabs = first((source) => childOf(source, 'tabLst'))
  const direction = first((source) => flagOf(source, 'rtl'))
  const space = (name: string): number =>
    (first((source) => spaceOf(childOf(source, name), size)) ?? 0) * scale
  return {
    align: ALIGNMENTS[first((source) => attributeOf(source, 'algn')) ?? ''] ?? 'left',
    runs: bullet === undefined ? runs : [bullet, ...runs],
    indent: { left, right: first((source) => pointsOf(source, 'marR')) ?? 0, first: indent },
    spaceBefore: isFirst ? 0 : space('spcBef'),
    spaceAfter: space('spcAft'),
    lines: linesOf(
      first((source) => childOf(source, 'lnSpc')),
      scale,
      lessSpacing,
    ),
    tabs: [
      ...(bullet !== undefined && indent < 0 ? [{ at: left }] : []),
      ...childrenOf(tabs, 'tab')
        .slice(0, MOST_TABS)
        .map((tab) => ({ at: pointsOf(tab, 'pos') ?? 0, align: tabAlignOf(tab) })),
    ],
    ...(direction !== undefined && { direction: direction ? 'rtl' : 'ltr' }),
  }
}

function tabAlignOf(tab: Element): 'left' | 'centre' | 'right' {
  const align = attributeOf(tab, 'algn')
  if (align === 'ctr') return 'centre'
  return align === 'r' || align === 'dec' ? 'right' : 'left'
}

function linesOf(element: Element | undefined, scale: number, less: number): LineSpacing {
  const points = numberOf(childOf(element, 'spcPts'), 'val')
  if (points !== undefined) return { by: 'exactly', points: (points / 100) * scale }
  const factor = shareOf(childOf(element, 'spcPct'), 'val') ?? 1
  return { by: 'factor', factor: Math.max(0.1, factor - less) }
}

function spaceOf(element: Element | undefined, size: number): number | undefined {
  const points = numberOf(childOf(element, 'spcPts'), 'val')
  if (points !== undefined) return points / 100
  const share = shareOf(childOf(element, 'spcPct'), 'val')
  return share === undefined ? undefined : share * LINE * size
}

function readRuns(
  paragraph: Element,
  defaults: readonly Element[],
  context: ParagraphContext,
): TextRun[] {
  const runs: TextRun[] = []
  for (const child of paragraph.children) {
    const look = childOf(child, 'rPr')
    const letters = (): Letters =>
      readLetters(look === undefined ? defaults : [...linkLook(look), look, ...defaults], context)
    if (child.name === 'r') runs.push(...toRuns(childOf(child, 't')?.text ?? '', letters()))
    // A formula: its letters, one behind the other.
    if (child.name === 'm') {
      const text = Array.from(descendantsOf(child, 't'), (each) => each.text).join('')
      runs.push(...toRuns(text, letters()))
    }
    if (child.name === 'br') runs.push(...toRuns('\n', letters()))
    if (child.name === 'fld') {
      const isNumber = attributeOf(child, 'type') === 'slidenum'
      const text = isNumber ? String(context.slideNumber) : (childOf(child, 't')?.text ?? '')
      runs.push(...toRuns(text, letters()))
    }
  }
  if (runs.length > 0) return runs
  const end = childOf(paragraph, 'endParaRPr')
  const { capitals: _, ...letters } = readLetters(
    end === undefined ? defaults : [end, ...defaults],
    context,
  )
  return [{ text: '', ...letters }]
}

/** How links look, unless they say so themselves. */
function linkLook(look: Element): readonly Element[] {
  const link = childOf(look, 'hlinkClick')
  if (link === undefined || link.children.some(({ name }) => name === 'extLst')) return []
  const fill = makeElement('solidFill', {}, [makeElement('schemeClr', { val: 'hlink' })])
  return [makeElement('rPr', { u: 'sng' }, [fill])]
}

function toRuns(text: string, { capitals, ...letters }: Letters): TextRun[] {
  const clean = text === '\n' ? text : text.replaceAll(LINE_ENDS, ' ')
  if (capitals === 'none') return [{ text: clean, ...letters }]
  if (capitals === 'all') return [{ text: clean.toUpperCase(), ...letters }]
  return (clean.match(/\p{Ll}+|\P{Ll}+/gu) ?? []).map((piece) => ({
    text: piece.toUpperCase(),
    ...letters,
    size: /^\p{Ll}/u.test(piece) ? letters.size * SMALL_CAPITALS : letters.size,
  }))
}

interface BulletSource {
  readonly first: <T>(read: (source: Element) => T | undefined) => T | undefined
  readonly level: number
  /** How the first letters of the paragraph look. */
  readonly letters: TextRun | undefined
  readonly counters: Within['counters']
}

const BULLETS: ReadonlySet<string> = new Set(['buNone', 'buChar', 'buAutoNum', 'buBlip'])

/** Bullets that the shipped fonts have not, and what is like them. */
const LIKE: Readonly<Record<string, string>> = {
  '✓': '√',
  '✔': '√',
  '✗': '×',
  '✘': '×',
  '➢': '►',
  '⮚': '►',
  '➤': '►',
  '❖': '♦',
  '◆': '♦',
  '❑': '□',
  '❒': '□',
  '☐': '□',
  '➔': '→',
  '➜': '→',
  '★': '*',
  '⦿': '●',
  '⬤': '●',
  '⚫': '●',
  '◾': '■',
  '⬛': '■',
}

/** The letters in front of an item, with a tab behind them; undefined when it has none. */
function readBullet(
  { first, level, letters, counters }: BulletSource,
  { context, theme }: ParagraphContext,
): TextRun | undefined {
  const bullet = first(({ children }) => children.find(({ name }) => BULLETS.has(name)))
  for (const deeper of counters.keys()) if (deeper > level) counters.delete(deeper)
  if (bullet?.name !== 'buAutoNum') counters.delete(level)
  if (bullet === undefined || bullet.name === 'buNone' || letters === undefined) return undefined
  const font = first((source) => fontNamed(childOf(source, 'buFont'), theme))
  const text = textOf(bullet, { font, level, counters })
  if (text === '') return undefined
  const colour = first((source) => findColour(childOf(source, 'buClr'), context.palette))
  const share = first((source) => shareOf(childOf(source, 'buSzPct'), 'val')) ?? 1
  const points = first((source) => numberOf(childOf(source, 'buSzPts'), 'val'))
  return {
    ...letters,
    text: `${text}\t`,
    font: bullet.name === 'buAutoNum' && font !== undefined ? font : letters.font,
    size: points === undefined ? letters.size * share : points / 100,
    colour: colour === undefined ? letters.colour : toLetterColour(colour),
    underline: false,
    strike: false,
    position: 'baseline',
  }
}

function textOf(
  bullet: Element,
  {
    font,
    level,
    counters,
  }: Pick<BulletSource, 'level' | 'counters'> & { readonly font: string | undefined },
): string {
  if (bullet.name === 'buBlip') return '•'
  if (bullet.name === 'buChar') {
    const letter = attributeOf(bullet, 'char') ?? '•'
    const code = letter.codePointAt(0) ?? 0
    // Fonts of symbols have other characters under the same numbers.
    const isSymbol = font !== undefined && /wingdings|webdings|^symbol$/i.test(font)
    const read = isSymbol ? readSymbol(font, code) || '•' : letter
    return LIKE[read] ?? read
  }
  const kind = attributeOf(bullet, 'type') ?? 'arabicPeriod'
  const start = Math.max(1, Math.trunc(numberOf(bullet, 'startAt') ?? 1))
  const before = counters.get(level)
  const number = before?.kind === kind ? before.number + 1 : start
  counters.set(level, { kind, number })
  return writeNumber(kind, number)
}
