import { DOS_CODE_PAGES } from './dos.ts'

/** The encodings of code pages, by the numbers that Windows gave them; others are like Western Europe's. */
const BY_CODE_PAGE = new Map<number, string>([
  ...Array.from(DOS_CODE_PAGES.keys(), (number): [number, string] => [
    Number(number),
    `ibm${number}`,
  ]),
  [866, 'ibm866'],
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gb18030'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [1200, 'utf-16le'],
  [10000, 'macintosh'],
  [10007, 'x-mac-cyrillic'],
  [20866, 'koi8-r'],
  [21866, 'koi8-u'],
  [28592, 'iso-8859-2'],
  [28595, 'iso-8859-5'],
  [65001, 'utf-8'],
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((n): [number, string] => [1250 + n, `windows-125${n}`]),
])

/** The encoding of a code page, as `toDecoder` knows it. */
export function readCodePage(codePage: number): string {
  return BY_CODE_PAGE.get(codePage) ?? 'windows-1252'
}
