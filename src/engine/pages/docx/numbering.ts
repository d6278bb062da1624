import { readSymbol } from '../../text/symbols.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../element.ts'
import { numberOf } from './measures.ts'
import { type ParagraphLook, readParagraphLook } from './paragraph-look.ts'
import { type RunLook, readRunLook, type ThemeFonts } from './run-look.ts'

/** What stands in front of an item of a list. */
export interface ListLabel {
  readonly text: string
  readonly run: RunLook
  readonly paragraph: ParagraphLook
  /** What is between it and the item. */
  readonly suffix: 'tab' | 'space' | 'nothing'
}

/** Counts the items of the lists of a document. */
export interface Numbering {
  /** The label of the next item of a list; undefined where it has none. */
  readonly next: (list: string, level: number) => ListLabel | undefined
}

interface Level {
  readonly start: number
  readonly format: string
  readonly text: string
  readonly suffix: ListLabel['suffix']
  readonly run: RunLook
  readonly paragraph: ParagraphLook
  /** The name of a font of symbols that the label is in. */
  readonly symbols: string
  /** Whether numbers of levels above are as figures. */
  readonly isLegal: boolean
}

/** Numbers that are counted up to. */
const MOST = 1_000_000

/** Reads how lists are numbered (ECMA-376, part 1, 17.9). */
export function readNumbering(numbering: Element | undefined, theme: ThemeFonts): Numbering {
  const kinds = new Map(
    childrenOf(numbering, 'abstractNum').map((each) => [
      attributeOf(each, 'abstractNumId') ?? '',
      each,
    ]),
  )
  const lists = new Map(
    childrenOf(numbering, 'num').map((each) => [attributeOf(each, 'numId') ?? '', each]),
  )
  const levels = new Map<string, readonly (Level | undefined)[]>()
  /** What each kind of list has counted to, level by level; lists that begin anew have their own. */
  const counts = new Map<string, number[]>()

  function levelsOf(list: Element, id: string): readonly (Level | undefined)[] {
    const known = levels.get(id)
    if (known !== undefined) return known
    const kind = kinds.get(attributeOf(childOf(list, 'abstractNumId'), 'val') ?? '')
    const read: (Level | undefined)[] = []
    for (const each of childrenOf(kind, 'lvl')) read[levelOfElement(each)] = readLevel(each, theme)
    for (const override of childrenOf(list, 'lvlOverride')) {
      const at = levelOfElement(override)
      const own = childOf(override, 'lvl')
      if (own) read[at] = readLevel(own, theme)
      const start = numberOf(childOf(override, 'startOverride'), 'val')
      const level = read[at]
      if (start !== undefined && level) read[at] = { ...level, start }
    }
    levels.set(id, read)
    return read
  }

  return {
    next(id, at) {
      const list = lists.get(id)
      if (list === undefined) return undefined
      const known = levelsOf(list, id)
      const level = known[at]
      if (level === undefined) return undefined
      const isOwn = childOf(list, 'lvlOverride') !== undefined
      const key = isOwn ? `own ${id}` : (attributeOf(childOf(list, 'abstractNumId'), 'val') ?? '')
      const count = counts.get(key) ?? []
      counts.set(key, count)
      count[at] = Math.min(MOST, (count[at] ?? level.start - 1) + 1)
      // What is deeper begins anew.
      count.length = at + 1
      return { ...level, text: labelOf(level, known, count) }
    },
  }
}

function levelOfElement(element: Element): number {
  return Math.min(8, Math.max(0, Math.trunc(numberOf(element, 'ilvl') ?? 0)))
}

const SUFFIXES: ReadonlyMap<string, ListLabel['suffix']> = new Map(
  Object.entries<ListLabel['suffix']>({
    space: 'space',
    nothing: 'nothing',
  }),
)

function readLevel(level: Element, theme: ThemeFonts): Level {
  const properties = childOf(level, 'rPr')
  return {
    start: Math.trunc(numberOf(childOf(level, 'start'), 'val') ?? 1),
    format: attributeOf(childOf(level, 'numFmt'), 'val') ?? 'decimal',
    text: attributeOf(childOf(level, 'lvlText'), 'val') ?? '',
    suffix: SUFFIXES.get(attributeOf(childOf(level, 'suff'), 'val') ?? '') ?? 'tab',
    run: readRunLook(properties, theme),
    paragraph: readParagraphLook(childOf(level, 'pPr')),
    symbols: attributeOf(childOf(properties, 'rFonts'), 'ascii') ?? '',
    isLegal: childOf(level, 'isLgl') !== undefined,
  }
}

/** Characters of fonts of symbols, which are in the private use area. */
const PRIVATE = /[\uf000-\uf0ff]/g

/** A bullet that every font has, and what is like those of fonts of signs that hardly any has. */
const BULLET = '•'
const ALIKE: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    '✓': '√',
    '✔': '√',
    '➢': '►',
    '➤': '►',
    '➔': '►',
    '➲': '►',
    '❖': '◊',
    '❑': '□',
    '❏': '□',
    '☐': '□',
  }),
)

/** Signs of typesetters and pictures, which no usual font has. */
const SIGN = /[\u2600-\u27bf\u{1f000}-\u{1faff}]/u

function bulletOf({ text, symbols }: Level): string {
  const letters = text.replaceAll(PRIVATE, (letter) =>
    readSymbol(symbols || 'Symbol', letter.charCodeAt(0)),
  )
  if (text !== '' && letters === '') return BULLET
  // In these fonts letters are signs.
  const isSign = letters.length === 1 && /^(wingdings|symbol|webdings)/i.test(symbols)
  const shown = isSign ? readSymbol(symbols, letters.charCodeAt(0)) || letters : letters
  if (shown === 'o' && /^courier/i.test(symbols)) return '○'
  return ALIKE.get(shown) ?? (SIGN.test(shown) ? BULLET : shown)
}

function labelOf(
  level: Level,
  levels: readonly (Level | undefined)[],
  counts: readonly number[],
): string {
  if (level.format === 'bullet') return bulletOf(level)
  return level.text.replaceAll(/%([1-9])/g, (_, digit: string) => {
    const at = Number(digit) - 1
    const other = levels[at]
    const count = counts[at] ?? other?.start ?? 1
    return writeNumber(count, level.isLegal ? 'decimal' : (other?.format ?? 'decimal'))
  })
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

/** More are written in figures. */
const MOST_LETTERED = 780
const MOST_ROMAN = 3999

/** Writes a number as it is told to be (ECMA-376, part 1, 17.18.59); in figures where it is told otherwise. */
export function writeNumber(count: number, format: string): string {
  switch (format) {
    case 'lowerLetter':
      return toLetters(count)
    case 'upperLetter':
      return toLetters(count).toUpperCase()
    case 'lowerRoman':
      return toRoman(count)
    case 'upperRoman':
      return toRoman(count).toUpperCase()
    case 'decimalZero':
      return String(count).padStart(2, '0')
    case 'none':
      return ''
    default:
      return String(count)
  }
}

/** As Word counts: z is followed by aa, and then bb. */
function toLetters(count: number): string {
  if (count < 1 || count > MOST_LETTERED) return String(count)
  const letter = String.fromCharCode(97 + ((count - 1) % 26))
  return letter.repeat(Math.ceil(count / 26))
}

function toRoman(count: number): string {
  if (count < 1 || count > MOST_ROMAN) return String(count)
  let left = count
  let text = ''
  for (const [value, letters] of ROMAN) {
    text += letters.repeat(Math.floor(left / value))
    left %= value
  }
  return text
}
