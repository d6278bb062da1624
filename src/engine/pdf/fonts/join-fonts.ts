import { readGlyphMap } from '../../typesetting/fonts/character-map.ts'
import { partsOf } from './compound.ts'
import { mostBytes, type OutlineScale, scaleOutline } from './scale-outline.ts'
import {
  type AddedLetters,
  appendLetters,
  countLetters,
  type Metrics,
  metricsOf,
  outlinesOf,
  readTables,
  type Tables,
  tableOf,
  writeTables,
} from './truetype.ts'
import { writeCharacterMap } from './write-character-map.ts'

/** A font of which another gets letters. */
export interface LetterSource {
  readonly font: Buffer
  /** The first and the last code point of each row of them. */
  readonly blocks: readonly (readonly [first: number, last: number])[]
}

/** What a font is drawn by and known by; how its letters are joined to each other nobody asks of one that has others' letters. */
const KEPT = ['OS/2', 'cvt ', 'fpgm', 'gasp', 'head', 'hhea', 'maxp', 'name', 'post', 'prep']

/** Where `head` says how many units an em has. */
const UNITS_PER_EM = 18
/** Where `maxp` says how many points, outlines and parts of letters there are at most, and how deep these are in each other. */
const LIMITS = [6, 8, 10, 12, 28, 30]

/** Letters are in the first plane, but for some. */
const LAST_OF_PLANE = 0xff_ff

/**
 * Makes a font that has its own letters and, where it has none, those of others, in its own units.
 *
 * @throws {RangeError} for fonts that are damaged, and such without TrueType outlines
 */
export function joinFonts(font: Buffer, sources: readonly LetterSource[]): Buffer {
  const base = tablesOf(font)
  const glyphs = readMap(base)
  const added: AddedLetter[] = []
  const maxp = Buffer.from(tableOf(base, 'maxp'))
  for (const source of sources) addLetters(base, source, glyphs, added)
  const limits = sources.map((source) => tableOf(tablesOf(source.font), 'maxp'))
  for (const limit of limits) raiseLimits(maxp, limit)
  const kept = KEPT.flatMap((tag): [string, Buffer][] => {
    const table = base.get(tag)
    return table === undefined ? [] : [[tag, table]]
  })
  const written = appendLetters(new Map([...base, ['maxp', maxp]]), writeOutlines(added))
  return writeTables(new Map([...kept, ...written, ['cmap', writeCharacterMap(glyphs)]]))
}

/** A letter of another font. */
interface AddedLetter {
  readonly outline: Buffer
  readonly metrics: Metrics
  readonly scale: OutlineScale
}

/** Finds the letters of another font that a font lacks, and those that they are made of; both get their numbers behind the others. */
function addLetters(
  base: Tables,
  { font, blocks }: LetterSource,
  glyphs: Map<number, number>,
  added: AddedLetter[],
): void {
  const tables = tablesOf(font)
  const [outlineOf, metricOf] = [outlinesOf(tables), metricsOf(tables)]
  const { glyphOf } = readGlyphMap(tableOf(tables, 'cmap'))
  const factor = unitsOf(base) / unitsOf(tables)
  const first = countLetters(base) + added.length
  const numbers = new Map<number, number>()

  const numberOf = (letter: number): number => {
    const known = numbers.get(letter)
    if (known !== undefined) return known
    const number = first + numbers.size
    numbers.set(letter, number)
    return number
  }

  for (const [start, end] of blocks) {
    for (let code = start; code <= end; code += 1) {
      const glyph = glyphs.has(code) ? 0 : glyphOf(code)
      if (glyph !== 0) glyphs.set(code, numberOf(glyph))
    }
  }
  // What letters are made of comes at the end.
  for (const letter of numbers.keys()) {
    const outline = outlineOf(letter)
    for (const part of partsOf(outline)) numberOf(part.letter)
    const { advance, bearing } = metricOf(letter)
    const metrics = { advance: Math.round(advance * factor), bearing: Math.round(bearing * factor) }
    added.push({ outline, metrics, scale: { factor, numberOf } })
  }
}

function writeOutlines(added: readonly AddedLetter[]): AddedLetters {
  const most = added.reduce((whole, { outline }) => Math.max(whole, mostBytes(outline)), 0)
  const scratch = Buffer.alloc(most)
  const outlines: Buffer[] = []
  const ends: number[] = []
  let length = 0
  for (const { outline, scale } of added) {
    const bytes = scaleOutline(outline, scratch, scale)
    const padded = Math.ceil(bytes / 4) * 4
    scratch.fill(0, bytes, padded)
    outlines.push(Buffer.from(scratch.subarray(0, padded)))
    length += padded
    ends.push(length)
  }
  return { outlines: Buffer.concat(outlines), ends, metrics: added.map(({ metrics }) => metrics) }
}

function tablesOf(font: Buffer): Tables {
  const tables = readTables(font)
  if (tables === undefined) throw new RangeError('the font has no TrueType outlines')
  return tables
}

function readMap(tables: Tables): Map<number, number> {
  const { glyphOf, rows } = readGlyphMap(tableOf(tables, 'cmap'))
  const glyphs = new Map<number, number>()
  for (const [first, last] of rows()) {
    for (let code = first; code <= Math.min(last, LAST_OF_PLANE); code += 1) {
      const glyph = glyphOf(code)
      if (glyph !== 0) glyphs.set(code, glyph)
    }
  }
  return glyphs
}

function unitsOf(tables: Tables): number {
  return Math.max(1, tableOf(tables, 'head').readUInt16BE(UNITS_PER_EM))
}

function raiseLimits(maxp: Buffer, other: Buffer): void {
  for (const at of LIMITS) {
    maxp.writeUInt16BE(Math.max(maxp.readUInt16BE(at), other.readUInt16BE(at)), at)
  }
}
