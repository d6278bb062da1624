import { endianness } from 'node:os'

/** The tables of a font with TrueType outlines, by their four letters (OpenType 1.9, "The OpenType Font File"). */
export type Tables = ReadonlyMap<string, Buffer>

/** Without these there are no outlines. */
const NEEDED = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp']

const OUTLINES = [0x00_01_00_00, 0x74_72_75_65]

/** Where it says how places are written, and how long the sum is. */
const LOCA_FORMAT = 50
const SUM_ADJUSTMENT = 8
const WHOLE_SUM = 0xb1_b0_af_ba
const LETTER_COUNT = 4
const METRICS_COUNT = 34

const IS_LITTLE_ENDIAN = endianness() === 'LE'

/** How wide a letter is, and how far from where it begins its outline does, in units of the font. */
export interface Metrics {
  readonly advance: number
  readonly bearing: number
}

/**
 * Finds the tables of a font.
 *
 * @returns undefined for another kind of font
 * @throws {RangeError} for a damaged one; so do the others of this file
 */
export function readTables(font: Buffer): Tables | undefined {
  if (!OUTLINES.includes(font.readUInt32BE(0))) return undefined
  const tables = new Map<string, Buffer>()
  for (let table = 0; table < font.readUInt16BE(4); table += 1) {
    const at = 12 + 16 * table
    const start = font.readUInt32BE(at + 8)
    const end = start + font.readUInt32BE(at + 12)
    if (end > font.length) return undefined
    tables.set(font.toString('latin1', at, at + 4), font.subarray(start, end))
  }
  return NEEDED.every((each) => tables.has(each)) ? tables : undefined
}

/** The table of a name. */
export function tableOf(tables: Tables, tag: string): Buffer {
  const table = tables.get(tag)
  if (table === undefined) throw new RangeError(`the font has no ${tag}`)
  return table
}

/** How many letters a font has. */
export function countLetters(tables: Tables): number {
  return tableOf(tables, 'maxp').readUInt16BE(LETTER_COUNT)
}

/** Has each letter of a font found by its number: its outline as it is in the file, which is empty where it shows nothing. */
export function outlinesOf(tables: Tables): (letter: number) => Buffer {
  const glyf = tableOf(tables, 'glyf')
  const placeOf = placesOf(tables)
  return (letter) => {
    const [start, end] = [placeOf(letter), placeOf(letter + 1)]
    if (start > end || end > glyf.length) throw new RangeError(`letter ${letter} has no outline`)
    return glyf.subarray(start, end)
  }
}

/** Has where an outline begins found by its number. */
function placesOf(tables: Tables): (letter: number) => number {
  const loca = tableOf(tables, 'loca')
  const isLong = tableOf(tables, 'head').readUInt16BE(LOCA_FORMAT) === 1
  return (letter) => (isLong ? loca.readUInt32BE(letter * 4) : loca.readUInt16BE(letter * 2) * 2)
}

/** Has the metrics of each letter of a font found by its number. */
export function metricsOf(tables: Tables): (letter: number) => Metrics {
  const hmtx = tableOf(tables, 'hmtx')
  const pairs = tableOf(tables, 'hhea').readUInt16BE(METRICS_COUNT)
  if (pairs === 0) throw new RangeError('the font has no widths')
  return (letter) => {
    const advance = hmtx.readUInt16BE(Math.min(letter, pairs - 1) * 4)
    const at = letter < pairs ? letter * 4 + 2 : pairs * 4 + (letter - pairs) * 2
    // Some fonts leave the last ones out.
    return { advance, bearing: at + 2 <= hmtx.length ? hmtx.readInt16BE(at) : 0 }
  }
}

/**
 * Writes the tables that say how letters look, by their numbers: their outlines, where each is, and their metrics.
 *
 * @param tables - of a font, whose other facts stay
 */
export function writeLetters(
  tables: Tables,
  letters: readonly { readonly outline: Buffer; readonly metrics: Metrics }[],
): [tag: string, table: Buffer][] {
  const outlines: Buffer[] = []
  const places = Buffer.alloc((letters.length + 1) * 4)
  const hmtx = Buffer.alloc(letters.length * 4)
  let length = 0
  for (const [letter, { outline, metrics }] of letters.entries()) {
    const rest = (4 - (outline.length % 4)) % 4
    outlines.push(outline, Buffer.alloc(rest))
    length += outline.length + rest
    places.writeUInt32BE(length, (letter + 1) * 4)
    hmtx.writeUInt16BE(metrics.advance, letter * 4)
    hmtx.writeInt16BE(metrics.bearing, letter * 4 + 2)
  }
  return [
    ['glyf', Buffer.concat(outlines)],
    ['loca', places],
    ['hmtx', hmtx],
    ...countAnew(tables, letters.length),
  ]
}

