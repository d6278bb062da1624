import type { PptRecord } from '../../text/legacy/ppt-records.ts'

/** A table of properties ([MS-ODRAW] 2.2.9), and the identifiers of those that are read ([MS-ODRAW] 2.3). */
export const PROPERTIES = 0xf00b
export const PROPERTY = {
  rotation: 4,
  textLeft: 129,
  textTop: 130,
  textRight: 131,
  textBottom: 132,
  wrap: 133,
  anchor: 135,
  flow: 136,
  cropTop: 256,
  cropBottom: 257,
  cropLeft: 258,
  cropRight: 259,
  picture: 260,
  left: 320,
  top: 321,
  right: 322,
  bottom: 323,
  vertices: 325,
  segments: 326,
  adjust: 327,
  fillKind: 384,
  fillColour: 385,
  fillOpacity: 386,
  fillBack: 387,
  fillPicture: 390,
  fillAngle: 395,
  fillFocus: 396,
  fillFlags: 447,
  lineColour: 448,
  lineOpacity: 449,
  lineWidth: 459,
  lineDash: 462,
  lineStart: 464,
  lineEnd: 465,
  lineFlags: 511,
  master: 769,
} as const

/** The name of a property. */
export type PropertyName = keyof typeof PROPERTY

/** Properties of a shape, or those that it has from others. */
export interface ShapeProperties {
  /** A value as it is written, unsigned; undefined where nothing is said. */
  readonly value: (name: PropertyName) => number | undefined
  /** What is too long for a value, such as vertices. */
  readonly long: (name: PropertyName) => Buffer | undefined
}

const ENTRY_BYTES = 6
const IS_LONG = 0x8000

/** Reads properties, of which those of `under` hold where a shape says nothing. */
export function readProperties(
  record: PptRecord | undefined,
  under: ShapeProperties | undefined,
): ShapeProperties {
  const values = new Map<number, number>()
  const longs = new Map<number, Buffer>()
  if (record !== undefined) {
    const { instance: count, data } = record
    let end = count * ENTRY_BYTES
    for (let nth = 0; nth < count && (nth + 1) * ENTRY_BYTES <= data.length; nth += 1) {
      const head = data.readUInt16LE(nth * ENTRY_BYTES)
      const value = data.readUInt32LE(nth * ENTRY_BYTES + 2)
      const id = head & 0x3fff
      if (head & IS_LONG) {
        const bytes = value + uncounted(id, value, data.subarray(end))
        longs.set(id, data.subarray(end, end + bytes))
        end += bytes
      } else values.set(id, value)
    }
  }
  return {
    value: (name) => joinFlags(name, values.get(PROPERTY[name]), under),
    long: (name) => longs.get(PROPERTY[name]) ?? under?.long(name),
  }
}

/** Lists: of vertices, of what they are joined by, and of what else has places. */
const LISTS: ReadonlySet<number> = new Set([325, 326, 337, 338, 341, 342, 343, 407, 899])

/** What lists begin with, in bytes, and what stands for elements of four. */
const LIST_HEAD_BYTES = 6
const FOUR_BYTES = 0xfff0

/** Some programs do not count what lists begin with. */
function uncounted(id: number, bytes: number, data: Buffer): number {
  if (!LISTS.has(id) || data.length < LIST_HEAD_BYTES) return 0
  const size = data.readUInt16LE(4)
  const elements = data.readUInt16LE(0) * (size === FOUR_BYTES ? 4 : size)
  return elements > 0 && elements === bytes ? LIST_HEAD_BYTES : 0
}

/** Flags are in the lower half of a value; the upper one tells which of them are told. */
function joinFlags(
  name: PropertyName,
  own: number | undefined,
  under: ShapeProperties | undefined,
): number | undefined {
  if (own === undefined || !name.endsWith('Flags')) return own ?? under?.value(name)
  const other = under?.value(name) ?? 0
  const told = own >>> 16
  const flags = (own & told) | (other & 0xffff & ~told)
  return ((told | (other >>> 16)) << 16) | flags
}

/** Whether a flag is set: undefined where nothing is said. */
export function flagOf(
  properties: ShapeProperties,
  name: 'fillFlags' | 'lineFlags',
  bit: number,
): boolean | undefined {
  const value = properties.value(name)
  if (value === undefined || !(value & (bit << 16))) return undefined
  return Boolean(value & bit)
}

/** A value with a sign. */
export function signed(value: number): number {
  return value | 0
}

/** A number whose lower half is behind its point. */
export function fixed(value: number): number {
  return signed(value) / 65_536
}
