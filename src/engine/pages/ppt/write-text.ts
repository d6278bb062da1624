import type { Element } from '../element.ts'
import { makeElement } from '../slides/make-element.ts'
import { textColour } from './colours.ts'
import type { PptContext, PptText } from './ppt-context.ts'
import {
  type PptLetters,
  type PptLook,
  type PptParagraph,
  type PptRun,
  readRuler,
  readTextStyle,
} from './text-styles.ts'

/** English metric units of a 576th of an inch. */
const UNIT = 914_400 / 576

/** The kinds of texts that are based on others: titles and bodies in the middle, and bodies of a half and a quarter. */
const BASED_ON: ReadonlyMap<number, number> = new Map([
  [5, 1],
  [6, 0],
  [7, 1],
  [8, 1],
])

const OTHER = 4

/** More paragraphs than are written of a text. */
const MOST_PARAGRAPHS = 2000

/** The look of a level by the styles of a master. */
function lookOf(kind: number, level: number, { styles }: PptContext): PptLook {
  const base = BASED_ON.get(kind)
  const sources = [OTHER, ...(base === undefined ? [] : [base]), kind]
  let look: PptLook = { paragraph: {}, letters: {} }
  for (const source of sources) {
    const levels = styles.get(source)
    // A level that says nothing is like the one above it.
    for (let at = 0; at <= level; at += 1) {
      const own = levels?.[at]
      if (own === undefined) continue
      look = {
        paragraph: { ...look.paragraph, ...own.paragraph },
        letters: { ...look.letters, ...own.letters },
      }
    }
  }
  return look
}

/** Writes the paragraphs of a text as a slide has them. */
export function writePptText(text: PptText, context: PptContext): readonly Element[] {
  const told =
    text.style === undefined
      ? { paragraphs: [], letters: [] }
      : readTextStyle(text.style, text.text.length)
  const ruler = text.ruler === undefined ? [] : readRuler(text.ruler)
  const paragraphs: Element[] = []
  let start = 0
  for (const piece of text.text.split('\r').slice(0, MOST_PARAGRAPHS)) {
    const own = runAt(told.paragraphs, start)
    const level = own?.level ?? 0
    const base = lookOf(text.kind, level, context)
    const paragraph = { ...base.paragraph, ...ruler[level], ...own?.look }
    const runs = writeRuns(
      piece,
      start,
      { text, letters: told.letters, base: base.letters },
      context,
    )
    const end = { ...base.letters, ...runAt(told.letters, start + piece.length)?.look }
    paragraphs.push(
      makeElement('p', {}, [
        writeParagraphLook(paragraph, level, context),
        ...runs,
        writeLetters(end, context, 'endParaRPr'),
      ]),
    )
    start += piece.length + 1
  }
  return paragraphs
}

function runAt<Run extends PptRun<unknown>>(runs: readonly Run[], at: number): Run | undefined {
  let start = 0
  for (const each of runs) {
    start += each.count
    if (at < start) return each
  }
  return runs.at(-1)
}

/** Letters of a paragraph that look alike, with what stands for others by itself. */
function writeRuns(
  piece: string,
  start: number,
  {
    text,
    letters,
    base,
  }: {
    readonly text: PptText
    readonly letters: readonly PptRun<PptLetters>[]
    readonly base: PptLetters
  },
  context: PptContext,
): readonly Element[] {
  const runs: Element[] = []
  let at = 0
  while (at < piece.length) {
    const [own, end] = lettersAt(letters, start + at)
    let next = Math.min(piece.length, end - start)
    for (const place of text.standIns.keys()) {
      const mark = place - start
      if (mark === at) next = at + 1
      else if (mark > at) next = Math.min(next, mark)
    }
    next = Math.max(at + 1, next)
    const look = writeLetters({ ...base, ...own }, context)
    const standIn = text.standIns.get(start + at)
    if (standIn === 'number') {
      runs.push(makeElement('fld', { type: 'slidenum' }, [look, makeElement('t')]))
    } else if (standIn !== undefined) {
      runs.push(run(look, context.declared[standIn] ?? ''))
    } else {
      const lines = piece.slice(at, next).split('\v')
      for (const [index, line] of lines.entries()) {
        if (index > 0) runs.push(makeElement('br', {}, [look]))
        if (line !== '') runs.push(run(look, line))
      }
    }
    at = next
  }
  return runs
}

