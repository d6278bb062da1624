import type { Bookmark } from '../../pdf/outline/read-outline.ts'
import type { TextPiece } from '../../pdf/tags/marked-text.ts'
import { readTaggedText, type TaggedText } from '../../pdf/tags/tagged-text.ts'
import type { PositionedBlock } from '../../pdf/text/read-positions.ts'
import { directionOf } from '../direction.ts'
import type { Block, Cell, Heading, Inline, Mark, RichText } from '../rich-text.ts'
import { safeLink } from '../safe-urls.ts'
import { learnHeadings } from './headings.ts'

type Text = Extract<Inline, { readonly kind: 'text' }>

/** Types that stand within a line (ISO 32000-2, 14.8.4.7), with how they set it apart. */
const INLINE: ReadonlyMap<string, Mark | undefined> = new Map<string, Mark | undefined>([
  ['Span', undefined],
  ['Link', undefined],
  ['Reference', undefined],
  ['Annot', undefined],
  ['Quote', undefined],
  ['BibEntry', undefined],
  ['Lbl', undefined],
  ['Sub', undefined],
  ['Ruby', undefined],
  ['RB', undefined],
  ['RT', undefined],
  ['RP', undefined],
  ['Warichu', undefined],
  ['WT', undefined],
  ['WP', undefined],
  ['Em', 'em'],
  ['Strong', 'strong'],
  ['Code', 'code'],
])

/** What is no part of the text, though it is among the tags (ISO 32000-2, 14.8.2.2.2). */
const LEFT_OUT = new Set(['Artifact', 'Private'])

/** What is seen and not read, which words stand for. */
const PICTURES = new Set(['Figure', 'Formula'])

/** What holds sections, each of which makes headings without a level of their own one lower. */
const SECTIONS = new Set(['Sect', 'Art', 'Part'])

/** What holds others, and is nothing itself. */
const HOLDERS = new Set(['Document', 'DocumentFragment', 'Div', 'NonStruct', 'Aside'])

const ROW_GROUPS = new Set(['THead', 'TBody', 'TFoot'])

/** How lists say that they are numbered (ISO 32000-2, table 382). */
const NUMBERED = /^(?:Decimal|UpperRoman|LowerRoman|UpperAlpha|LowerAlpha|Ordered)$/
const LABEL = /^\(?(?:\d{1,6}|\p{L}|[ivxlc]{1,6})[.):]$|^\d{1,6}$/iu
const MARK = /^[•‣◦▪▫●○■□–·*\u2013\u2014\uf000-\uf0ff-]$/u
/** What an item begins with: a mark, or a number. */
const LABELLED = /^([•‣◦▪▫●○■□–·*-]|\(?(?:\d{1,3}|\p{L}|[ivxlc]{1,6})[.)])\s+(?=\S)/iu

const LEVELS = [1, 2, 3, 4, 5, 6] as const

/**
 * Reads the text of a tagged PDF: headings, paragraphs, lists, tables and links are what its tags say, in their order. Where they call
 * nothing a heading, as some programs do whose paragraphs have no styles, headings are what they are without tags.
 *
 * @param tagsPath - the file that `writePdfTags` has written
 */
export function readTags(tagsPath: string, bookmarks: readonly Bookmark[]): RichText {
  const text = readTaggedText(tagsPath)
  const told = hasHeadings(text) ? text : tellHeadings(text, bookmarks)
  return { direction: undefined, blocks: toBlocks(told, { sections: 0, level: 0 }) }
}

function hasHeadings({ type, parts }: TaggedText): boolean {
  return (
    headingLevel(type, 0) !== undefined || parts.some((part) => !isPiece(part) && hasHeadings(part))
  )
}

/** Has paragraphs be headings that are not within lists, tables and the like. */
function tellHeadings(text: TaggedText, bookmarks: readonly Bookmark[]): TaggedText {
  const headingOf = learnHeadings(
    [{ number: 1, blocks: paragraphsOf(text).map(toBlockOf) }],
    bookmarks,
  )

  function tell(element: TaggedText): TaggedText {
    if (element.type === 'P') {
      const level = headingOf(toBlockOf(element), true)
      return level === undefined ? element : { ...element, type: `H${level}` }
    }
    if (!SECTIONS.has(element.type) && !HOLDERS.has(element.type)) return element
    return { ...element, parts: element.parts.map((part) => (isPiece(part) ? part : tell(part))) }
  }

  return tell(text)
}

