import { symbolOf } from '../../text/docx-story.ts'
import type { Paragraph, TextRun } from '../../typesetting/text-content.ts'
import { attributeOf, childOf, type Element } from '../element.ts'
import type { Float, FlowBlock, FlowParagraph } from '../flow/blocks.ts'
import type { DocxContext, NoteKind, ReadBlocks } from './docx-context.ts'
import { equationPieces } from './equations.ts'
import type { ListLabel } from './numbering.ts'
import { PAGE_NUMBER } from './page-codes.ts'
import { type ParagraphAlign, type ParagraphLook, readParagraphLook } from './paragraph-look.ts'
import { type ReadDrawing, readDrawing, readPict } from './read-drawing.ts'
import { type RunLook, readRunLook, toRuns } from './run-look.ts'
import { joinParagraphLooks } from './styles.ts'

/** A paragraph, and what tells how it stands to others. */
export interface ReadParagraph {
  readonly blocks: readonly FlowBlock[]
  readonly style: string | undefined
  readonly look: ParagraphLook
}

/** What is not text, or not of the document as it stands. */
const SKIPPED: ReadonlySet<string> = new Set(
  'del moveFrom rt pPr rPr sdtPr sdtEndPr delText delInstrText'.split(' '),
)

/** Elements within elements of a paragraph that are read. */
const MOST_LEVELS = 60

const NEVER_BROKEN = '\u2011'
const SOFT_HYPHEN = '\u00ad'
/** Stands where something is that is no letter. */
const PLACE = '\ufffc'

/** What is between two page breaks of a paragraph. */
interface Piece {
  readonly runs: TextRun[]
  readonly floats: Float[]
  readonly notes: FlowBlock[]
  /** Whether it has letters that are not shown. */
  hides: boolean
}

/** Reads a paragraph (ECMA-376, part 1, 17.3), which page breaks divide. */
export function readParagraph(
  element: Element,
  context: DocxContext,
  readBlocks: ReadBlocks,
): ReadParagraph {
  const { styles, table } = context
  const properties = childOf(element, 'pPr')
  const style = attributeOf(childOf(properties, 'pStyle'), 'val')
  const own = readParagraphLook(properties)
  const ofStyle = styles.paragraph(style)
  const label = nextLabel(own, ofStyle.paragraph, context)
  const ofList = label?.paragraph ?? {}
  // What a style says goes before the list that it is in itself.
  const looks = own.list === undefined ? [ofList, ofStyle.paragraph] : [ofStyle.paragraph, ofList]
  const look = [styles.usual.paragraph, table?.paragraph ?? {}, ...looks, own].reduce(
    joinParagraphLooks,
  )
  const base = { ...styles.usual.run, ...table?.run, ...ofStyle.run }
  const ground =
    look.shading === undefined || look.shading === 'none' ? context.ground : look.shading
  const within = { ...context, ground }
  const mark = {
    ...base,
    ...readRunLook(childOf(properties, 'rPr'), context.theme),
    hidden: false,
  }
  const pieces = readPieces(element, base, within, readBlocks)
  if (label) pieces[0]?.runs.unshift(...labelRuns(label, mark, within))
  const empty = toRuns('', mark, ground)
  const blocks = pieces.flatMap((piece, index): readonly FlowBlock[] => {
    const isLast = index === pieces.length - 1
    const isEmpty = piece.runs.length === 0 && piece.floats.length === 0
    // Behind a page break a paragraph may have its end alone.
    if (isEmpty && (piece.hides || (isLast && index > 0))) return []
    const block = toBlock(piece, look, index === 0, empty)
    return isLast ? [block] : [block, { kind: 'break' }]
  })
  return { blocks, style, look }
}

function nextLabel(
  own: ParagraphLook,
  ofStyle: ParagraphLook,
  { numbering }: DocxContext,
): ListLabel | undefined {
  const list = own.list ?? ofStyle.list
  if (list === undefined || list === '0') return undefined
  return numbering.next(list, own.level ?? ofStyle.level ?? 0)
}

const BEHIND_LABEL = { tab: '\t', space: ' ', nothing: '' }

function labelRuns(label: ListLabel, mark: RunLook, { ground }: DocxContext): TextRun[] {
  const own = { ...mark, underline: false, strike: false, ...label.run, hidden: false }
  const isOfSymbols = /^(symbol|wingdings|webdings|courier)/i.test(own.font ?? '')
  const font = isOfSymbols ? 'Arial' : own.font
  return toRuns(label.text + BEHIND_LABEL[label.suffix], { ...own, font }, ground)
}

