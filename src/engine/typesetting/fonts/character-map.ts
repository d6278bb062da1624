/** Whether a font has a glyph of its own for a code point. */
export type CoversLetter = (codePoint: number) => boolean

/** Which subtables know the most letters, by platform and encoding (OpenType 1.9, "cmap"); the best first. */
const PREFERRED = ['3/10', '0/6', '0/4', '3/1', '0/3', '0/2', '0/1', '0/0']

/** Reads which letters a font has. Formats 4 and 12 are read, which are those of all fonts with Unicode. */
export function readCharacterMap(table: Buffer): CoversLetter {
  try {
    return readBest(table)
  } catch {
    // A font that is damaged has no letters that could be asked of it.
    return () => false
  }
}

function readBest(table: Buffer): CoversLetter {
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
  return () => false
}

/** Segments of up to 65,536 letters, each with what is added to a code, or a list of glyphs. */
function readSegments(map: Buffer): CoversLetter {
  const count = map.readUInt16BE(6) / 2
  const ends = 14
  const starts = ends + count * 2 + 2
  const deltas = starts + count * 2
  const ranges = deltas + count * 2
  return (codePoint) => {
    if (codePoint > 0xffff) return false
    const index = firstAtLeast(count, codePoint, (each) => map.readUInt16BE(ends + each * 2))
    if (index === count) return false
    const start = map.readUInt16BE(starts + index * 2)
    if (start > codePoint) return false
    const delta = map.readUInt16BE(deltas + index * 2)
    const range = map.readUInt16BE(ranges + index * 2)
    if (range === 0) return ((codePoint + delta) & 0xffff) !== 0
    const at = ranges + index * 2 + range + (codePoint - start) * 2
    return at + 2 <= map.length && map.readUInt16BE(at) !== 0
  }
}

/** Groups of letters that follow each other as their glyphs do. */
function readGroups(map: Buffer): CoversLetter {
  const count = Math.min(map.readUInt32BE(12), Math.floor((map.length - 16) / 12))
  return (codePoint) => {
    const index = firstAtLeast(count, codePoint, (each) => map.readUInt32BE(20 + each * 12))
    if (index === count) return false
    const start = map.readUInt32BE(16 + index * 12)
    return start <= codePoint && map.readUInt32BE(24 + index * 12) + codePoint - start !== 0
  }
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
