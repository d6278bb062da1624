/** The letters of base 64, by what they mean. */
const DIGITS = new Map(
  Array.from(
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
    (letter, index) => [letter.charCodeAt(0), index] as const,
  ),
)

const PLUS = 0x2b
const MINUS = 0x2d

/** Decodes UTF-7 (RFC 2152), which old mails are in: letters of ASCII as they are, and all else in base 64 between `+` and `-`. */
export class Utf7Decoder {
  readonly encoding = 'utf-7'
  readonly #fatal: boolean
  /** Bits of a unit of UTF-16 that has begun, and how many; undefined outside of base 64. */
  #bits: { value: number; count: number; isFirst: boolean } | undefined

  /** @param fatal - whether bytes beyond ASCII make it throw */
  constructor(fatal: boolean) {
    this.#fatal = fatal
  }

  decode(bytes: Uint8Array = new Uint8Array(), { stream = false } = {}): string {
    const text: string[] = []
    for (const byte of bytes) text.push(this.#read(byte))
    if (!stream) this.#bits = undefined
    return text.join('')
  }

  #read(byte: number): string {
    const bits = this.#bits
    if (bits === undefined) {
      if (byte === PLUS) this.#bits = { value: 0, count: 0, isFirst: true }
      else return this.#toCharacter(byte)
      return ''
    }
    const digit = DIGITS.get(byte)
    if (digit === undefined) {
      this.#bits = undefined
      if (byte === MINUS) return bits.isFirst ? '+' : ''
      return this.#toCharacter(byte)
    }
    bits.isFirst = false
    bits.value = (bits.value << 6) | digit
    bits.count += 6
    if (bits.count < 16) return ''
    bits.count -= 16
    const unit = (bits.value >> bits.count) & 0xffff
    bits.value &= (1 << bits.count) - 1
    return String.fromCharCode(unit)
  }

  #toCharacter(byte: number): string {
    if (byte < 0x80) return String.fromCharCode(byte)
    if (this.#fatal) throw new TypeError('The bytes are not of UTF-7.')
    return '\ufffd'
  }
}
