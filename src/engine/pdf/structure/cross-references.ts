import type { FileBytes } from './file-bytes.ts'
import { filtersOf, undoFilters } from './filters.ts'
import { parseValue } from './parse-value.ts'
import { readObjectAt } from './read-object.ts'
import { isDictionary, type PdfDictionary, type PdfValue } from './values.ts'

/** Where an object is: at a place of the file, or in a stream of objects. */
export type ObjectPlace =
  | { readonly position: number; readonly generation: number }
  | { readonly container: number; readonly index: number }

/** What tells where each object is. */
export interface CrossReferences {
  readonly places: ReadonlyMap<number, ObjectPlace>
  /** What the newest trailer says, and those before it where it is silent. */
  readonly trailer: PdfDictionary
  /** Where the newest table or stream of it begins, and which of the two it is; undefined when there is none to be relied on. */
  readonly newest?: { readonly position: number; readonly isStream: boolean }
}

/** The place of the newest table stands so near to the end, in bytes. Some files have much behind it. */
const END_BYTES = 2048
/** More tables than any file has that was not made to keep its reader busy. */
const MOST_TABLES = 1000
/** More objects than any file has; a number beyond it is a mistake. */
const MOST_OBJECTS = 8_388_607
const MOST_TABLE_BYTES = 256_000_000

/** Of a table: where the next objects are numbered from, or the place of one; without looking twice at what is neither. */
const ROW = /(\d{1,20})\s{1,20}(\d{1,10})(?:\s{1,20}([nf])\b)?/g

/**
 * Follows the tables and streams of cross references, from the newest on (ISO 32000-2, 7.5.4 and 7.5.8).
 *
 * @returns undefined when they lead nowhere
 */
export function readCrossReferences(file: FileBytes): CrossReferences | undefined {
  const end = file.read(Math.max(0, file.size - END_BYTES), END_BYTES).toString('latin1')
  const [, digits] = /^startxref\s*(\d+)/.exec(end.slice(end.lastIndexOf('startxref'))) ?? []
  if (digits === undefined) return undefined
  const places = new Map<number, ObjectPlace | undefined>()
  const trailer = new Map<string, PdfValue>()
  const seen = new Set<number>()
  const waiting = [Number(digits)]
  let newest: CrossReferences['newest']
  for (let position = waiting.shift(); position !== undefined; position = waiting.shift()) {
    if (seen.has(position) || seen.size >= MOST_TABLES) continue
    seen.add(position)
    const table = readTable(file, position) ?? readStream(file, position)
    if (table === undefined) return undefined
    newest ??= { position, isStream: table.isStream }
    for (const [number, place] of table.places) {
      if (!places.has(number)) places.set(number, place)
    }
    for (const [name, value] of table.trailer) if (!trailer.has(name)) trailer.set(name, value)
    // A hybrid file has what only newer readers know in a stream, which comes before what is older.
    for (const name of ['XRefStm', 'Prev']) {
      const next = table.trailer.get(name)
      if (typeof next === 'number') waiting.push(next)
    }
  }
  if (newest === undefined) return undefined
  const used = Array.from(places).flatMap(([number, place]) =>
    place === undefined ? [] : [[number, place] as const],
  )
  return { places: new Map(used), trailer, newest }
}

/** One table or stream; an object that it calls free has no place. */
interface Table {
  readonly places: ReadonlyMap<number, ObjectPlace | undefined>
  readonly trailer: PdfDictionary
  readonly isStream: boolean
}

function readTable(file: FileBytes, position: number): Table | undefined {
  if (!/^\s*xref\b/.test(file.read(position, 32).toString('latin1'))) return undefined
  for (let length = 65_536; length <= MOST_TABLE_BYTES; length *= 8) {
    const bytes = file.read(position, length)
    const table = parseTable(bytes)
    if (table !== undefined || position + bytes.length >= file.size) return table
  }
  return undefined
}

function parseTable(bytes: Buffer): Table | undefined {
  const end = bytes.indexOf('trailer')
  if (end === -1) return undefined
  const trailer = parseValue(bytes, end + 'trailer'.length)
  if (trailer === undefined || !isDictionary(trailer.value)) return undefined
  const places = new Map<number, ObjectPlace | undefined>()
  let number = 0
  let left = 0
  const text = bytes.toString('latin1', 0, end)
  for (const [, first = '', second = '', kind] of text.matchAll(ROW)) {
    if (kind === undefined) {
      number = Number(first)
      left = Number(second)
    } else {
      const place = { position: Number(first), generation: Number(second) }
      if (left > 0 && number <= MOST_OBJECTS) places.set(number, kind === 'n' ? place : undefined)
      number += 1
      left -= 1
    }
  }
  return { places, trailer: trailer.value, isStream: false }
}

function readStream(file: FileBytes, position: number): Table | undefined {
  const object = readObjectAt(file, position)
  if (object?.streamStart === undefined || !isDictionary(object.value)) return undefined
  const trailer = object.value
  const length = trailer.get('Length')
  const widths = numbersIn(trailer, 'W')
  if (widths.length < 3) return undefined
  const raw = file.read(object.streamStart, typeof length === 'number' ? length : MOST_TABLE_BYTES)
  const bytes = undoFilters(
    raw,
    filtersOf(trailer, (value) => value),
    MOST_TABLE_BYTES,
  )
  if (bytes === undefined) return undefined
  return { places: readRows(bytes, trailer, widths), trailer, isStream: true }
}

function readRows(
  bytes: Buffer,
  trailer: PdfDictionary,
  [kindWidth = 0, secondWidth = 0, thirdWidth = 0]: readonly number[],
): Map<number, ObjectPlace | undefined> {
  const places = new Map<number, ObjectPlace | undefined>()
  const rowBytes = kindWidth + secondWidth + thirdWidth
  if (rowBytes < 1) return places
  const size = trailer.get('Size')
  const ranges = numbersIn(trailer, 'Index')
  if (ranges.length < 2) ranges.splice(0, ranges.length, 0, typeof size === 'number' ? size : 0)
  let at = 0
  for (let index = 0; index + 1 < ranges.length; index += 2) {
    const first = ranges[index] ?? 0
    const last = Math.min(first + (ranges[index + 1] ?? 0), MOST_OBJECTS)
    for (let number = first; number < last && at + rowBytes <= bytes.length; number += 1) {
      // Without a width the kind is 1.
      const kind = kindWidth === 0 ? 1 : numberAt(bytes, at, kindWidth)
      const second = numberAt(bytes, at + kindWidth, secondWidth)
      const third = numberAt(bytes, at + kindWidth + secondWidth, thirdWidth)
      at += rowBytes
      places.set(number, placeOf(kind, second, third))
    }
  }
  return places
}

function placeOf(kind: number, second: number, third: number): ObjectPlace | undefined {
  if (kind === 1) return { position: second, generation: third }
  return kind === 2 ? { container: second, index: third } : undefined
}

function numberAt(bytes: Buffer, at: number, width: number): number {
  let value = 0
  for (let index = 0; index < width; index += 1) value = value * 256 + (bytes[at + index] ?? 0)
  return value
}

function numbersIn(dictionary: PdfDictionary, name: string): number[] {
  const value = dictionary.get(name)
  return Array.isArray(value) && value.every((each) => typeof each === 'number') ? [...value] : []
}
