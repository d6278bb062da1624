/** One font of a file: the tables of it that say what it is, and how its letters are drawn. */
export interface SfntTables {
  /** Where a table is, by its four letters; in bytes from the start of the file. */
  readonly tables: ReadonlyMap<string, { readonly offset: number; readonly length: number }>
}

/** Reads bytes of a file; fewer where it ends earlier. */
export type ReadBytes = (offset: number, length: number) => Buffer

/** More than any font has. */
const MOST_TABLES = 200
const MOST_FONTS = 100

const COLLECTION = 'ttcf'
const SIGNATURES = ['\u0000\u0001\u0000\u0000', 'OTTO', 'true']

/**
 * Finds the fonts of a TrueType or OpenType file, or of a collection of them (OpenType 1.9, "The OpenType Font File").
 *
 * @returns none for a file that is of another kind, or damaged
 */
export function readSfnt(read: ReadBytes): readonly SfntTables[] {
  const head = read(0, 12)
  if (head.length < 12) return []
  if (head.toString('latin1', 0, 4) !== COLLECTION) return readDirectory(read, 0)
  const count = Math.min(MOST_FONTS, head.readUInt32BE(8))
  const offsets = read(12, count * 4)
  if (offsets.length < count * 4) return []
  return Array.from({ length: count }, (_, index) => offsets.readUInt32BE(index * 4)).flatMap(
    (offset) => readDirectory(read, offset),
  )
}

function readDirectory(read: ReadBytes, start: number): readonly SfntTables[] {
  const head = read(start, 12)
  if (head.length < 12 || !SIGNATURES.includes(head.toString('latin1', 0, 4))) return []
  const count = Math.min(MOST_TABLES, head.readUInt16BE(4))
  const entries = read(start + 12, count * 16)
  if (entries.length < count * 16) return []
  const tables = Array.from({ length: count }, (_, index) => {
    const at = index * 16
    const offset = entries.readUInt32BE(at + 8)
    const length = entries.readUInt32BE(at + 12)
    return [entries.toString('latin1', at, at + 4), { offset, length }] as const
  })
  return [{ tables: new Map(tables) }]
}
