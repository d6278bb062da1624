import { corruptSource } from '../../base/operation-error.ts'
import { tooMany } from '../../packages/document-errors.ts'
import { readCodePage } from '../../sources/encoding/code-pages.ts'
import { decoderOf } from '../../sources/encoding/decoder.ts'
import type { Flow } from './flow.ts'
import { isLeadByte, readFontCharset } from './rtf-charsets.ts'
import { createRtfLists } from './rtf-lists.ts'
import { readRtfTokens } from './rtf-tokens.ts'
import { RTF_ASIDES, RTF_CHARACTERS, RTF_ENTERED, RTF_SKIPPED } from './rtf-words.ts'
import { isSymbolFont, readSymbol, readSymbols } from './symbols.ts'

const ENDS_EARLY = 'The RTF file ends within its text: what was behind that is missing.'

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
  /** The font of letters that are written from right to left, and whether there are such. */
  readonly rightFont: number | undefined
  readonly isFromRight: boolean
  readonly isHidden: boolean
  /** How many characters stand in for one of `\u`, for readers that do not know it. */
  readonly standIns: number
}

/** What the table of fonts says of one. */
interface Font {
  readonly name: string
  readonly encoding: string | undefined
}

/** What is around the document is none of it. */
const OUTSIDE: Group = {
  skipped: true,
  aside: undefined,
  font: undefined,
  rightFont: undefined,
  isFromRight: false,
  isHidden: false,
  standIns: 1,
}

/** The code of a field that is a character of a font (ECMA-376, part 1, 17.16.5.62), without the backslashes of its switches. */
const SYMBOL_FIELD = /^\s*SYMBOL\s+(\w+)(?:.*?\sf\s*(?:"([^"]*)"|(\S+)))?/i

/**
 * Writes the text of an RTF file. Footnotes, text boxes, headers and footers are behind the paragraph they belong to,
 * each header and footer once.
 *
 * Of a file that ends within its text there is what there is, as office programs open it.
 *
 * @param chunks - the bytes of the file
 * @param remark - takes a sentence where it ends too early
 * @throws {@link OperationError} when it ends before its text begins
 */
