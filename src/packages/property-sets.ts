import { readCodePage } from '../sources/encoding/code-pages.ts'
import { type Decoder, decoderOf } from '../sources/encoding/decoder.ts'

/** A value of a property: a text, a whole number, or a date of ISO 8601. */
export type PropertyValue = string | number

/** The properties of a set by their numbers, those of other types left out. */
export type PropertySet = ReadonlyMap<number, PropertyValue>

/** Where the first set of a stream begins is said here ([MS-OLEPS] 2.21), behind what it is of. */
const FIRST_SET = 44

/** The property that tells what texts are encoded with ([MS-OLEPS] 2.18.2). */
const CODE_PAGE = 1

/** Types of values ([MS-OLEPS] 2.15). */
const SHORT = 0x02
const LONG = 0x03
const TEXT = 0x1e
const WIDE_TEXT = 0x1f
const DATE = 0x40

/** More than any program writes. */
const MOST_PROPERTIES = 1000

/** Dates count tenths of microseconds from the year 1601 on; this is 1970. */
const EPOCH = 116_444_736_000_000_000n
const UNITS_OF_MS = 10_000n

/**
 * Reads the first property set of a stream, such as `\x05SummaryInformation`.
 *
 * @throws a `RangeError` when it is damaged
 */
export function readPropertySet(stream: Buffer): PropertySet {
  const set = stream.subarray(stream.readUInt32LE(FIRST_SET))
  const count = Math.min(set.readUInt32LE(4), MOST_PROPERTIES)
  const places = Array.from({ length: count }, (_, index): [id: number, at: number] => [
    set.readUInt32LE(8 + index * 8),
    set.readUInt32LE(12 + index * 8),
  ])
  const [, codePageAt] = places.find(([id]) => id === CODE_PAGE) ?? []
  const codePage = codePageAt === undefined ? 1252 : set.readUInt16LE(codePageAt + 4)
  const decoder = decoderOf(readCodePage(codePage))
  const values = places.flatMap(([id, at]): [number, PropertyValue][] => {
    const value = readValue(set, at, decoder)
    return value === undefined ? [] : [[id, value]]
  })
  return new Map(values)
}

function readValue(set: Buffer, at: number, decoder: Decoder): PropertyValue | undefined {
  const start = at + 4
  switch (set.readUInt16LE(at)) {
    case SHORT:
      return set.readInt16LE(start)
    case LONG:
      return set.readInt32LE(start)
    case TEXT:
      return beforeZero(
        decoder.decode(set.subarray(start + 4, start + 4 + set.readUInt32LE(start))),
      )
    case WIDE_TEXT: {
      const bytes = set.subarray(start + 4, start + 4 + set.readUInt32LE(start) * 2)
      return beforeZero(bytes.toString('utf16le'))
    }
    case DATE:
      return readDate(set.readBigUInt64LE(start))
  }
  return undefined
}

/** Texts end with a zero, which belongs to what is said of their length. */
function beforeZero(text: string): string {
  return text.split('\0', 1)[0] ?? ''
}

/** @returns undefined for no date, and for how long somebody has worked, which is written like one */
function readDate(units: bigint): string | undefined {
  if (units < EPOCH) return undefined
  const date = new Date(Number((units - EPOCH) / UNITS_OF_MS))
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999
    ? undefined
    : date.toISOString().replace('.000Z', 'Z')
}
