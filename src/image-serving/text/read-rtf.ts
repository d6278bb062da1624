import type { Paragraph, Rgba, TextContent, TextRun } from '../../engine/layers/composition.ts'
import { RequestError } from '../request-error.ts'
import { changeFormat, DEFAULT_FORMAT, type RtfFormat } from './rtf-format.ts'
import { LETTER_SYMBOLS, LETTER_WORDS, letterOf, visible } from './rtf-letters.ts'
import { type ReadTable, type RtfTables, readColours, readFonts } from './rtf-tables.ts'
import { type RtfToken, splitRtf } from './rtf-tokens.ts'

/** The longest text that is read, in characters of its RTF. */
export const MOST_CHARACTERS = 100_000

/** How deep groups may stand in each other. */
const DEEPEST_GROUP = 100

const BLACK: Rgba = { red: 0, green: 0, blue: 0, alpha: 255 }

/** Groups whose contents are no text of the page (RTF 1.6, "Destination Control Words"). */
const UNSEEN = ['info', 'stylesheet', 'pict', 'header', 'footer', 'footnote', 'listtable', 'object']

const VERTICAL = { vertalt: 'top', vertalc: 'middle', vertalb: 'bottom' } as const

/** What a text says itself: its resolution and its box are said beside it. */
export type WrittenText = Pick<TextContent, 'paragraphs' | 'vertical'>

/** A group of RTF: how letters look in it, and what reads it where it is a table. */
interface Group {
  readonly format: RtfFormat
  readonly table?: ReadTable | undefined
}

/**
 * Reads the text of a layer: plain, or the part of RTF that Image Serving has (c-supported-rtf-commands-and-keywords). Words
 * that say nothing here are skipped, as are those of spacing: kerning, indents, stretched letters and space between lines.
 *
 * @throws {@link RequestError} for braces that are no pairs, and for a text that is too long or too deep
 */
export function readRtf(text: string): WrittenText {
  if (text.length > MOST_CHARACTERS) {
    throw new RequestError(
      `text= has ${text.length} characters, more than the ${MOST_CHARACTERS} that are read.`,
      'text',
    )
  }
  const isPlain = !/[\\{}]/.test(text)
  const reader = new RtfReader()
  if (isPlain) reader.readPlain(text)
  else for (const token of splitRtf(text)) reader.read(token)
  return reader.finish()
}

class RtfReader {
  readonly #inks = new Map<number, Rgba>()
  readonly #tables: RtfTables = { colours: new Map(), fonts: new Map() }
  readonly #paragraphs: Paragraph[] = []
  readonly #outer: Group[] = []
  #group: Group = { format: DEFAULT_FORMAT }
  #runs: TextRun[] = []
  #align: Paragraph['align'] = 'left'
  #vertical: TextContent['vertical'] = 'top'
  #skipped = 0
  /** Whether `\*` came last, which says that the group is for those who know its first word. */
  #starred = false

  readPlain(text: string): void {
    for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
      if (index > 0) this.#write('\n')
      this.#write(visible(line))
    }
  }

  read(token: RtfToken): void {
    if (token.kind === 'open') return this.#open()
    if (token.kind === 'close') return this.#close()
    const { table } = this.#group
    if (table) return table(token)
    const starred = this.#starred
    this.#starred = token.kind === 'symbol' && token.symbol === '*'
    if (token.kind === 'word') this.#readWord(token.word, token.number, starred)
    else if (token.kind === 'symbol') this.#readSymbol(token.symbol)
    else if (token.kind === 'byte') this.#writeUnlessStandIn(letterOf(token.byte))
    else this.#writeUnlessStandIn(visible(token.text))
  }

  finish(): WrittenText {
    if (this.#outer.length > 0) {
      throw new RequestError('text= has a { that no } closes; a brace is written as \\{.', 'text')
    }
    if (this.#runs.length > 0 || this.#paragraphs.length === 0) this.#endParagraph()
    return { paragraphs: this.#paragraphs, vertical: this.#vertical }
  }

  #open(): void {
    if (this.#outer.length === DEEPEST_GROUP) {
      const message = `text= has braces in each other deeper than the ${DEEPEST_GROUP} that are read.`
      throw new RequestError(message, 'text')
    }
    this.#outer.push(this.#group)
    this.#skipped = 0
  }

  #close(): void {
    const outer = this.#outer.pop()
    if (!outer) {
      throw new RequestError('text= has a } that no { opens; a brace is written as \\}.', 'text')
    }
    this.#group = outer
    this.#skipped = 0
  }

  #readWord(word: string, number: number | undefined, starred: boolean): void {
    const table = this.#tableOf(word, starred)
    const format = table ? undefined : changeFormat(this.#group.format, word, number)
    const letter = LETTER_WORDS.get(word)
    if (table) this.#group = { ...this.#group, table }
    else if (format) {
      this.#group = { format }
      if (/^(?:q[lcrj]|pard)$/.test(word)) this.#align = format.align
    } else if (letter !== undefined) this.#writeUnlessStandIn(letter)
    else if (word === 'par') this.#endParagraph()
    else if (word === 'u') this.#writeUnicode(number ?? 0)
    else if (word === 'deff') this.#group = { format: { ...this.#group.format, font: number } }
    else if (word === 'vertalt' || word === 'vertalc' || word === 'vertalb') {
      this.#vertical = VERTICAL[word]
    }
  }

  #tableOf(word: string, starred: boolean): ReadTable | undefined {
    if (word === 'fonttbl') return readFonts(this.#tables.fonts)
    if (word === 'colortbl') return readColours(this.#tables.colours, 'rgb')
    if (word === 'cmykcolortbl') return readColours(this.#inks, 'cmyk')
    return starred || UNSEEN.includes(word) ? () => {} : undefined
  }

  #readSymbol(symbol: string): void {
    const letter = LETTER_SYMBOLS.get(symbol)
    if (letter !== undefined) this.#writeUnlessStandIn(letter)
    else if (symbol === '\n' || symbol === '\r') this.#endParagraph()
  }

  /** A number of 16 bits, negative from 32768 on; two of them are one letter beyond. */
  #writeUnicode(number: number): void {
    this.#write(visible(String.fromCharCode(number & 0xffff)))
    this.#skipped = this.#group.format.standIns
  }

  #writeUnlessStandIn(text: string): void {
    const letters = Array.from(text)
    const skipped = Math.min(this.#skipped, letters.length)
    this.#skipped -= skipped
    this.#write(letters.slice(skipped).join(''))
  }

  #write(text: string): void {
    if (text === '') return
    const { align, standIns, font, colour, ...look } = this.#group.format
    this.#align = align
    const run: TextRun = {
      ...look,
      text,
      font: font === undefined ? undefined : this.#tables.fonts.get(font),
      colour: this.#tables.colours.get(colour) ?? this.#inks.get(colour) ?? BLACK,
    }
    const last = this.#runs.at(-1)
    if (last && looksLike(last, run)) this.#runs.splice(-1, 1, { ...run, text: last.text + text })
    else this.#runs.push(run)
  }

  #endParagraph(): void {
    this.#paragraphs.push({ align: this.#align, runs: this.#runs })
    this.#runs = []
    this.#align = this.#group.format.align
  }
}

function looksLike(a: TextRun, b: TextRun): boolean {
  const { text: _a, ...lookOfA } = a
  const { text: _b, ...lookOfB } = b
  return JSON.stringify(lookOfA) === JSON.stringify(lookOfB)
}
