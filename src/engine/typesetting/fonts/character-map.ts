/** Whether a font has a glyph of its own for a code point. */
export type CoversLetter = (codePoint: number) => boolean

/** Which glyphs the letters of a font are. */
export interface GlyphMap {
  /** The number of the glyph that there is for a code point; 0 where there is none. */
  readonly glyphOf: (codePoint: number) => number
  /** The first and the last code point of each row of letters, of which some may have no glyph. */
  readonly rows: () => readonly (readonly [first: number, last: number])[]
}

const NOTHING: GlyphMap = { glyphOf: () => 0, rows: () => [] }

/** Which subtables know the most letters, by platform and encoding (OpenType 1.9, "cmap"); the best first. */
const PREFERRED = ['3/10', '0/6', '0/4', '3/1', '0/3', '0/2', '0/1', '0/0']

/** Reads which letters a font has, see {@link readGlyphMap}. */
export function readCharacterMap(table: Buffer): CoversLetter {
  const { glyphOf } = readGlyphMap(table)
  return (codePoint) => glyphOf(codePoint) !== 0
}

/** Reads which glyphs the letters of a font are. Formats 4 and 12 are read, which are those of all fonts with Unicode. */
export function readGlyphMap(table: Buffer): GlyphMap {
  try {
    return readBest(table)
  } catch {
    // A font that is damaged has no letters that could be asked of it.
    return NOTHING
  }
}

function readBest(table: Buffer): GlyphMap {
  const places = new Map<string, number>()
  for (let index = 0; index < table.readUInt16BE(2); index += 1) {
    const at = 4 + index * 8
    const name = `${table.readUInt16BE(at)}/${table.readUInt16BE(at + 2)}`
    places.set(name, table.readUInt32BE(at + 4))
  }
  for (const name of PREFERRED) {
    const place = places.get(name)
    if (place === undefined) continue
    const map = table.subarray(place)
    const format = map.readUInt16BE(0)
    if (format === 4) return readSegments(map)
    if (format === 12) return readGroups(map)
  }
  return NOTHING
}

/** Segments of up to 65,536 letters, each with what is added to a code, or a list of glyphs. */
function readSegments(map: Buffer): GlyphMap {
  const count = map.readUInt16BE(6) / 2
  const ends = 14
  const starts = ends + count * 2 + 2
  const deltas = starts + count * 2
  const ranges = deltas + count * 2
  const endOf = (index: number): number => map.readUInt16BE(ends + index * 2)
  const startOf = (index: number): number => map.readUInt16BE(starts + index * 2)

  function glyphOf(codePoint: number): number {
    if (codePoint > 0xffff) return 0
    const index = firstAtLeast(count, codePoint, endOf)
    if (index === count) return 0
    const start = startOf(index)
    if (start > codePoint) return 0
    const delta = map.readUInt16BE(deltas + index * 2)
    const range = map.readUInt16BE(ranges + index * 2)
    if (range === 0) return (codePoint + delta) & 0xffff
    const at = ranges + index * 2 + range + (codePoint - start) * 2
    const listed = at + 2 <= map.length ? map.readUInt16BE(at) : 0
    return listed === 0 ? 0 : (listed + delta) & 0xffff
  }

  return { glyphOf, rows: () => rowsOf(count, startOf, endOf) }
}

/** Groups of letters that follow each other as their glyphs do. */
function readGroups(map: Buffer): GlyphMap {
  const count = Math.min(map.readUInt32BE(12), Math.floor((map.length - 16) / 12))
  const startOf = (index: number): number => map.readUInt32BE(16 + index * 12)
  const endOf = (index: number): number => map.readUInt32BE(20 + index * 12)

  function glyphOf(codePoint: number): number {
    const index = firstAtLeast(count, codePoint, endOf)
    if (index === count) return 0
    const start = startOf(index)
    return start > codePoint ? 0 : map.readUInt32BE(24 + index * 12) + codePoint - start
  }

  return { glyphOf, rows: () => rowsOf(count, startOf, endOf) }
}

function rowsOf(
  count: number,
  startOf: (index: number) => number,
  endOf: (index: number) => number,
): readonly (readonly [first: number, last: number])[] {
  return Array.from({ length: count }, (_, index) => [startOf(index), endOf(index)] as const)
}

/** The first index whose value is not below a number, of values that rise. */
function firstAtLeast(count: number, wanted: number, valueAt: (index: number) => number): number {
  let [from, until] = [0, count]
  while (from < until) {
    const middle = (from + until) >> 1
    if (valueAt(middle) < wanted) from = middle + 1
    else until = middle
  }
  return from
}