function paragraphsOf(element: TaggedText): TaggedText[] {
  if (element.type === 'P') return [element]
  return element.parts.flatMap((part) => (isPiece(part) ? [] : paragraphsOf(part)))
}

/** A paragraph as one line: what there is of its letters, though not where they stand. */
function toBlockOf(element: TaggedText): PositionedBlock {
  const pieces = piecesOf(element).filter(({ text }) => text.trim() !== '')
  const bold = pieces.every((piece) => piece.bold === true)
  const text = pieces
    .map((piece) => piece.text)
    .join('')
    .trim()
  const fontSize = Math.round((pieces[0]?.fontSize ?? 0) * 100) / 100
  return { box: NOWHERE, lines: [{ text, box: NOWHERE, fontSize, bold }] }
}

const NOWHERE = [0, 0, 0, 0] as const

function piecesOf({ parts }: TaggedText): TextPiece[] {
  return parts.flatMap((part) => (isPiece(part) ? [part] : piecesOf(part)))
}

/** Where an element is. */
interface Place {
  /** As many sections is it in. */
  readonly sections: number
  /** And as many lists, tables and quotations. */
  readonly level: number
}

/** What is deeper is no list, table or quotation. */
const MOST_LEVELS = 32

function toBlocks(element: TaggedText, place: Place): Block[] {
  const blocks: Block[] = []
  let line: Text[] = []

  function endLine(): void {
    const content = tidyLine(line)
    line = []
    if (content.length === 0) return
    blocks.push({ kind: 'paragraph', content, direction: directionOf(content) })
  }

  const parts = partsOf(element)
  const areApart = areBlocks(parts)
  for (const part of parts) {
    if (isPiece(part) || isInline(part)) line.push(...toInline(part, {}))
    else {
      endLine()
      blocks.push(...toBlock(part, place))
    }
    if (areApart) endLine()
  }
  endLine()
  return blocks
}

function toBlock(element: TaggedText, place: Place): Block[] {
  const { type, alt } = element
  if (LEFT_OUT.has(type)) return []
  const level = headingLevel(type, place.sections)
  if (level !== undefined) return toHeading(element, level)
  if (PICTURES.has(type) && alt !== undefined) return toParagraph([{ ...NO_MARKS, text: alt }])
  const within = { ...place, level: place.level + 1 }
  const isShallow = place.level < MOST_LEVELS
  if (type === 'L' && isShallow) return toList(element, within)
  if (type === 'Table' && isShallow) return toTable(element, within)
  if (type === 'BlockQuote' && isShallow) {
    const blocks = toBlocks(element, within)
    return blocks.length === 0 ? [] : [{ kind: 'quote', blocks }]
  }
  return toBlocks(element, SECTIONS.has(type) ? { ...place, sections: place.sections + 1 } : place)
}

const NO_MARKS = { kind: 'text', marks: [] } as const

function headingLevel(type: string, sections: number): Heading['level'] | undefined {
  if (type === 'Title') return 1
  const [, number] = /^H(\d*)$/.exec(type) ?? []
  if (number === undefined) return undefined
  const level = number === '' ? Math.max(1, sections) : Number(number)
  return LEVELS[Math.min(Math.max(level, 1), LEVELS.length) - 1]
}

function toHeading(element: TaggedText, level: Heading['level']): Block[] {
  const content = tidyLine(toInline(element, {}))
  if (content.length === 0) return []
  return [{ kind: 'heading', level, content, direction: directionOf(content) }]
}

function toParagraph(line: readonly Text[]): Block[] {
  const content = tidyLine(line)
  if (content.length === 0) return []
  return [{ kind: 'paragraph', content, direction: directionOf(content) }]
}

/** An item of a list. */
interface Item {
  /** Its mark or its number; empty where it has none. */
  readonly label: string
  readonly blocks: readonly Block[]
}

