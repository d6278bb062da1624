import { TextDecoder } from 'node:util'
import { DOS_CODE_PAGES } from './dos.ts'
import { Utf7Decoder } from './utf-7.ts'

/** Makes text of bytes, as the `TextDecoder` of the platform does. */
export interface Decoder {
  /** What the encoding is called, in lower case. */
  readonly encoding: string
  /** @param options.stream - whether more bytes follow */
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string
}

/** What stands for bytes that are no character. */
const REPLACEMENT = 0xfffd

/**
 * Makes a decoder of what the WHATWG standard lists, and of what it does not: `utf-32le`, `utf-32be`, `utf-7`, and the code pages of
 * DOS, such as `ibm850`.
 *
 * @param options.fatal - whether bytes that are not of the encoding make it throw; otherwise they become U+FFFD
 * @returns undefined for an encoding that nobody knows
 */
export function toDecoder(
  encoding: string,
  options?: { readonly fatal: boolean },
): Decoder | undefined {
  const [, order] = /^utf-32(le|be)$/.exec(encoding) ?? []
  if (order !== undefined) return new Utf32Decoder(order === 'le', options?.fatal ?? false)
  if (/^(?:unicode-1-1-)?utf-?7$/i.test(encoding)) return new Utf7Decoder(options?.fatal ?? false)
  const [, number = ''] = /^(?:ibm|cp|x-cp|dos-)?-?0*(\d{3})$/.exec(encoding.toLowerCase()) ?? []
  const letters = DOS_CODE_PAGES.get(number)
  if (letters !== undefined) return new DosDecoder(`ibm${number}`, letters)
  try {
    return new TextDecoder(encoding, options)
  } catch {
    return undefined
  }
}

/** A decoder of text in whatever encoding, Windows-1252 where nobody knows it. */
export function decoderOf(encoding: string): Decoder {
  return toDecoder(encoding) ?? new TextDecoder('windows-1252')
}

/** Every byte is a character. */
class DosDecoder implements Decoder {
  readonly encoding: string
  readonly #letters: string

  /** @param letters - from byte 128 on */
  constructor(encoding: string, letters: string) {
    this.encoding = encoding
    this.#letters = letters
  }

  decode(bytes: Uint8Array = new Uint8Array()): string {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    return text.replace(/[\x80-\xff]/g, (each) => this.#letters.charAt(each.charCodeAt(0) - 0x80))
  }
}

class Utf32Decoder implements Decoder {
  readonly encoding: string
  readonly #isLittle: boolean
  readonly #fatal: boolean
  #rest: Uint8Array = new Uint8Array()
  #atStart = true

  constructor(isLittle: boolean, fatal: boolean) {
    this.encoding = isLittle ? 'utf-32le' : 'utf-32be'
    this.#isLittle = isLittle
    this.#fatal = fatal
  }

  decode(bytes: Uint8Array = new Uint8Array(), { stream = false } = {}): string {
    const all = Buffer.concat([this.#rest, bytes])
    const whole = all.length - (all.length % 4)
    const text: string[] = []
    for (let at = 0; at < whole; at += 4) {
      const code = this.#isLittle ? all.readUInt32LE(at) : all.readUInt32BE(at)
      text.push(this.#toCharacter(code))
    }
    this.#rest = stream ? all.subarray(whole) : new Uint8Array()
    if (!stream && whole < all.length) text.push(this.#toCharacter(-1))
    return text.join('')
  }

  #toCharacter(code: number): string {
    const isMark = this.#atStart && code === 0xfeff
    this.#atStart = false
    if (isMark) return ''
    const isOne = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    if (!isOne && this.#fatal) throw new TypeError('The bytes are not of UTF-32.')
    return String.fromCodePoint(isOne ? code : REPLACEMENT)
  }
}
