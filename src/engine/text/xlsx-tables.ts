import { tooMany } from '../../packages/document-errors.ts'
import { addTo } from '../../packages/limited-list.ts'
import { readAttribute } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'
import { type NumberFormat, readFormatCode, readFormatNumber } from './xlsx-number.ts'

/** As many strings, and as many characters of them, as are kept for the cells that refer to them. */
export const MAX_STRINGS = 4_000_000
const MAX_STRING_CHARACTERS = 128_000_000

/** The text of a string, which may come in several runs; how to pronounce it does not belong to it. */
export const STRING_SKIPPED: ReadonlySet<string> = new Set(['rPh', 'phoneticPr', 'rPr'])

/** Characters that XML has no way to write are `_x000D_` in a string (ECMA-376, part 1, 22.9.2.19). */
export function unescapeString(text: string): string {
  return text.replace(/_x([\da-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** Reads the strings that cells share. */
export async function readSharedStrings(parts: Package, part: string): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let inText = false
  let characters = 0
  await parts.parse(
    part,
    {
      open(name) {
        inText = name === 't'
        if (name === 'si') text = ''
      },
      close(name) {
        inText = false
        if (name !== 'si') return
        strings.push(unescapeString(text))
        if (strings.length > MAX_STRINGS) throw tooMany(MAX_STRINGS, 'texts of cells')
      },
      text(piece) {
        if (!inText) return
        characters += piece.length
        if (characters > MAX_STRING_CHARACTERS) {
          throw tooMany(MAX_STRING_CHARACTERS, 'characters in texts of cells')
        }
        text += piece
      },
    },
    STRING_SKIPPED,
  )
  return strings
}

/** Reads how the numbers of cells are displayed, by the style of the cell. */
export async function readCellStyles(parts: Package, part: string): Promise<NumberFormat[]> {
  const codes: [format: number, code: string][] = []
  const formats: number[] = []
  let table = ''
  await parts.parse(part, {
    open(name, attributes) {
      if (name === 'cellXfs' || name === 'numFmts') table = name
      const format = Number(readAttribute(attributes, 'numFmtId') ?? 0)
      if (table === 'cellXfs' && name === 'xf') addTo(formats, format)
      if (table === 'numFmts' && name === 'numFmt') {
        addTo(codes, [format, readAttribute(attributes, 'formatCode') ?? ''])
      }
    },
    close(name) {
      if (name === table) table = ''
    },
  })
  const byNumber = new Map(codes.map(([number, code]) => [number, readFormatCode(code)]))
  return formats.map((number) => byNumber.get(number) ?? readFormatNumber(number))
}
