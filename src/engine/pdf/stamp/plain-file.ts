import { type OpenFile, withOpenFile } from '../../../sources/open-file.ts'
import { type Entries, MalformedPdf, readArray, readDictionary, readReference } from './syntax.ts'

/** Larger than any page, its resources or its contents, none of which holds pictures; in bytes. */
const MOST_OBJECT_BYTES = 16_000_000

/** How much at the end of a file has the place of its table, in bytes. */
const END_BYTES = 64

/**
 * A file as PDFium writes it: whatever it was made of, each object stands by itself and nothing is compressed but streams
 * (ISO 32000-1, 7.5.4).
 */
export interface PlainFile {
  /** Where its table begins. */
  readonly table: number
  readonly trailer: Entries
  /** An object, or the dictionary of a stream and a part of what follows. */
  readonly object: (number: number) => string
  /** What a value is, whether it stands there or is referred to. */
  readonly resolve: (value: string) => string
  /** Whether a value is an array, without reading more of it than its beginning. */
  readonly isArray: (value: string) => boolean
}

/**
 * Has `use` read a file that PDFium has written.
 *
 * @throws {@link MalformedPdf} when it does not hold together
 */
export function withPlainFile<Result>(path: string, use: (file: PlainFile) => Result): Result {
  return withOpenFile(path, (file) => {
    const end = file.read(Math.max(0, file.size - END_BYTES), END_BYTES).toString('latin1')
    const table = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(end)?.[1] ?? Number.NaN)
    if (!Number.isSafeInteger(table)) throw new MalformedPdf('there is no table of objects')
    const { places, trailer } = readTable(file, table)
    if (!/^\d+$/.test(trailer.get('Size') ?? '')) throw new MalformedPdf('there is no size')
    const sorted = Float64Array.from([...places.values(), table]).toSorted()
    const object = (number: number, most = MOST_OBJECT_BYTES): string => {
      const place = places.get(number)
      if (place === undefined) throw new MalformedPdf(`object ${number} is missing`)
      const until = sorted[lowerBound(sorted, place + 1)] ?? table
      const length = Math.min(until - place, most)
      const text = file.read(place, length).toString('latin1')
      return text.replace(/^\s*\d+\s+\d+\s+obj\s*/, '')
    }
    const resolve = (value: string, most?: number): string => {
      const number = readReference(value)
      return number === undefined ? value : object(number, most)
    }
    return use({
      table,
      trailer,
      object: (number) => object(number),
      resolve: (value) => resolve(value),
      isArray: (value) => resolve(value, END_BYTES).trimStart().startsWith('['),
    })
  })
}

/** Where in sorted numbers the first is that is not less than another. */
function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

function readTable(file: OpenFile, table: number) {
  const text = file.read(table, file.size - table).toString('latin1')
  const end = text.indexOf('trailer')
  if (!text.startsWith('xref') || end === -1) throw new MalformedPdf('there is no table of objects')
  const places = new Map<number, number>()
  let number = 0
  for (const [, first = '', second = '', kind] of text
    .slice(0, end)
    .matchAll(/(\d+) (\d+)(?: ([nf]))?/g)) {
    if (kind === undefined) {
      number = Number(first)
      continue
    }
    if (kind === 'n' && second !== '') places.set(number, Number(first))
    number += 1
  }
  return { places, trailer: readDictionary(text.slice(end + 'trailer'.length)) }
}

/** The items of an array that stands there or is referred to; undefined when it is none. */
export function resolveArray(file: PlainFile, value: string): string[] | undefined {
  return readArray(file.resolve(value))
}
