import { dec } from 'dingbat-to-unicode'

/** Where fonts of symbols have their characters besides: the private use area of Unicode. */
const PRIVATE = 0xf000

/**
 * The character of a font of symbols such as Wingdings.
 *
 * @param code - its number in the font
 * @returns nothing where nobody knows the font
 */
export function readSymbol(font: string, code: number): string {
  if (!Number.isInteger(code) || code > 0xffff) return ''
  const isPrivate = code >= PRIVATE && code <= PRIVATE + 0xff
  const known = dec(font, String(isPrivate ? code - PRIVATE : code))?.string
  return known ?? (isPrivate ? '' : String.fromCharCode(code))
}

/** Fonts of which every character is a symbol, whatever letter it is elsewhere. */
const SYMBOL_FONT = /^(symbol|wingdings( [23])?|webdings|zapf ?dingbats)$/i

/** Whether the characters of a font are symbols, whatever letters they are elsewhere. */
export function isSymbolFont(font: string): boolean {
  return SYMBOL_FONT.test(font)
}

/** A text in a font: as it is, unless it is one of symbols. */
export function readSymbols(font: string, text: string): string {
  if (!isSymbolFont(font)) return text
  return Array.from(text, (each) => {
    const code = each.codePointAt(0) ?? 0
    return code > 0x20 && code !== 0xa0 ? readSymbol(font, code) : each
  }).join('')
}
