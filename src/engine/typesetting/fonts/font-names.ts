import type { ReadBytes, SfntTables } from './sfnt.ts'

/** What a font says of itself. */
export interface FontNames {
  /** Of the family, in every language that the font tells it in; lower case. */
  readonly families: readonly string[]
  /** Of this font alone, such as "dejavu sans bold" and "dejavusans-bold". */
  readonly own: readonly string[]
  /** From 1 to 1000; 400 is regular and 700 bold. */
  readonly weight: number
  readonly slanted: boolean
  /** From 1 to 9; 5 is neither condensed nor expanded. */
  readonly width: number
}

/** The numbers of names (OpenType 1.9, "name", Name IDs). */
const FAMILY_NAMES = [1, 16]
const OWN_NAMES = [4, 6]

const MOST_NAME_BYTES = 200_000

/** Reads the names and the style of a font; undefined for one without names, or without outlines to draw. */
export function readFontNames({ tables }: SfntTables, read: ReadBytes): FontNames | undefined {
  const hasOutlines = ['glyf', 'CFF ', 'CFF2'].some((tag) => tables.has(tag))
  const place = tables.get('name')
  if (!hasOutlines || place === undefined || !tables.has('cmap')) return undefined
  const names = readNames(read(place.offset, Math.min(place.length, MOST_NAME_BYTES)))
  const pick = (ids: readonly number[]): readonly string[] => [
    ...new Set(names.filter(({ id }) => ids.includes(id)).map(({ name }) => name)),
  ]
  const families = pick(FAMILY_NAMES)
  if (families.length === 0) return undefined
  return { families, own: pick(OWN_NAMES), ...readStyle(tables, read) }
}

function readStyle(
  tables: SfntTables['tables'],
  read: ReadBytes,
): Pick<FontNames, 'weight' | 'slanted' | 'width'> {
  const place = tables.get('OS/2')
  const style = place && read(place.offset, 64)
  if (style === undefined || style.length < 64) return { weight: 400, slanted: false, width: 5 }
  // Bit 0 is italic, and bit 9 oblique.
  const slanted = (style.readUInt16BE(62) & 0x201) !== 0
  return { weight: style.readUInt16BE(4), slanted, width: style.readUInt16BE(6) }
}

function readNames(table: Buffer): readonly { readonly id: number; readonly name: string }[] {
  if (table.length < 6) return []
  const count = table.readUInt16BE(2)
  const strings = table.readUInt16BE(4)
  const names = []
  for (let at = 6; at < 6 + count * 12 && at + 12 <= table.length; at += 12) {
    const start = strings + table.readUInt16BE(at + 10)
    const bytes = table.subarray(start, start + table.readUInt16BE(at + 8))
    const name = decodeName(table.readUInt16BE(at), bytes).trim().toLowerCase()
    if (name !== '') names.push({ id: table.readUInt16BE(at + 6), name })
  }
  return names
}

const UTF_16 = new TextDecoder('utf-16be')

function decodeName(platform: number, bytes: Buffer): string {
  // Of Macintosh only what is ASCII, as its other letters are in the names for Windows as well.
  return platform === 1 ? bytes.toString('latin1') : UTF_16.decode(bytes)
}