function readPieces(
  paragraph: Element,
  base: RunLook,
  context: DocxContext,
  readBlocks: ReadBlocks,
): readonly Piece[] {
  const { fields, theme, styles } = context
  let piece: Piece = { runs: [], floats: [], notes: [], hides: false }
  const pieces = [piece]
  let simpleCode = ''

  function addText(text: string, look: RunLook): void {
    if (fields.areCodes() || text === '') return
    const isNumber = context.isMargin && /^\s*PAGE\b/i.test(simpleCode || fields.shownCode())
    if (isNumber && piece.runs.at(-1)?.text === PAGE_NUMBER) return
    if (look.hidden) piece.hides = true
    piece.runs.push(...toRuns(isNumber ? PAGE_NUMBER : text, look, context.ground))
  }

  function addDrawing({ inset, floats }: ReadDrawing, look: RunLook): void {
    if (fields.areCodes() || look.hidden) return
    piece.floats.push(...floats)
    if (inset === undefined) return
    const plain = { size: look.size, rise: look.rise }
    piece.runs.push(...toRuns(PLACE, plain, undefined).map((run) => ({ ...run, inset })))
  }

  function addBreak(element: Element, look: RunLook): void {
    const type = attributeOf(element, 'type')
    if (type !== 'page' && type !== 'column') return addText('\n', look)
    if (fields.areCodes()) return
    piece = { runs: [], floats: [], notes: [], hides: false }
    pieces.push(piece)
  }

  function addNote(kind: NoteKind, element: Element, look: RunLook): void {
    const note = context.findNote(kind, attributeOf(element, 'id') ?? '')
    if (note === undefined) return
    addText(note.label, look)
    if (kind === 'footnote') piece.notes.push(...readBlocks(note.element.children, note.context))
  }

  function readRun(run: Element, look: RunLook, level: number): void {
    const properties = childOf(run, 'rPr')
    const style = styles.character(attributeOf(childOf(properties, 'rStyle'), 'val'))
    const own = { ...look, ...style.run, ...readRunLook(properties, theme) }
    for (const child of run.children) read(child, own, level + 1)
  }

  /** @returns whether it is a part of an equation */
  function readEquation(element: Element, look: RunLook, level: number): boolean {
    const parts = equationPieces(element)
    for (const part of parts ?? []) {
      if (typeof part === 'string') addText(part, look)
      else read(part.element, { ...look, position: part.position ?? look.position }, level + 1)
    }
    return parts !== undefined
  }

  function read(element: Element, look: RunLook, level: number): void {
    if (level > MOST_LEVELS || SKIPPED.has(element.name)) return
    switch (element.name) {
      case 'r':
        return readRun(element, look, level)
      case 't':
        return addText(element.text.replaceAll(/[\r\n\t]+/g, ' '), look)
      case 'tab':
      case 'ptab':
        return addText('\t', look)
      case 'br':
        return addBreak(element, look)
      case 'cr':
        return addText('\n', look)
      case 'noBreakHyphen':
        return addText(NEVER_BROKEN, look)
      case 'softHyphen':
        return addText(SOFT_HYPHEN, look)
      case 'sym':
        return addText(symbolOf(element.attributes), { ...look, font: 'Arial' })
      case 'instrText':
        return fields.addCode(element.text)
      case 'fldChar':
        return fields.mark(attributeOf(element, 'fldCharType'))
      case 'pgNum':
        return context.isMargin ? addText(PAGE_NUMBER, look) : undefined
      case 'drawing':
        return addDrawing(readDrawing(element, context, readBlocks), look)
      case 'pict':
      case 'object':
        return addDrawing(readPict(element, context, readBlocks), look)
      case 'footnoteReference':
        return addNote('footnote', element, look)
      case 'endnoteReference':
        return addNote('endnote', element, look)
      case 'footnoteRef':
      case 'endnoteRef':
        return addText(context.noteLabel, look)
      default:
        if (readEquation(element, look, level)) return
        if (element.name === 'fldSimple') simpleCode = attributeOf(element, 'instr') ?? ''
        for (const child of element.children) read(child, look, level + 1)
        if (element.name === 'fldSimple') simpleCode = ''
    }
  }

  for (const child of paragraph.children) read(child, base, 0)
  return pieces
}

function toBlock(
  { runs, floats, notes }: Piece,
  look: ParagraphLook,
  isFirst: boolean,
  empty: readonly TextRun[],
): FlowParagraph {
  const { shading, borders, keepsNext, keepsLines } = look
  return {
    kind: 'paragraph',
    paragraph: toParagraph(look, runs.length === 0 ? empty : runs),
    shading: shading === 'none' ? undefined : shading,
    borders,
    breaksBefore: isFirst && look.breaksBefore,
    keepsNext,
    keepsLines,
    floats,
    notes,
  }
}

function toParagraph(look: ParagraphLook, runs: readonly TextRun[]): Paragraph {
  const { isReversed = false, start = 0, end = 0, first = 0, before, after, lines, tabs } = look
  return {
    align: alignOf(look.align ?? 'start', isReversed),
    lastAlign: isReversed ? 'right' : undefined,
    runs,
    indent: { left: isReversed ? end : start, right: isReversed ? start : end, first },
    spaceBefore: before,
    spaceAfter: after,
    lines,
    tabs: tabs?.filter(({ isCleared }) => !isCleared),
    direction: isReversed ? 'rtl' : 'ltr',
  }
}

function alignOf(align: ParagraphAlign, isReversed: boolean): Paragraph['align'] {
  if (align === 'start') return isReversed ? 'right' : 'left'
  if (align === 'end') return isReversed ? 'left' : 'right'
  return align
}
