import { RequestError } from '../request-error.ts'

/** What RTF is made of (RTF 1.6, "Basic Entities"). */
export type RtfToken =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  /** A control word such as `\fs24`, which has 24 as its number. */
  | { readonly kind: 'word'; readonly word: string; readonly number: number | undefined }
  /** A byte of the code page of a font, `\'e4`. */
  | { readonly kind: 'byte'; readonly byte: number }
  /** `\` and one character that is no letter. */
  | { readonly kind: 'symbol'; readonly symbol: string }
  | { readonly kind: 'text'; readonly text: string }

const TOKEN =
  /(?<open>\{)|(?<close>\})|\\(?<word>[a-zA-Z]+)(?<number>-?\d{1,9})? ?|\\'(?<byte>[0-9a-fA-F]{2})|\\(?<symbol>[^a-zA-Z])|(?<text>[^{}\\]+)/gsuy

/**
 * Cuts RTF into what it is made of.
 *
 * @throws {@link RequestError} for a backslash with nothing behind it
 */
export function* splitRtf(rtf: string): Generator<RtfToken> {
  let end = 0
  for (const { 0: whole, groups = {} } of rtf.matchAll(TOKEN)) {
    end += whole.length
    const { open, close, word, number, byte, symbol, text } = groups
    if (open !== undefined) yield { kind: 'open' }
    else if (close !== undefined) yield { kind: 'close' }
    else if (word !== undefined) {
      yield { kind: 'word', word, number: number === undefined ? undefined : Number(number) }
    } else if (byte !== undefined) yield { kind: 'byte', byte: Number.parseInt(byte, 16) }
    else if (symbol !== undefined) yield { kind: 'symbol', symbol }
    else if (text !== undefined) yield { kind: 'text', text }
  }
  if (end < rtf.length) {
    throw new RequestError(
      'text= ends with a single backslash; a backslash is written as two of them.',
      'text',
    )
  }
}
