import { tooMany } from '../../../packages/document-errors.ts'
import { MAX_STRINGS } from '../xlsx-tables.ts'

/** The flags of a string ([MS-XLS] 2.5.293): two bytes a character, what Asian letters sound like, and formatting. */
const IS_WIDE = 1
const HAS_SOUNDS = 4
const HAS_RUNS = 8

/** A text, and where in it letters of a font of their own begin. */
export interface XlsString {
  readonly text: string
  readonly runs: readonly { readonly start: number; readonly font: number }[]
}

const NO_RUNS: XlsString['runs'] = []

/** Reads what goes on from record to record. */
interface Continued {
  readonly number: (bytes: 1 | 2 | 4) => number
  readonly text: (characters: number, flags: number) => string
  readonly skip: (bytes: number) => void
}

/** Reads a string that is in one record alone, at a place in it. */
export function readString(data: Buffer, at: number, countBytes: 1 | 2): string {
  const continued = createContinued([data.subarray(at)])
  const count = continued.number(countBytes)
  return readRest(continued, count).text
}

/** Reads the text of a box or a note, which is in records behind its own. */
export function readBoxText(parts: readonly Buffer[], characters: number): string {
  const continued = createContinued(parts)
  return continued.text(characters, continued.number(1))
}

/**
 * Reads the strings that cells share.
 *
 * @param parts - the data of the record and of those that continue it
 * @throws {@link OperationError} when there are too many
 */
export function readXlsStrings(parts: readonly Buffer[]): XlsString[] {
  const continued = createContinued(parts)
  continued.skip(4)
  const count = continued.number(4)
  if (count > MAX_STRINGS) throw tooMany(MAX_STRINGS, 'texts of cells')
  const strings: XlsString[] = []
  for (let index = 0; index < count; index += 1) {
    strings.push(readRest(continued, continued.number(2)))
  }
  return strings
}

/** A string, but for how many characters it has. */
function readRest(continued: Continued, characters: number): XlsString {
  const flags = continued.number(1)
  const count = (flags & HAS_RUNS) > 0 ? continued.number(2) : 0
  const soundBytes = (flags & HAS_SOUNDS) > 0 ? continued.number(4) : 0
  const text = continued.text(characters, flags)
  const runs = count === 0 ? NO_RUNS : readRuns(continued, count)
  continued.skip(soundBytes)
  return { text, runs }
}

function readRuns(continued: Continued, count: number): XlsString['runs'] {
  const runs: { start: number; font: number }[] = []
  for (let nth = 0; nth < count; nth += 1) {
    runs.push({ start: continued.number(2), font: continued.number(2) })
  }
  return runs
}

/** @throws a `RangeError` where the records end */
function createContinued(parts: readonly Buffer[]): Continued {
  let index = 0
  let at = 0

  /** The rest of the record that is not read to its end, with more than nothing in it. */
  function rest(): Buffer {
    while (index < parts.length - 1 && at >= (parts[index]?.length ?? 0)) {
      index += 1
      at = 0
    }
    return (parts[index] ?? Buffer.alloc(0)).subarray(at)
  }

  return {
    number(bytes) {
      const value = rest().readUIntLE(0, bytes)
      at += bytes
      return value
    },
    text(characters, flags) {
      let isWide = (flags & IS_WIDE) > 0
      let text = ''
      while (text.length < characters) {
        const bytes = rest()
        const width = isWide ? 2 : 1
        // Where the text goes on in the next record, that says anew how wide it is.
        const most = Math.min(Math.floor(bytes.length / width), characters - text.length)
        if (most === 0) throw new RangeError('a string leads out of its records')
        text += bytes.toString(isWide ? 'utf16le' : 'latin1', 0, most * width)
        at += most * width
        if (text.length >= characters) break
        at = Number.MAX_SAFE_INTEGER
        isWide = (rest().readUInt8(0) & IS_WIDE) > 0
        at += 1
      }
      return text
    },
    skip(bytes) {
      let left = bytes
      while (left > 0) {
        const size = Math.min(rest().length, left)
        if (size === 0) throw new RangeError('a string leads out of its records')
        at += size
        left -= size
      }
    },
  }
}
