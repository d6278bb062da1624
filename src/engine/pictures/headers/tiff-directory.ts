import type { ReadBytes } from '../../../sources/open-file.ts'
import { CENTIMETRES, type Resolution } from './resolution.ts'

/** What a directory of a TIFF file, or the first of Exif data, says of the picture. */
export interface ImageDirectory {
  /** 1 to 8, as Exif numbers the ways a camera can be held. */
  readonly orientation?: number
  readonly resolution?: Resolution
}

const ORIENTATION = 274
const X_RESOLUTION = 282
const Y_RESOLUTION = 283
const RESOLUTION_UNIT = 296
const UNIT_INCH = 2
const UNIT_CENTIMETRE = 3

const SHORT = 3

/** Where TIFF and BigTIFF keep things, in bytes. */
const CLASSIC = { offsetAt: 4, offsetSize: 4, countSize: 2, entrySize: 12, valueAt: 8 }
const BIG = { offsetAt: 8, offsetSize: 8, countSize: 8, entrySize: 20, valueAt: 12 }

/** No real file has more entries, so a damaged count does not have megabytes read. */
const MOST_ENTRIES = 4096

/**
 * Reads a directory of a TIFF file (TIFF 6.0, section 2; BigTIFF), which is also what Exif data is. Damage only
 * makes it say less: whether a file can be used is for its decoder to tell.
 *
 * @param directory - where it begins; the first unless given
 */
export function readTiffDirectory(read: ReadBytes, directory?: number): ImageDirectory {
  const fields = readFields(read, directory)
  const orientation = fields.get(ORIENTATION)?.number
  const unit = fields.get(RESOLUTION_UNIT)?.number ?? UNIT_INCH
  const x = fields.get(X_RESOLUTION)?.rational()
  const y = fields.get(Y_RESOLUTION)?.rational()
  const inches = unit === UNIT_INCH ? 1 : unit === UNIT_CENTIMETRE ? CENTIMETRES : undefined
  return {
    ...(orientation !== undefined && orientation >= 1 && orientation <= 8 && { orientation }),
    ...(inches && x && y && { resolution: { x: x * inches, y: y * inches } }),
  }
}

/** Where the number in the field `ResolutionUnit` of a TIFF file stands, and how it is written; undefined without one. */
export function findResolutionUnit(
  read: ReadBytes,
): { position: number; bytesOf: (unit: number) => Buffer } | undefined {
  const field = readFields(read).get(RESOLUTION_UNIT)
  return field && { position: field.valuePosition, bytesOf: field.bytesOf }
}

/** Where the orientation of a TIFF file stands, and how it is written; undefined without one. */
export function findOrientation(
  read: ReadBytes,
): { position: number; bytesOf: (orientation: number) => Buffer } | undefined {
  const field = readFields(read).get(ORIENTATION)
  return field && { position: field.valuePosition, bytesOf: field.bytesOf }
}

interface Field {
  /** Its value when that is a single short number. */
  number: number | undefined
  /** Its value when that is a fraction, which stands elsewhere in the file. */
  rational: () => number | undefined
  valuePosition: number
  bytesOf: (short: number) => Buffer
}

function readFields(read: ReadBytes, directory?: number): Map<number, Field> {
  const fields = new Map<number, Field>()
  const head = read(0, 16)
  if (head.length < 8) return fields
  const little = head.toString('latin1', 0, 2) === 'II'
  const layout = numberAt(head, 2, 2, little) === 43 ? BIG : CLASSIC
  const start = directory ?? numberAt(head, layout.offsetAt, layout.offsetSize, little)
  if (start === undefined) return fields
  const count = numberAt(read(start, layout.countSize), 0, layout.countSize, little) ?? 0
  const first = start + layout.countSize
  const entries = read(first, Math.min(count, MOST_ENTRIES) * layout.entrySize)
  for (let at = 0; at + layout.entrySize <= entries.length; at += layout.entrySize) {
    const tag = numberAt(entries, at, 2, little)
    const type = numberAt(entries, at + 2, 2, little)
    const value = at + layout.valueAt
    if (tag === undefined) continue
    fields.set(tag, {
      number: type === SHORT ? numberAt(entries, value, 2, little) : undefined,
      rational: () => {
        // In a BigTIFF a fraction is as long as an offset, and so stands where the offset would.
        if (layout === BIG) return rationalAt(entries, value, little)
        const elsewhere = numberAt(entries, value, 4, little)
        return elsewhere === undefined ? undefined : rationalAt(read(elsewhere, 8), 0, little)
      },
      valuePosition: first + value,
      bytesOf: (short) => {
        const bytes = Buffer.alloc(2)
        if (little) bytes.writeUInt16LE(short)
        else bytes.writeUInt16BE(short)
        return bytes
      },
    })
  }
  return fields
}

function rationalAt(bytes: Buffer, position: number, little: boolean): number | undefined {
  const numerator = numberAt(bytes, position, 4, little)
  const denominator = numberAt(bytes, position + 4, 4, little)
  return numerator && denominator ? numerator / denominator : undefined
}

function numberAt(
  bytes: Buffer,
  position: number,
  size: number,
  little: boolean,
): number | undefined {
  if (position + size > bytes.length) return undefined
  if (size === 8) {
    const long = little ? bytes.readBigUInt64LE(position) : bytes.readBigUInt64BE(position)
    return long <= Number.MAX_SAFE_INTEGER ? Number(long) : undefined
  }
  return little ? bytes.readUIntLE(position, size) : bytes.readUIntBE(position, size)
}
