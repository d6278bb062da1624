import type { LegacyDocument } from '../../../packages/compound.ts'
import { createFields } from '../fields.ts'
import type { Flow } from '../flow.ts'
import { readSymbol } from '../symbols.ts'
import { type Boxes, findBoxes } from './doc-boxes.ts'
import { readFonts } from './doc-fonts.ts'
import { createFormatting, type Modifiers } from './doc-format.ts'
import { type Range, readDocHeader } from './doc-header.ts'
import { createPieces, type Piece } from './doc-pieces.ts'

/** Modifiers of runs and paragraphs ([MS-DOC] 2.6.1 and 2.6.2). */
const IS_DELETED = 0x0800
const IS_HIDDEN = 0x083c
const IS_SYMBOL = 0x6a09
const FONT = 0x4a4f
const ENDS_ROW = 0x2417
const ENDS_INNER_CELL = 0x244b
const ENDS_INNER_ROW = 0x244c

/** Characters that are no text ([MS-DOC] 2.4.1), and that which stands for symbols. */
// oxlint-disable-next-line no-control-regex
const SPECIAL = /([\0-\x08\x0a-\x1f(])/

/** Where characters of fonts of symbols are, when they are text like any other. */
const OF_SYMBOLS = /[\uf000-\uf0ff]/g

/** Stories of headers begin behind those of notes, six a section: even, odd and first, headers and footers. */
const NOTE_STORIES = 6
const STORIES_OF_SECTION = 6
const HEADERS: ReadonlySet<number> = new Set([0, 1, 4])

/** Boxes within boxes. */
const MOST_DEPTH = 4

/**
 * Writes the text of a Word document of 1997 to 2003 as that of a DOCX is: headers, body, footnotes, endnotes and footers, each
 * header and footer once, without hidden and deleted text, comments and codes of fields. Text boxes are behind the paragraph
 * they belong to.
 *
 * @throws {@link OperationError} or a `RangeError` when it is damaged
 */
export function readDoc(document: LegacyDocument, flow: Flow): void {
  const header = readDocHeader(document)
  const { stream, table, part } = header
  const readPieces = createPieces(header)
  const runs = createFormatting(stream, table('runs'), 'runs')
  const paragraphs = createFormatting(stream, table('paragraphs'), 'paragraphs')
  const fonts = readFonts(table('fonts'))
  const seen = new Set<string>()

  function readStory(range: Range, boxes: Boxes | undefined, depth = 0): void {
    const fields = createFields()
    let rowHasCells = false

    /** Here cells end, where the flow is told that they begin. */
    function endCell(): void {
      if (!rowHasCells) flow.cell()
      rowHasCells = true
      flow.cell()
    }

    function endRow(): void {
      flow.row()
      rowHasCells = false
    }

    function endParagraph(at: number): void {
      const { modifiers } = paragraphs(at)
      if (isOn(modifiers, ENDS_INNER_ROW)) endRow()
      else if (isOn(modifiers, ENDS_INNER_CELL)) endCell()
      else flow.line()
    }

    function readBox(position: number): void {
      const box = boxes?.anchored.get(position)
      if (box === undefined || depth >= MOST_DEPTH) return
      flow.openAside()
      readStory(box, boxes, depth + 1)
      flow.closeAside()
    }

    /** @param visible - writes a text, unless it is hidden */
    function readSpecial(
      character: string,
      { at, position }: Pick<Piece, 'at' | 'position'>,
      modifiers: Modifiers,
      visible: (text: string) => void,
    ): void {
      switch (character) {
        case '\x07':
          return isOn(paragraphs(at).modifiers, ENDS_ROW) ? endRow() : endCell()
        case '\x08':
          return readBox(position)
        case '\r':
          return endParagraph(at)
        case '\v':
        case '\f':
        case '\x0e':
          return flow.line()
        case '\x13':
          return fields.mark('begin')
        case '\x14':
          return fields.mark('separate')
        case '\x15':
          return fields.mark('end')
        case '\x1e':
          return visible('\u2011')
        case '(': {
          const symbol = modifiers.get(IS_SYMBOL)
          if (symbol === undefined) return visible(character)
          return visible(readSymbol(fonts[symbol.readUInt16LE(0)] ?? '', symbol.readUInt16LE(2)))
        }
      }
    }

    /** Reads text of one format. */
    function readRun({ text, at, position, width }: Piece, modifiers: Modifiers): void {
      const isHidden = isOn(modifiers, IS_HIDDEN) || isOn(modifiers, IS_DELETED)
      const font = fonts[modifiers.get(FONT)?.readUInt16LE(0) ?? -1] ?? ''
      const visible = (words: string): void => {
        if (isHidden || fields.areCodes()) return
        flow.text(words.replace(OF_SYMBOLS, (symbol) => readSymbol(font, symbol.charCodeAt(0))))
      }
      let offset = 0
      for (const [index, shown] of text.split(SPECIAL).entries()) {
        const place = { at: at + offset * width, position: position + offset }
        if (index % 2 === 1) readSpecial(shown, place, modifiers, visible)
        else if (shown !== '') visible(shown)
        offset += shown.length
      }
    }

    for (const { text, at, position, width } of readPieces(range)) {
      let offset = 0
      while (offset < text.length) {
        const { end, modifiers } = runs(at + offset * width)
        const next = Math.min(Math.max(Math.ceil((end - at) / width), offset + 1), text.length)
        readRun(
          {
            text: text.slice(offset, next),
            at: at + offset * width,
            position: position + offset,
            width,
          },
          modifiers,
        )
        offset = next
      }
    }
    flow.line()
  }

  const boxesOfHeaders = findBoxes(header, 'headers')

  function readHeaders(isWanted: (story: number) => boolean): void {
    const stories = table('headers')
    const { start } = part('headers')
    for (let story = NOTE_STORIES; (story + 2) * 4 <= stories.length; story += 1) {
      if (!isWanted(story % STORIES_OF_SECTION)) continue
      const [from, to] = [stories.readUInt32LE(story * 4), stories.readUInt32LE((story + 1) * 4)]
      if (to <= from) continue
      flow.openAside()
      readStory({ start: start + from, end: start + to }, boxesOfHeaders)
      flow.closeAside(seen)
    }
    flow.section()
  }

  readHeaders((story) => HEADERS.has(story))
  const boxes = findBoxes(header, 'main')
  readStory(part('main'), boxes)
  for (const box of boxes.others) readStory(box, undefined)
  flow.section()
  readStory(part('footnotes'), undefined)
  flow.section()
  readStory(part('endnotes'), undefined)
  flow.section()
  readHeaders((story) => !HEADERS.has(story))
}

/** Whether a property is set as such; 0x81 is the opposite of what the style says, which is not set as a rule. */
function isOn(modifiers: Modifiers, code: number): boolean {
  const value = modifiers.get(code)?.[0] ?? 0
  return value === 1 || value === 0x81
}
