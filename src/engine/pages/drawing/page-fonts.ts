import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { deflateSync } from 'node:zlib'
import { readSfnt } from '../../typesetting/fonts/sfnt.ts'
import { toNumber } from './number.ts'
import type { PlacedGlyph } from './page.ts'
import { toBytes, toStream } from './pdf-objects.ts'

/** A font that is on pages, and what they have of it. */
export interface PageFont {
  /** How wide a glyph is, in thousandths of the size. */
  readonly widthOf: (glyph: number) => number
  /** Remembers glyphs that are on a page. */
  readonly learn: (glyphs: readonly PlacedGlyph[]) => void
  /**
   * Writes the font with its file, whose glyphs are called by their numbers (ISO 32000-1, 9.7).
   *
   * @param first - the number of the first of its objects, which is the font
   */
  readonly write: (first: number) => readonly Buffer[]
}

/**
 * Opens a font for pages.
 *
 * @param path - of a file with TrueType outlines
 */
export function openPageFont(path: string): PageFont {
  const file = readFileSync(path)
  const widthOf = readWidths(file)
  const letters = new Map<number, string>()
  return {
    widthOf,
    learn(glyphs) {
      for (const glyph of glyphs) {
        if (!letters.get(glyph.id)) letters.set(glyph.id, glyph.letters)
      }
    },
    write(first) {
      const name = basename(path).replaceAll(/\.\w+$|[^A-Za-z0-9]/g, '') || 'Font'
      const [descendant, descriptor, embedded, toUnicode] = [1, 2, 3, 4].map((each) => first + each)
      const widths = Array.from(letters.keys(), (id) => `${id}[${toNumber(widthOf(id))}]`)
      return [
        toBytes(
          `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${toUnicode} 0 R>>`,
        ),
        toBytes(
          `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${descriptor} 0 R/W[${widths.join('')}]/CIDToGIDMap/Identity>>`,
        ),
        toBytes(
          `<</Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[-1000 -400 2000 1200]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80/FontFile2 ${embedded} 0 R>>`,
        ),
        toStream(`/Filter/FlateDecode/Length1 ${file.length}`, deflateSync(file, { level: 1 })),
        toStream('/Filter/FlateDecode', deflateSync(toBytes(writeLetters(letters)))),
      ]
    },
  }
}

/** Reads how wide glyphs are, of which the last ones may be as wide as each other (OpenType 1.9, "hmtx"). */
function readWidths(file: Buffer): (glyph: number) => number {
  const [font] = readSfnt((offset, length) => file.subarray(offset, offset + length))
  const table = (tag: string): Buffer => {
    const { offset = 0, length = 0 } = font?.tables.get(tag) ?? {}
    return file.subarray(offset, offset + length)
  }
  const [head, header, metrics] = [table('head'), table('hhea'), table('hmtx')]
  if (head.length < 20 || header.length < 36) return () => 0
  const unitsPerEm = head.readUInt16BE(18) || 1
  const count = Math.min(header.readUInt16BE(34), Math.floor(metrics.length / 4))
  if (count === 0) return () => 0
  return (glyph) => (metrics.readUInt16BE(Math.min(glyph, count - 1) * 4) / unitsPerEm) * 1000
}

/** So many lines may stand in one list of a map (Adobe Technical Note 5014). */
const MOST_LINES = 100

function writeLetters(letters: ReadonlyMap<number, string>): string {
  const lines = Array.from(letters)
    .filter(([, text]) => text !== '')
    .map(([id, text]) => {
      const units = Buffer.from(text, 'utf16le').swap16().toString('hex')
      return `<${id.toString(16).padStart(4, '0')}> <${units}>`
    })
  const lists: string[] = []
  for (let at = 0; at < lines.length; at += MOST_LINES) {
    const list = lines.slice(at, at + MOST_LINES)
    lists.push(`${list.length} beginbfchar\n${list.join('\n')}\nendbfchar`)
  }
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Letters def /CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${lists.join('\n')}
endcmap end end`
}
