/** What takes the tokens of an RTF file. */
export interface RtfHandler {
  open(): void
  close(): void
  /** A control word, such as `fs` and 24 of `\fs24`, or a control symbol, such as `~` of `\~`. */
  control(word: string, parameter: number | undefined): void
  /** A byte written as `\'e4`. */
  byte(byte: number): void
  /** Characters as they stand, each of them a byte. */
  text(text: string): void
}

/** No control word has as many characters, says the specification. */
const LONGEST_WORD = 64

const PLAIN = /[^{}\\\r\n]+/y
const WORD = /([a-z]{1,32})(-?\d{1,10})? ?/iy

/**
 * Splits an RTF file into its tokens (Rich Text Format 1.9.1, "Conventions of an RTF Reader").
 *
 * @param chunks - the bytes of the file
 */
export function readRtfTokens(chunks: Iterable<Buffer>, handler: RtfHandler): void {
  /** Bytes of `\bin` still to come, which are no text. */
  let binary = 0
  let rest = ''

  /** @returns how many characters the token at `at` has; 0 when more of the file has to be read first */
  function readToken(text: string, at: number, isLast: boolean): number {
    const character = text.charAt(at)
    if (character === '{' || character === '}') {
      if (character === '{') handler.open()
      else handler.close()
      return 1
    }
    if (character === '\r' || character === '\n') return 1
    if (character !== '\\') {
      PLAIN.lastIndex = at
      const plain = PLAIN.exec(text)?.[0] ?? character
      handler.text(plain)
      return plain.length
    }
    if (text.length - at < LONGEST_WORD && !isLast) return 0
    return readControl(text, at + 1) + 1
  }

  function readControl(text: string, at: number): number {
    WORD.lastIndex = at
    const [token, word, digits] = WORD.exec(text) ?? []
    if (token !== undefined && word !== undefined) {
      const parameter = digits === undefined ? undefined : Number(digits)
      if (word === 'bin') binary = Math.max(parameter ?? 0, 0)
      else handler.control(word, parameter)
      return token.length
    }
    const symbol = text.charAt(at)
    if (symbol !== "'") {
      handler.control(symbol, undefined)
      return 1
    }
    const hex = /^[\da-f]{2}/i.exec(text.slice(at + 1, at + 3))?.[0]
    if (hex === undefined) return 1
    handler.byte(Number.parseInt(hex, 16))
    return 3
  }

  function read(text: string, isLast: boolean): void {
    let at = 0
    while (at < text.length) {
      if (binary > 0) {
        const skipped = Math.min(binary, text.length - at)
        binary -= skipped
        at += skipped
        continue
      }
      const length = readToken(text, at, isLast)
      if (length === 0) break
      at += length
    }
    rest = text.slice(at)
  }

  for (const chunk of chunks) read(rest + chunk.toString('latin1'), false)
  read(rest, true)
}
