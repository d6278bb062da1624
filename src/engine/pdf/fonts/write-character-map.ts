/** For Unicode on Windows, which is what readers of fonts look for first. */
const WINDOWS = 3
const UNICODE_OF_PLANE = 1

/** The code by which the list ends (OpenType 1.9, cmap, Format 4). */
const LAST_CODE = 0xff_ff

/**
 * Writes which glyphs the letters of a font are: of the first plane, in format 4.
 *
 * @param glyphs - by code point
 */
export function writeCharacterMap(glyphs: ReadonlyMap<number, number>): Buffer {
  const segments = segmentsOf(glyphs)
  const count = segments.length
  const fit = 2 ** Math.floor(Math.log2(count))
  const map = Buffer.alloc(16 + count * 8)
  const head = [4, map.length, 0, count * 2, fit * 2, Math.log2(fit), (count - fit) * 2]
  for (const [index, value] of head.entries()) map.writeUInt16BE(value, index * 2)
  for (const [index, { first, last, glyph }] of segments.entries()) {
    map.writeUInt16BE(last, 14 + index * 2)
    map.writeUInt16BE(first, 16 + (count + index) * 2)
    map.writeUInt16BE((glyph - first) & 0xff_ff, 16 + (count * 2 + index) * 2)
  }
  const table = Buffer.alloc(12)
  table.writeUInt16BE(1, 2)
  table.writeUInt16BE(WINDOWS, 4)
  table.writeUInt16BE(UNICODE_OF_PLANE, 6)
  table.writeUInt32BE(table.length, 8)
  return Buffer.concat([table, map])
}

/** Letters that follow each other as their glyphs do. */
interface Segment {
  readonly first: number
  readonly last: number
  readonly glyph: number
}

function segmentsOf(glyphs: ReadonlyMap<number, number>): readonly Segment[] {
  const segments: { first: number; last: number; glyph: number }[] = []
  for (const code of Uint32Array.from(glyphs.keys()).toSorted()) {
    const glyph = glyphs.get(code) ?? 0
    if (code >= LAST_CODE) break
    const open = segments.at(-1)
    if (open && code === open.last + 1 && glyph - open.glyph === code - open.first) open.last = code
    else segments.push({ first: code, last: code, glyph })
  }
  return [...segments, { first: LAST_CODE, last: LAST_CODE, glyph: 0 }]
}
