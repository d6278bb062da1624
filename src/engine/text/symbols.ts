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
