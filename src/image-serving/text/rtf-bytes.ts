import { isLeadByte, readFontCharset } from '../../engine/text/rtf-charsets.ts'
import { readCodePage } from '../../sources/encoding/code-pages.ts'
import { decoderOf } from '../../sources/encoding/decoder.ts'

/** The encoding of texts that name none. */
const USUAL = readCodePage(1252)

/** Makes letters of bytes, which are in the code page of their font, or else in that of the text. */
export class RtfBytes {
  readonly #fonts = new Map<number, string>()
  #ofText = USUAL
  /** A byte that is the first of two, and its encoding. */
  #first: { readonly byte: number; readonly encoding: string } | undefined

  /** Notes what `\fcharset` and `\cpg` say of a font. */
  noteFont(font: number, word: string, number: number | undefined): void {
    const encoding = word === 'cpg' ? readCodePage(number ?? 0) : readFontCharset(number ?? 0)
    if (encoding !== undefined) this.#fonts.set(font, encoding)
  }

  /** Notes what `\ansicpg`, `\mac`, `\pc` and `\pca` say of the text. */
  noteText(word: string, number: number | undefined): void {
    if (word === 'ansicpg') this.#ofText = readCodePage(number ?? 0)
    if (word === 'mac') this.#ofText = readCodePage(10_000)
    if (word === 'pc' || word === 'pca') this.#ofText = readCodePage(437)
  }

  /** Takes a byte of a font; nothing is written of the first of two. */
  take(byte: number, font: number | undefined): string {
    const first = this.#first
    if (first) {
      this.#first = undefined
      return decode([first.byte, byte], first.encoding)
    }
    const encoding = (font === undefined ? undefined : this.#fonts.get(font)) ?? this.#ofText
    if (!isLeadByte(byte, encoding)) return decode([byte], encoding)
    this.#first = { byte, encoding }
    return ''
  }

  /** Takes a text; behind the first byte of two its first letter is the second. */
  takeText(text: string): string {
    const code = text.charCodeAt(0)
    if (this.#first === undefined || code > 0xff || text === '') return this.end() + text
    return this.take(code, undefined) + text.slice(1)
  }

  /** What is left where no second byte comes. */
  end(): string {
    const first = this.#first
    this.#first = undefined
    return first ? decode([first.byte], first.encoding) : ''
  }
}

function decode(bytes: readonly number[], encoding: string): string {
  return decoderOf(encoding).decode(Uint8Array.from(bytes))
}
