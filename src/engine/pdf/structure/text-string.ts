import { isUtf8 } from 'node:buffer'

/** The letters of PDFDocEncoding that are not where Latin 1 has them (ISO 32000-2, D.2), from 0x18 and from 0x80 on. */
const ACCENTS = '˘ˇˆ˙˝˛˚˜'
const LETTERS = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\uFFFD€'

/** The escape of a language, which stands within texts in UTF-16 (ISO 32000-1, 7.9.2.2). */
// oxlint-disable-next-line no-control-regex
const LANGUAGE = /\u001b[^\u001b]*\u001b/g

/**
 * Decodes a text string: in UTF-16 either way round, in UTF-8 as PDF 2.0 has it, or in PDFDocEncoding (ISO 32000-2, 7.9.2.2).
 * What is UTF-8 without saying so is that, since in PDFDocEncoding nobody means it. Zeros that fill up the end are none
 * of the text.
 */
export function decodeTextString(bytes: Buffer): string {
  return decode(bytes).replaceAll(LANGUAGE, '').replace(/\0+$/, '')
}

function decode(bytes: Buffer): string {
  const [first, second, third] = bytes
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(bytes)
  const isAscii = bytes.every((byte) => byte < 0x80)
  return !isAscii && isUtf8(bytes)
    ? bytes.toString()
    : Array.from(bytes, (byte) => letterOf(byte)).join('')
}

function letterOf(byte: number): string {
  if (byte >= 0x18 && byte < 0x20) return ACCENTS[byte - 0x18] ?? ''
  if (byte >= 0x80 && byte <= 0xa0) return LETTERS[byte - 0x80] ?? ''
  return String.fromCharCode(byte)
}
