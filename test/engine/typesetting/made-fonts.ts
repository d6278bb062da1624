import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const COUSINE = readFileSync(
  fileURLToPath(
    import.meta.resolve('@expo-google-fonts/cousine/400Regular/Cousine_400Regular.ttf'),
  ),
)

/** A font to be made of Cousine, whose letters are 0.6 ems wide. */
export interface MadeFont {
  readonly family: string
  readonly own?: string
  readonly weight?: number
  readonly slanted?: boolean
  /** The letters that it has, all of which look like A; those of Cousine unless told. */
  readonly letters?: string
}

/** Makes the file of a font. */
export function fontFile(font: MadeFont): Buffer {
  return writeFont(tablesOf(font), 0)
}

/** Makes the file of a collection of fonts. */
export function collectionFile(fonts: readonly MadeFont[]): Buffer {
  const head = Buffer.alloc(12 + fonts.length * 4)
  head.write('ttcf', 0, 'latin1')
  head.writeUInt32BE(0x10000, 4)
  head.writeUInt32BE(fonts.length, 8)
  const parts: Buffer[] = [head]
  let at = head.length
  for (const [index, font] of fonts.entries()) {
    head.writeUInt32BE(at, 12 + index * 4)
    const part = writeFont(tablesOf(font), at)
    parts.push(part)
    at += part.length
  }
  return Buffer.concat(parts)
}

function tablesOf({ family, own = family, weight = 400, slanted = false, letters }: MadeFont) {
  const tables = new Map<string, Buffer>()
  for (let index = 0; index < COUSINE.readUInt16BE(4); index += 1) {
    const at = 12 + index * 16
    const start = COUSINE.readUInt32BE(at + 8)
    const table = COUSINE.subarray(start, start + COUSINE.readUInt32BE(at + 12))
    tables.set(COUSINE.toString('latin1', at, at + 4), Buffer.from(table))
  }
  const style = tables.get('OS/2') ?? Buffer.alloc(0)
  style.writeUInt16BE(weight, 4)
  style.writeUInt16BE(slanted ? 1 : 0x40, 62)
  tables.set(
    'name',
    nameTable([
      [1, family],
      [4, own],
    ]),
  )
  if (letters !== undefined) tables.set('cmap', groupsTable(letters))
  return tables
}

function writeFont(tables: ReadonlyMap<string, Buffer>, start: number): Buffer {
  const head = Buffer.alloc(12 + tables.size * 16)
  head.writeUInt32BE(0x10000, 0)
  head.writeUInt16BE(tables.size, 4)
  const parts = [head]
  let at = head.length
  for (const [index, [tag, table]] of [...tables].entries()) {
    const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)])
    const entry = 12 + index * 16
    head.write(tag, entry, 'latin1')
    head.writeUInt32BE(start + at, entry + 8)
    head.writeUInt32BE(table.length, entry + 12)
    parts.push(padded)
    at += padded.length
  }
  return Buffer.concat(parts)
}

function nameTable(names: readonly (readonly [number, string])[]): Buffer {
  const head = Buffer.alloc(6 + names.length * 12)
  head.writeUInt16BE(names.length, 2)
  head.writeUInt16BE(head.length, 4)
  const strings = names.map(([, name]) => Buffer.from(name, 'utf16le').swap16())
  let at = 0
  for (const [index, [id]] of names.entries()) {
    const length = strings[index]?.length ?? 0
    for (const [place, value] of [3, 1, 0x409, id, length, at].entries()) {
      head.writeUInt16BE(value, 6 + index * 12 + place * 2)
    }
    at += length
  }
  return Buffer.concat([head, ...strings])
}

/** A map of letters in format 12, each to the glyph of A. */
export function groupsTable(letters: string): Buffer {
  const codes = Array.from(letters, (letter) => letter.codePointAt(0) ?? 0).toSorted(
    (a, b) => a - b,
  )
  const table = Buffer.alloc(28 + codes.length * 12)
  for (const [place, value] of [0, 1, 3, 10].entries()) table.writeUInt16BE(value, place * 2)
  table.writeUInt32BE(12, 8)
  table.writeUInt16BE(12, 12)
  table.writeUInt32BE(table.length - 12, 16)
  table.writeUInt32BE(codes.length, 24)
  for (const [index, code] of codes.entries()) {
    for (const [place, value] of [code, code, 36].entries()) {
      table.writeUInt32BE(value, 28 + index * 12 + place * 4)
    }
  }
  return table
}