function toList(element: TaggedText, place: Place): Block[] {
  const items: Item[] = []
  const before: Block[] = []
  for (const part of partsOf(element)) {
    if (isPiece(part)) items.push({ label: '', blocks: toParagraph(toInline(part, {})) })
    else if (part.type === 'LI') items.push(toItem(part, place))
    else if (part.type === 'L') {
      // A list that is no part of an item belongs to the one before it.
      const { label, blocks } = items.pop() ?? { label: '', blocks: [] }
      items.push({ label, blocks: [...blocks, ...toBlock(part, place)] })
    } else before.push(...toBlock(part, place))
  }
  const told = withLabels(items.filter(({ blocks }) => blocks.length > 0))
  const [first] = told
  if (first === undefined) return before
  const isOrdered = NUMBERED.test(element.numbering ?? '') || LABEL.test(first.label)
  const start = Number(/\d+/.exec(first.label)?.[0] ?? 1)
  const list = { kind: 'list', isOrdered, start, direction: undefined } as const
  return [...before, { ...list, items: told.map(({ blocks }) => blocks) }]
}

function toItem(element: TaggedText, place: Place): Item {
  const parts = partsOf(element)
  const label = parts.filter(isLabel).map(lettersOf).join(' ').trim()
  const body = parts.filter((part) => !isLabel(part))
  const parted = label === '' ? takeLabel(body) : { label, parts: body }
  const blocks = toBlocks({ type: 'LBody', parts: parted.parts }, place)
  return { label: parted.label, blocks }
}

function isLabel(part: TaggedText | TextPiece): boolean {
  return !isPiece(part) && part.type === 'Lbl'
}

/** Takes a mark or a number off the parts of an item that has no tag of its own there, but is marked for itself in the contents. */
function takeLabel(parts: TaggedText['parts']): { label: string; parts: TaggedText['parts'] } {
  const [first, ...others] = parts
  if (first === undefined) return { label: '', parts }
  if (!isPiece(first)) {
    const within = takeLabel(first.parts)
    if (within.label === '') return { label: '', parts }
    return { label: within.label, parts: [{ ...first, parts: within.parts }, ...others] }
  }
  const label = first.text.trim()
  const isOne = (MARK.test(label) || LABEL.test(label)) && /\D/.test(label)
  return isOne ? { label, parts: others } : { label: '', parts }
}

/** Takes marks and numbers off the text of items, where all of a list begin with one. */
function withLabels(items: readonly Item[]): readonly Item[] {
  if (items.some(({ label, blocks }) => label !== '' || !LABELLED.test(beginOf(blocks)))) {
    return items
  }
  return items.map(({ blocks: [first, ...others] }) => {
    const [text, ...rest] = first?.kind === 'paragraph' ? first.content : []
    if (first?.kind !== 'paragraph' || text?.kind !== 'text') return { label: '', blocks: others }
    const label = LABELLED.exec(text.text)?.[1] ?? ''
    const left = { ...text, text: text.text.replace(LABELLED, '') }
    return { label, blocks: [{ ...first, content: [left, ...rest] }, ...others] }
  })
}

function beginOf([first]: readonly Block[]): string {
  const [text] = first?.kind === 'paragraph' ? first.content : []
  return text?.kind === 'text' ? text.text : ''
}

function toTable(element: TaggedText, place: Place): Block[] {
  const rows: (readonly Cell[])[] = []
  const around: Block[] = []

  function addRows(parts: readonly (TaggedText | TextPiece)[]): void {
    for (const part of parts) {
      if (isPiece(part)) around.push(...toParagraph(toInline(part, {})))
      else if (ROW_GROUPS.has(part.type)) addRows(partsOf(part))
      else if (part.type === 'TR') rows.push(toRow(part, place))
      else around.push(...toBlock(part, place))
    }
  }

  addRows(partsOf(element))
  const told = rows.filter((row) => row.length > 0)
  if (told.length === 0) return around
  return [...around, { kind: 'table', rows: told, direction: undefined }]
}