export function readRtf(
  chunks: Iterable<Buffer>,
  flow: Flow,
  remark: (sentence: string) => void,
): void {
  const margins = new Set<string>()
  const fonts = new Map<number, Font>()
  const stack: Group[] = []
  let group: Group = OUTSIDE
  let codePage = readCodePage(1252)
  /** What is meant where no font is named. */
  let defaultFont = -1
  let fontTable: { readonly depth: number; font: number } | undefined
  /** The code of a field that is being read, and whether the character has been written that it stands for. */
  let field: { readonly depth: number; code: string } | undefined
  let isResultWritten = false
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
  let hasBegun = false

  function flush(): void {
    if (bytes.length === 0) return
    const read = Buffer.from(bytes)
    // The numbers of symbols mean nothing in any encoding.
    if (isSymbolFont(font().name)) write(read.toString('latin1'))
    else write(decoderOf(encoding()).decode(read))
    bytes = []
    awaitsSecond = false
  }

  function font(): Font {
    const right = group.isFromRight ? group.rightFont : undefined
    return fonts.get(right ?? group.font ?? defaultFont) ?? { name: '', encoding: undefined }
  }

  const encoding = (): string => font().encoding ?? codePage

  const isLeftOut = (): boolean => group.skipped || group.isHidden

  function write(text: string): void {
    hasBegun ||= text.trim() !== ''
    flow.text(readSymbols(font().name, text))
  }

  function addByte(byte: number): void {
    if (isLeftOut()) return
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
    if (fontTable !== undefined) nameFont(fontTable, rest)
    if (field !== undefined) field.code += rest
    if (isLeftOut() || rest === '') return
    // The second byte of a character may be written as the letter that it is in ASCII.
    if (awaitsSecond || /[\x80-\xff]/.test(rest)) {
      for (const byte of Buffer.from(rest, 'latin1')) addByte(byte)
      return
    }
    flush()
    write(rest)
  }

  /** Fonts have a group each; what is in further ones describes them. */
  function nameFont({ depth, font: number }: { depth: number; font: number }, text: string): void {
    const name = text.replace(/;.*/, '').trim()
    if (stack.length > depth + 1 || name === '') return
    fonts.set(number, { encoding: undefined, ...fonts.get(number), name })
  }

  function change(changes: Partial<Group>): void {
    flush()
    group = { ...group, ...changes }
  }

  function defineFont(word: string, parameter = 0): void {
    if (fontTable === undefined) return
    if (word === 'f') fontTable.font = parameter
    const known = fonts.get(fontTable.font) ?? { name: '' }
    if (word === 'fcharset') {
      fonts.set(fontTable.font, { ...known, encoding: readFontCharset(parameter) })
    }
    if (word === 'cpg') fonts.set(fontTable.font, { ...known, encoding: readCodePage(parameter) })
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
      if (word === 'fldinst') field ??= { depth: stack.length, code: '' }
      return
    }
    if (starred && word === 'ud') return change({ skipped: false })
    if (word === 'uc') return change({ standIns: Math.max(parameter ?? 1, 0) })
    if (word === 'ansicpg') codePage = readCodePage(parameter ?? 1252)
    if (word === 'deff') defaultFont = parameter ?? -1
    if (word === 'mac') codePage = 'macintosh'
    if (word === 'pc') codePage = readCodePage(437)
    if (word === 'pca') codePage = readCodePage(850)
    if (word === 'f') return change({ font: parameter })
    if (word === 'ltrch' || word === 'rtlch') return change({ isFromRight: word === 'rtlch' })
    if (word === 'af' && group.isFromRight) return change({ rightFont: parameter })
    if (word === 'v') return change({ isHidden: parameter !== 0 })
    if (word === 'plain') return change({ font: undefined, isHidden: false })
    if (word === 'fldrslt' && isResultWritten) {
      isResultWritten = false
      return change({ skipped: true })
    }
    if (group.skipped) return
    if (word === 'u') return addUnit(parameter ?? 0)
    if (/^(pard|s|outlinelevel|ls|ilvl)$/.test(word)) return describeParagraph(word, parameter ?? 0)
    writeWord(word)
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
    if (!group.isHidden) write(String.fromCharCode(code & 0xffff))
    standIns = group.standIns
  }

  function writeWord(word: string): void {
    const aside = RTF_ASIDES.get(word)
    if (aside !== undefined && group.aside === undefined) {
      change({ aside })
      flow.openAside()
      return
    }
    const characters = RTF_CHARACTERS.get(word)
    if (characters !== undefined) {
      // The second byte of a character may be one that has to be written so.
      if (awaitsSecond && /[\\{}]/.test(word)) return addByte(word.charCodeAt(0))
      if (group.isHidden) return
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

  /** Some fields are a character without a result that says so. */
  function endField(): void {
    const [, number, quoted, plain] = SYMBOL_FIELD.exec(field?.code ?? '') ?? []
    field = undefined
    if (number === undefined || isLeftOut()) return
    flow.text(readSymbol(quoted ?? plain ?? '', Number(number)))
    isResultWritten = true
  }

  readRtfTokens(chunks, {
    open() {
      if (hasEnded) return
      flush()
      standIns = 0
      if (stack.length >= MAX_DEPTH) throw tooMany(MAX_DEPTH, 'groups within each other')
      stack.push(group)
      group = { ...group, skipped: stack.length > 1 && group.skipped, aside: undefined }
    },
    close() {
      if (hasEnded) return
      flush()
      standIns = 0
      if (fontTable?.depth === stack.length) fontTable = undefined
      if (styleSheet?.depth === stack.length) styleSheet = undefined
      if (group.aside !== undefined) flow.closeAside(group.aside === 'margin' ? margins : undefined)
      const isFieldOver = field?.depth === stack.length
      group = stack.pop() ?? group
      if (isFieldOver) endField()
      if (stack.length > 0) return
      hasEnded = true
      group = { ...group, skipped: true }
    },
    control,
    byte: addByte,
    text: addText,
  })
  if (hasEnded) return
  flush()
  if (!hasBegun) throw corruptSource('RTF')
  remark(ENDS_EARLY)
}