/** Letters that a font gets behind its own. */
export interface AddedLetters {
  /** Their outlines behind each other, each beginning at a multiple of 4 bytes. */
  readonly outlines: Buffer
  /** Where each of them ends. */
  readonly ends: readonly number[]
  readonly metrics: readonly Metrics[]
}

/** Writes the tables of {@link writeLetters} for a font that gets letters behind its own. */
export function appendLetters(
  tables: Tables,
  { outlines, ends, metrics }: AddedLetters,
): [tag: string, table: Buffer][] {
  const count = countLetters(tables)
  const own = tableOf(tables, 'glyf')
  const rest = (4 - (own.length % 4)) % 4
  const [placeOf, metricOf] = [placesOf(tables), metricsOf(tables)]
  const places = Buffer.alloc((count + ends.length + 1) * 4)
  const hmtx = Buffer.alloc((count + ends.length) * 4)
  for (let letter = 0; letter < count + ends.length; letter += 1) {
    const added = letter - count
    const end =
      added < 0 ? placeOf(letter + 1) : own.length + rest + (ends[added] ?? outlines.length)
    const { advance, bearing } = metrics[added] ?? metricOf(letter)
    places.writeUInt32BE(end, (letter + 1) * 4)
    hmtx.writeUInt16BE(advance, letter * 4)
    hmtx.writeInt16BE(bearing, letter * 4 + 2)
  }
  // The last of its own goes on to where the first one begins.
  places.writeUInt32BE(own.length + rest, count * 4)
  return [
    ['glyf', Buffer.concat([own, Buffer.alloc(rest), outlines])],
    ['loca', places],
    ['hmtx', hmtx],
    ...countAnew(tables, count + ends.length),
  ]
}

/** The tables that say how many letters there are, and how their places are written. */
function countAnew(tables: Tables, count: number): [tag: string, table: Buffer][] {
  const head = Buffer.from(tableOf(tables, 'head'))
  head.writeUInt16BE(1, LOCA_FORMAT)
  head.writeUInt32BE(0, SUM_ADJUSTMENT)
  const maxp = Buffer.from(tableOf(tables, 'maxp'))
  maxp.writeUInt16BE(count, LETTER_COUNT)
  const hhea = Buffer.from(tableOf(tables, 'hhea'))
  hhea.writeUInt16BE(count, METRICS_COUNT)
  return [
    ['head', head],
    ['maxp', maxp],
    ['hhea', hhea],
  ]
}

/** Writes a font of its tables. */
export function writeTables(tables: Tables): Buffer {
  const tags = [...tables.keys()].toSorted()
  const fit = 2 ** Math.floor(Math.log2(tags.length))
  const directory = Buffer.alloc(12 + 16 * tags.length)
  directory.writeUInt32BE(0x00_01_00_00, 0)
  directory.writeUInt16BE(tags.length, 4)
  directory.writeUInt16BE(fit * 16, 6)
  directory.writeUInt16BE(Math.log2(fit), 8)
  directory.writeUInt16BE((tags.length - fit) * 16, 10)
  const parts = [directory]
  let at = directory.length
  let head = 0
  let sum = 0
  for (const [index, tag] of tags.entries()) {
    const table = tableOf(tables, tag)
    const padded = Buffer.alloc(Math.ceil(table.length / 4) * 4)
    table.copy(padded)
    const entry = 12 + 16 * index
    directory.write(tag, entry, 'latin1')
    const own = sumOf(padded)
    sum += own
    directory.writeUInt32BE(own, entry + 4)
    directory.writeUInt32BE(at, entry + 8)
    directory.writeUInt32BE(table.length, entry + 12)
    if (tag === 'head') head = at
    parts.push(padded)
    at += padded.length
  }
  const font = Buffer.concat(parts)
  font.writeUInt32BE((WHOLE_SUM - sum - sumOf(directory)) >>> 0, head + SUM_ADJUSTMENT)
  return font
}

function sumOf(bytes: Buffer): number {
  const words = new Uint32Array(bytes.length / 4)
  Buffer.from(words.buffer).set(bytes)
  if (IS_LITTLE_ENDIAN) Buffer.from(words.buffer).swap32()
  let sum = 0
  for (const word of words) sum = (sum + word) | 0
  return sum >>> 0
}
