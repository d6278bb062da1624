import { corruptSource } from '../../base/operation-error.ts'
import { tooMany } from '../../packages/document-errors.ts'
import { readCodePage } from '../../sources/encoding/code-pages.ts'
import type { Flow } from './flow.ts'
import { createRtfLists } from './rtf-lists.ts'
import { isLeadByte, readFontCharset } from './rtf-charsets.ts'
import { readRtfTokens } from './rtf-tokens.ts'
import { RTF_ASIDES, RTF_CHARACTERS, RTF_ENTERED, RTF_SKIPPED } from './rtf-words.ts'

/** Groups within groups. Writers make some tens. */
const MAX_DEPTH = 4000

/** The levels of headings. */
const MOST_HEADINGS = 9

/** What a group changes until it ends. */
interface Group {
  readonly skipped: boolean
  /** What kind of aside begins with the group. */
  readonly aside: 'note' | 'margin' | undefined
  readonly font: number | undefined
  /** How many characters stand in for one of `\u`, for readers that do not know it. */
  readonly standIns: number
}

/**
 * Writes the text of an RTF file. Footnotes, text boxes, headers and footers are behind the paragraph they belong to,
 * each header and footer once.
 *
 * @param chunks - the bytes of the file
 * @throws {@link OperationError} when the file ends before its text does
 */