function toRow(element: TaggedText, place: Place): readonly Cell[] {
  return partsOf(element).flatMap((part): Cell[] => {
    if (isPiece(part)) return []
    const { type, columns = 1, rows = 1 } = part
    return [{ blocks: toBlocks(part, place), isHeader: type === 'TH', columns, rows }]
  })
}

/** What is set apart around a part of a line. */
interface Around {
  readonly marks?: readonly Mark[]
  readonly link?: string | undefined
}

function toInline(part: TaggedText | TextPiece, around: Around): Text[] {
  const { marks = [], link } = around
  const piece = (text: string): Text => ({
    kind: 'text',
    text,
    marks,
    ...(link === undefined ? {} : { link }),
  })
  if (isPiece(part)) return [piece(part.text)]
  if (LEFT_OUT.has(part.type)) return []
  if (part.actual !== undefined) return [piece(part.actual)]
  if (PICTURES.has(part.type) && part.alt !== undefined) return [piece(` ${part.alt} `)]
  const mark = INLINE.get(part.type)
  const within = {
    marks: mark === undefined || marks.includes(mark) ? marks : [...marks, mark],
    link: part.href === undefined ? link : (safeLink(part.href) ?? link),
  }
  // What stands in lines of its own is parted from what is around it.
  const isLine = !isInline(part)
  return part.parts.flatMap((each, index) => [
    ...(isLine && index > 0 && !isInline(each) ? [piece(' ')] : []),
    ...toInline(each, within),
  ])
}

/** A line with single blanks, none at its ends, of as few parts as it takes. */
function tidyLine(line: readonly Text[]): Text[] {
  const joined: Text[] = []
  for (const part of line) {
    const last = joined.at(-1)
    if (last !== undefined && last.link === part.link && areSame(last.marks, part.marks)) {
      joined[joined.length - 1] = { ...last, text: last.text + part.text }
    } else joined.push(part)
  }
  const tidied: Text[] = []
  // A blank between two is in neither of them that is set apart, and there is none at the ends.
  let isBlank = false
  for (const part of joined) {
    const words = part.text.replaceAll(/\s+/g, ' ')
    const text = words.trim()
    isBlank ||= words.startsWith(' ')
    if (text === '') continue
    const last = tidied.at(-1)
    const blank = isBlank && last !== undefined ? ' ' : ''
    if (isPlain(part)) tidied.push({ ...part, text: blank + text })
    else if (last !== undefined && isPlain(last)) {
      tidied[tidied.length - 1] = { ...last, text: last.text + blank }
      tidied.push({ ...part, text })
    } else {
      if (blank !== '') tidied.push({ ...NO_MARKS, text: blank })
      tidied.push({ ...part, text })
    }
    isBlank = words.endsWith(' ')
  }
  return tidied
}

function isPlain({ marks, link }: Text): boolean {
  return marks.length === 0 && link === undefined
}

function areSame(one: readonly Mark[], other: readonly Mark[]): boolean {
  return one.length === other.length && one.every((mark) => other.includes(mark))
}

/** What an element is made of: what is meant by it in place of its text, where it says so. */
function partsOf({ actual, parts }: TaggedText): readonly (TaggedText | TextPiece)[] {
  return actual === undefined ? parts : [{ text: actual, fontSize: 0 }]
}

function lettersOf(part: TaggedText | TextPiece): string {
  return toInline(part, {})
    .map(({ text }) => text)
    .join('')
}

/** Whether a part stands within a line; what browsers have no type for does where all of it does. */
function isInline(part: TaggedText | TextPiece): boolean {
  if (isPiece(part) || INLINE.has(part.type)) return true
  return part.type === 'NonStruct' && part.parts.every(isInline) && !areBlocks(part.parts)
}

/** Whether parts are blocks that browsers have no type for, and not words: all of them have others of that kind in them. */
function areBlocks(parts: TaggedText['parts']): boolean {
  return parts.length > 1 && parts.every(isBlock)
}

function isBlock(part: TaggedText | TextPiece): boolean {
  return !isPiece(part) && part.type === 'NonStruct' && !part.parts.some(isPiece)
}

function isPiece(part: TaggedText | TextPiece): part is TextPiece {
  return 'text' in part
}
