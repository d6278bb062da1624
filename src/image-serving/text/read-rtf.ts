import type { Rgba } from '../../engine/layers/composition.ts'
import type { Paragraph, TextContent, TextRun } from '../../engine/typesetting/text-content.ts'
import { RequestError } from '../request-error.ts'
import { RtfBytes } from './rtf-bytes.ts'
import { capitalise } from './rtf-capitals.ts'
import { changeFormat, DEFAULT_FORMAT, type RtfFormat } from './rtf-format.ts'
import { LETTER_SYMBOLS, LETTER_WORDS, visible } from './rtf-letters.ts'
import {
  changeParagraph,
  DEFAULT_PARAGRAPH,
  paragraphOf,
  type RtfParagraph,
} from './rtf-paragraph.ts'
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
  readonly paragraph: RtfParagraph
  readonly table?: ReadTable | undefined
}

/**
 * Reads the text of a layer: plain, or the part of RTF that Image Serving has (c-supported-rtf-commands-and-keywords). Words
 * that say nothing here are skipped.
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
  readonly #bytes = new RtfBytes()
  #group: Group = { format: DEFAULT_FORMAT, paragraph: DEFAULT_PARAGRAPH }
  #runs: TextRun[] = []
  /** What was last said of the paragraph that is read. */
  #paragraph = DEFAULT_PARAGRAPH
  #defaultFont: number | undefined
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
    if (token.kind === 'byte') return this.#readByte(token.byte)
    if (token.kind === 'text') {
      return this.#writeUnlessStandIn(visible(this.#bytes.takeText(token.text)))
    }
    this.#write(visible(this.#bytes.end()))
    if (token.kind === 'word') this.#readWord(token.word, token.number, starred)
    else this.#readSymbol(token.symbol)
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
    const paragraph = changeParagraph(this.#group.paragraph, word, number)
    const letter = LETTER_WORDS.get(word)
    if (table) this.#group = { ...this.#group, table }
    else if (word === 'plain' && format) {
      this.#group = { ...this.#group, format: { ...format, font: this.#defaultFont } }
    } else if (format) this.#group = { ...this.#group, format }
    else if (paragraph) {
      this.#group = { ...this.#group, paragraph }
      this.#paragraph = paragraph
    } else if (letter !== undefined) this.#writeUnlessStandIn(letter)
    else if (word === 'par') this.#endParagraph()
    else if (word === 'u') this.#writeUnicode(number ?? 0)
    else if (word === 'deff') {
      this.#defaultFont = number
      this.#group = { ...this.#group, format: { ...this.#group.format, font: number } }
    } else if (word === 'vertalt' || word === 'vertalc' || word === 'vertalb') {
      this.#vertical = VERTICAL[word]
    } else this.#bytes.noteText(word, number)
  }

  #tableOf(word: string, starred: boolean): ReadTable | undefined {
    if (word === 'fonttbl') return readFonts(this.#tables.fonts, this.#bytes)
    if (word === 'colortbl') return readColours(this.#tables.colours, 'rgb')
    if (word === 'cmykcolortbl') return readColours(this.#inks, 'cmyk')
    return starred || UNSEEN.includes(word) ? () => {} : undefined
  }

  #readSymbol(symbol: string): void {
    const letter = LETTER_SYMBOLS.get(symbol)
    if (letter !== undefined) this.#writeUnlessStandIn(letter)
    else if (symbol === '\n' || symbol === '\r') this.#endParagraph()
  }

  #readByte(byte: number): void {
    if (this.#skipped > 0) this.#skipped -= 1
    else this.#write(visible(this.#bytes.take(byte, this.#group.format.font)))
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
    const { standIns, font, colour, background, kernedAbove, capitals, ...look } =
      this.#group.format
    this.#paragraph = this.#group.paragraph
    const run = {
      ...look,
      font: font === undefined ? undefined : this.#tables.fonts.get(font),
      colour: this.#colourOf(colour) ?? BLACK,
      background: background === 0 ? undefined : this.#colourOf(background),
      kerning: kernedAbove > 0 && look.size * 2 > kernedAbove,
    }
    for (const part of capitalise(text, capitals)) {
      this.#add({ ...run, text: part.text, size: run.size * part.size })
    }
  }

  #add(run: TextRun): void {
    const last = this.#runs.at(-1)
    if (last && looksLike(last, run)) {
      this.#runs.splice(-1, 1, { ...run, text: last.text + run.text })
    } else this.#runs.push(run)
  }

  #colourOf(index: number): Rgba | undefined {
    return this.#tables.colours.get(index) ?? this.#inks.get(index)
  }

  #endParagraph(): void {
    this.#paragraphs.push({ ...paragraphOf(this.#paragraph), runs: this.#runs })
    this.#runs = []
    this.#paragraph = this.#group.paragraph
  }
}

function looksLike(a: TextRun, b: TextRun): boolean {
  const { text: _a, ...lookOfA } = a
  const { text: _b, ...lookOfB } = b
  return JSON.stringify(lookOfA) === JSON.stringify(lookOfB)
}
