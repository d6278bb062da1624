/** What a font in a PDF is drawn by (ISO 32000-1, 9.9); all else is for programs that set text. */
const KEPT = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep']
/** Without these there is nothing to cut. */
const NEEDED = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp']

const OUTLINES = [0x00_01_00_00, 0x74_72_75_65]

/** Where it says how places are written, and how long the sum is. */
const LOCA_FORMAT = 50
const SUM_ADJUSTMENT = 8
const WHOLE_SUM = 0xb1_b0_af_ba
const LETTER_COUNT = 4
const METRICS_COUNT = 34

/** Flags of a part of a compound letter (OpenType 1.9, glyf). */
const HAS_WORDS = 0x1
const HAS_SCALE = 0x8
const HAS_MORE = 0x20
const HAS_TWO_SCALES = 0x40
const HAS_MATRIX = 0x80

type Tables = ReadonlyMap<string, Buffer>

/**
 * Takes letters out of a TrueType font that nobody sees. Those that are left keep their numbers.
 *
 * @param shown - the numbers of those that are left; the one for what is missing always is, and what letters are made of
 * @returns undefined for another kind of font, and for a damaged one
 */
export function cutTrueType(font: Buffer, shown: Iterable<number>): Buffer | undefined {
  try {
    const tables = readTables(font)
    return tables && writeTables(cut(tables, shown))
  } catch (error) {
    // What points out of a font is damaged.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function readTables(font: Buffer): Tables | undefined {
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

function tableOf(tables: Tables, tag: string): Buffer {
  const table = tables.get(tag)
  if (table === undefined) throw new RangeError(`the font has no ${tag}`)
  return table
}

function cut(tables: Tables, shown: Iterable<number>): Tables {
  const glyf = tableOf(tables, 'glyf')
  const loca = tableOf(tables, 'loca')
  const count = tableOf(tables, 'maxp').readUInt16BE(LETTER_COUNT)
  const isLong = tableOf(tables, 'head').readUInt16BE(LOCA_FORMAT) === 1
  const place = (letter: number): number =>
    isLong ? loca.readUInt32BE(letter * 4) : loca.readUInt16BE(letter * 2) * 2
  const outline = (letter: number): Buffer => {
    const [start, end] = [place(letter), place(letter + 1)]
    if (start > end || end > glyf.length) throw new RangeError(`letter ${letter} has no outline`)
    return glyf.subarray(start, end)
  }
  const left = withParts(shown, count, outline)
  const last = Math.max(...left)

  const outlines: Buffer[] = []
  const places = Buffer.alloc((last + 2) * 4)
  let length = 0
  for (let letter = 0; letter <= last; letter += 1) {
    if (left.has(letter)) {
      const own = outline(letter)
      const padded = Buffer.alloc(Math.ceil(own.length / 4) * 4)
      own.copy(padded)
      outlines.push(padded)
      length += padded.length
    }
    places.writeUInt32BE(length, (letter + 1) * 4)
  }
  const head = Buffer.from(tableOf(tables, 'head'))
  head.writeUInt16BE(1, LOCA_FORMAT)
  head.writeUInt32BE(0, SUM_ADJUSTMENT)
  const maxp = Buffer.from(tableOf(tables, 'maxp'))
  maxp.writeUInt16BE(last + 1, LETTER_COUNT)
  const { hhea, hmtx } = cutMetrics(tables, left, last + 1)
  return new Map([
    ...KEPT.flatMap((tag): [string, Buffer][] => {
      const table = tables.get(tag)
      return table === undefined ? [] : [[tag, table]]
    }),
    ['glyf', Buffer.concat(outlines)],
    ['loca', places],
    ['head', head],
    ['maxp', maxp],
    ['hhea', hhea],
    ['hmtx', hmtx],
  ])
}

/** Letters, those that they are made of, and the one for what is missing. */
function withParts(
  shown: Iterable<number>,
  count: number,
  outline: (letter: number) => Buffer,
): ReadonlySet<number> {
  const left = new Set([0, ...shown].filter((letter) => letter < count))
  // What is added meanwhile comes at the end.
  for (const letter of left) {
    for (const part of partsOf(outline(letter))) if (part < count) left.add(part)
  }
  return left
}

function* partsOf(outline: Buffer): Generator<number> {
  const isCompound = outline.length > 10 && outline.readInt16BE(0) < 0
  if (!isCompound) return
  let at = 10
  let flags = HAS_MORE
  while ((flags & HAS_MORE) !== 0) {
    flags = outline.readUInt16BE(at)
    yield outline.readUInt16BE(at + 2)
    at += 4 + ((flags & HAS_WORDS) === 0 ? 2 : 4)
    if ((flags & HAS_SCALE) !== 0) at += 2
    else if ((flags & HAS_TWO_SCALES) !== 0) at += 4
    else if ((flags & HAS_MATRIX) !== 0) at += 8
  }
}

/** How wide letters are: of those that are not there nothing. */
function cutMetrics(tables: Tables, left: ReadonlySet<number>, count: number) {
  const hhea = Buffer.from(tableOf(tables, 'hhea'))
  const hmtx = tableOf(tables, 'hmtx')
  const pairs = hhea.readUInt16BE(METRICS_COUNT)
  if (pairs === 0) throw new RangeError('the font has no widths')
  const cutHmtx = Buffer.alloc(count * 4)
  for (const letter of left) {
    const pair = Math.min(letter, pairs - 1)
    cutHmtx.writeUInt16BE(hmtx.readUInt16BE(pair * 4), letter * 4)
    const bearing = letter < pairs ? letter * 4 + 2 : pairs * 4 + (letter - pairs) * 2
    // Some fonts leave the last ones out.
    if (bearing + 2 <= hmtx.length) {
      cutHmtx.writeUInt16BE(hmtx.readUInt16BE(bearing), letter * 4 + 2)
    }
  }
  hhea.writeUInt16BE(count, METRICS_COUNT)
  return { hhea, hmtx: cutHmtx }
}

function writeTables(tables: Tables): Buffer {
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
  for (const [index, tag] of tags.entries()) {
    const table = tableOf(tables, tag)
    const padded = Buffer.alloc(Math.ceil(table.length / 4) * 4)
    table.copy(padded)
    const entry = 12 + 16 * index
    directory.write(tag, entry, 'latin1')
    directory.writeUInt32BE(sumOf(padded), entry + 4)
    directory.writeUInt32BE(at, entry + 8)
    directory.writeUInt32BE(table.length, entry + 12)
    if (tag === 'head') head = at
    parts.push(padded)
    at += padded.length
  }
  const font = Buffer.concat(parts)
  font.writeUInt32BE((WHOLE_SUM - sumOf(font)) >>> 0, head + SUM_ADJUSTMENT)
  return font
}

function sumOf(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0
  return sum
}
