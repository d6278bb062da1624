import { readCodePage } from '../../sources/encoding/code-pages.ts'

/** The code pages of the character sets that fonts have (Rich Text Format 1.9.1, `\fcharset`). */
const BY_CHARACTER_SET = new Map<number, number>([
  [0, 1252],
  [77, 10000],
  [128, 932],
  [129, 949],
  [134, 936],
  [136, 950],
  [161, 1253],
  [162, 1254],
  [163, 1258],
  [177, 1255],
  [178, 1256],
  [186, 1257],
  [204, 1251],
  [222, 874],
  [238, 1250],
])

/** Encodings in which a byte may be the first of two. */
const IN_PAIRS: ReadonlySet<string> = new Set(['shift_jis', 'gb18030', 'euc-kr', 'big5'])

/** @returns undefined for a character set that says nothing, so that the document's counts */
export function readFontCharset(characterSet: number): string | undefined {
  const codePage = BY_CHARACTER_SET.get(characterSet)
  return codePage === undefined ? undefined : readCodePage(codePage)
}

/** Whether a byte is the first of two. */
export function isLeadByte(byte: number, encoding: string): boolean {
  if (!IN_PAIRS.has(encoding) || byte < 0x81 || byte > 0xfe) return false
  return encoding !== 'shift_jis' || byte < 0xa0 || (byte >= 0xe0 && byte <= 0xfc)
}
