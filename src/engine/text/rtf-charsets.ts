/** The encodings of code pages, by the numbers that Windows gave them; others are like Western Europe's. */
const BY_CODE_PAGE = new Map<number, string>([
  [437, 'windows-1252'],
  [866, 'ibm866'],
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gb18030'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [10000, 'macintosh'],
  [10007, 'x-mac-cyrillic'],
  [20866, 'koi8-r'],
  [21866, 'koi8-u'],
  [28592, 'iso-8859-2'],
  [28595, 'iso-8859-5'],
  [65001, 'utf-8'],
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((n): [number, string] => [1250 + n, `windows-125${n}`]),
])

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

export function readCodePage(codePage: number): string {
  return BY_CODE_PAGE.get(codePage) ?? 'windows-1252'
}

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