function run(look: Element, text: string): Element {
  return makeElement('r', {}, [look, makeElement('t', {}, [], text)])
}

/** What is said of letters at a place, and where that ends. */
function lettersAt(
  runs: readonly PptRun<PptLetters>[],
  at: number,
): readonly [PptLetters, end: number] {
  let start = 0
  for (const { count, look } of runs) {
    start += count
    if (at < start) return [look, start]
  }
  return [{}, Infinity]
}

function writeLetters(
  { bold, italic, underline, font, size, colour, raised }: PptLetters,
  { scheme, fonts }: PptContext,
  name = 'rPr',
): Element {
  const hex = colour === undefined ? scheme[1] : (textColour(colour, scheme) ?? scheme[1])
  const typeface = font === undefined ? undefined : fonts[font]
  return makeElement(
    name,
    {
      sz: String(Math.max(1, size ?? 18) * 100),
      b: bold ? '1' : '0',
      i: italic ? '1' : '0',
      u: underline ? 'sng' : 'none',
      baseline: raised === undefined || raised === 0 ? undefined : String(raised * 1000),
    },
    [
      makeElement('solidFill', {}, [makeElement('srgbClr', { val: hex ?? '000000' })]),
      makeElement('latin', { typeface: typeface || 'Arial' }),
    ],
  )
}

const ALIGNS = ['l', 'ctr', 'r', 'just', 'dist', 'thaiDist', 'justLow'] as const

function writeParagraphLook(look: PptParagraph, level: number, context: PptContext): Element {
  const left = look.left ?? 0
  const first = look.first ?? left
  const hasBullet = look.hasBullet === true && (look.bullet ?? '') !== ''
  return makeElement(
    'pPr',
    {
      lvl: String(level),
      algn: ALIGNS[look.align ?? 0] ?? 'l',
      marL: String(Math.round(left * UNIT)),
      indent: String(Math.round((first - left) * UNIT)),
      rtl: look.isReversed ? '1' : '0',
    },
    [
      writeSpace('lnSpc', look.lines),
      writeSpace('spcBef', look.before),
      writeSpace('spcAft', look.after),
      ...(hasBullet ? writeBullet(look, context) : [makeElement('buNone')]),
    ],
  )
}

/** Percents of a line, or a length where it is below 0. */
function writeSpace(name: string, value: number | undefined): Element | undefined {
  if (value === undefined) return undefined
  return makeElement(name, {}, [
    value >= 0
      ? makeElement('spcPct', { val: String(value * 1000) })
      : makeElement('spcPts', { val: String(Math.round((-value / 576) * 7200)) }),
  ])
}

function writeBullet(
  { bullet = '•', bulletFont, bulletSize, bulletColour, ...look }: PptParagraph,
  { fonts, scheme }: PptContext,
): readonly Element[] {
  const hex =
    look.bulletHasColour === true && bulletColour !== undefined
      ? textColour(bulletColour, scheme)
      : undefined
  const font =
    look.bulletHasFont === true && bulletFont !== undefined ? fonts[bulletFont] : undefined
  const isSized = look.bulletHasSize === true && bulletSize !== undefined && bulletSize !== 0
  return [
    hex === undefined
      ? undefined
      : makeElement('buClr', {}, [makeElement('srgbClr', { val: hex })]),
    !isSized
      ? undefined
      : bulletSize > 0
        ? makeElement('buSzPct', { val: String(bulletSize * 1000) })
        : makeElement('buSzPts', { val: String(-bulletSize * 100) }),
    font === undefined ? undefined : makeElement('buFont', { typeface: font }),
    makeElement('buChar', { char: bullet }),
  ].filter((each) => each !== undefined)
}