export function readRtf(chunks: Iterable<Buffer>, flow: Flow): void {
  const margins = new Set<string>()
  const fonts = new Map<number, string | undefined>()
  const stack: Group[] = []
  let group: Group = { skipped: false, aside: undefined, font: undefined, standIns: 1 }
  let codePage = readCodePage(1252)
  /** What is meant where no font is named. */
  let defaultFont = -1
  let fontTable: { readonly depth: number; font: number } | undefined
  /** The levels of the styles that are headings. */
  const headings = new Map<number, number>()
  let styleSheet: { readonly depth: number; style: number } | undefined
  /** Whether the next control word names what the group is for. */
  let isStarred = false
  /** Characters still to come that stand in for one that has been written. */
  let standIns = 0
  let bytes: number[] = []
  let awaitsSecond = false
  let rowHasCells = false
  /** What the paragraphs are that are written: headings of a level, or items of a list and in how many others that is. */
  let heading: number | undefined
  let list = 0
  let listDepth = 0
  const lists = createRtfLists()
  /** What is behind the document does not belong to it. */
  let hasEnded = false

  function flush(): void {
    if (bytes.length === 0) return
    flow.text(new TextDecoder(encoding()).decode(Uint8Array.from(bytes)))
    bytes = []
    awaitsSecond = false
  }

  const encoding = (): string => fonts.get(group.font ?? defaultFont) ?? codePage

  function addByte(byte: number): void {
    if (group.skipped) return
    if (standIns > 0) {
      standIns -= 1
      return
    }
    bytes.push(byte)
    awaitsSecond = !awaitsSecond && isLeadByte(byte, encoding())
    if (bytes.length > 4096 && !awaitsSecond) flush()
  }

  function addText(text: string): void {
    let rest = text
    if (standIns > 0) {
      const passed = Math.min(standIns, rest.length)
      standIns -= passed
      rest = rest.slice(passed)
    }
    const level = styleSheet && /^(?:heading ([1-9])|title);/i.exec(rest.trim())
    if (styleSheet && level) headings.set(styleSheet.style, Number(level[1] ?? 1))
    if (group.skipped || rest === '') return
    // The second byte of a character may be written as the letter that it is in ASCII.
    if (awaitsSecond || /[\x80-\xff]/.test(rest)) {
      for (const byte of Buffer.from(rest, 'latin1')) addByte(byte)
      return
    }
    flush()
    flow.text(rest)
  }

  function change(changes: Partial<Group>): void {
    flush()
    group = { ...group, ...changes }
  }

  function defineFont(word: string, parameter = 0): void {
    if (fontTable === undefined) return
    if (word === 'f') fontTable.font = parameter
    if (word === 'fcharset') fonts.set(fontTable.font, readFontCharset(parameter))
    if (word === 'cpg') fonts.set(fontTable.font, readCodePage(parameter))
  }

  function control(word: string, parameter: number | undefined): void {
    const starred = isStarred
    isStarred = word === '*'
    lists.control(word, parameter)
    if (isStarred) return
    if (fontTable !== undefined) return defineFont(word, parameter)
    if (styleSheet !== undefined && word === 's') styleSheet.style = parameter ?? 0
    if ((RTF_SKIPPED.has(word) && parameter !== 0) || (starred && !RTF_ENTERED.has(word))) {
      change({ skipped: true })
      if (word === 'fonttbl') fontTable = { depth: stack.length, font: 0 }
      if (word === 'stylesheet') styleSheet = { depth: stack.length, style: 0 }
      return
    }
    if (starred && word === 'ud') return change({ skipped: false })
    if (word === 'uc') return change({ standIns: Math.max(parameter ?? 1, 0) })
    if (word === 'ansicpg') codePage = readCodePage(parameter ?? 1252)
    if (word === 'deff') defaultFont = parameter ?? -1
    if (word === 'mac') codePage = 'macintosh'
    if (word === 'f') return change({ font: parameter })
    if (word === 'plain') return change({ font: undefined })
    if (group.skipped) return
    if (word === 'u') return addUnit(parameter ?? 0)
    if (/^(pard|s|outlinelevel|ls|ilvl)$/.test(word)) return describeParagraph(word, parameter ?? 0)
    write(word)
  }

  function describeParagraph(word: string, parameter: number): void {
    if (word === 'pard') {
      heading = undefined
      list = 0
      listDepth = 0
    }
    if (word === 's') heading = headings.get(parameter)
    // Level 9 is that of what is no heading, and list 0 none.
    if (word === 'outlinelevel') heading = parameter < MOST_HEADINGS ? parameter + 1 : undefined
    if (word === 'ls') list = parameter
    if (word === 'ilvl') listDepth = parameter
    beginParagraph()
  }

  function beginParagraph(): void {
    if (list > 0 && heading === undefined) {
      flow.item(listDepth + 1, lists.areNumbered(list, listDepth))
    } else flow.heading(heading)
  }

  /** A character of Unicode, or half of one, as a signed number. */
  function addUnit(code: number): void {
    flush()
    flow.text(String.fromCharCode(code & 0xffff))
    standIns = group.standIns
  }

  function write(word: string): void {
    const aside = RTF_ASIDES.get(word)
    if (aside !== undefined && group.aside === undefined) {
      change({ aside })
      flow.openAside()
      return
    }
    const characters = RTF_CHARACTERS.get(word)
    if (characters !== undefined) {
      flush()
      // A character that has a name can stand in as well.
      if (standIns > 0) standIns -= 1
      else flow.text(characters)
      return
    }
    if (/^(par|line|sect|page|column|\r|\n)$/.test(word)) {
      flush()
      flow.line()
      beginParagraph()
    }
    if (/^(nest)?cell$/.test(word)) {
      flush()
      endCell()
    }
    // The properties of a row may be written before it, behind it, or both.
    if (/^(nest)?row$/.test(word) || (word === 'trowd' && !rowHasCells)) {
      flush()
      flow.row()
      rowHasCells = false
    }
  }

  /** Here cells end, where the flow is told that they begin. */
  function endCell(): void {
    if (!rowHasCells) flow.cell()
    rowHasCells = true
    flow.cell()
  }

  readRtfTokens(chunks, {
    open() {
      if (hasEnded) return
      flush()
      standIns = 0
      if (stack.length >= MAX_DEPTH) throw tooMany(MAX_DEPTH, 'groups within each other')
      stack.push(group)
      group = { ...group, aside: undefined }
    },
    close() {
      if (hasEnded) return
      flush()
      standIns = 0
      if (fontTable?.depth === stack.length) fontTable = undefined
      if (styleSheet?.depth === stack.length) styleSheet = undefined
      if (group.aside !== undefined) flow.closeAside(group.aside === 'margin' ? margins : undefined)
      group = stack.pop() ?? group
      if (stack.length > 0) return
      hasEnded = true
      group = { ...group, skipped: true }
    },
    control,
    byte: addByte,
    text: addText,
  })
  if (stack.length > 0) throw corruptSource('RTF')
}
