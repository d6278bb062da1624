/**
 * The records of a ZIP archive, by PKWARE's APPNOTE.TXT 6.3.10
 * (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT); the numbers in comments are its sections.
 */
import { METHODS, type Method } from './methods.ts'

/** What the records of a file say. */
export interface EntryRecord {
  /** In UTF-8. */
  readonly name: Buffer
  readonly method: Method
  readonly date: Date
  readonly crc: number
  /** In bytes, as everything here. */
  readonly size: number
  readonly compressedSize: number
  /** Whether the local header has room for sizes of 4 GB and more. */
  readonly large: boolean
}

/** From here on a field of 4 bytes says that the number is elsewhere. */
export const LIMIT_32 = 0xffff_ffff
const LIMIT_16 = 0xffff

const VERSION_DEFLATE = 20
const VERSION_ZIP64 = 45
/** 4.4.2: version 4.5 of the specification, attributes as on Unix. */
const MADE_BY = (3 << 8) | VERSION_ZIP64
/** 4.4.4: bit 11, the name is in UTF-8. */
const FLAGS = 1 << 11
/** 4.4.15: a plain file that its owner may change and everybody read, where Unix has its attributes. */
const ATTRIBUTES = 0o100644 * 2 ** 16

/** Info-ZIP's extended timestamp, extra field 0x5455: an id, a length, which times follow, and seconds since 1970. */
const TIMESTAMP_BYTES = 9
const LARGE_SIZES_BYTES = 20

/** How many bytes the local header of a file has. */
export function localHeaderLength(name: Buffer, large: boolean): number {
  return 30 + name.length + TIMESTAMP_BYTES + (large ? LARGE_SIZES_BYTES : 0)
}

/** 4.3.7: what stands before the data of a file. The sizes are in it, so that readers need not look for the end. */
export function localHeader(entry: EntryRecord): Buffer {
  const { name, large, size, compressedSize } = entry
  const header = Buffer.alloc(localHeaderLength(name, large))
  header.writeUInt32LE(0x0403_4b50, 0)
  writeCommon(header, 4, entry, [large ? LIMIT_32 : compressedSize, large ? LIMIT_32 : size])
  // 4.5.3: in a local header both sizes are there or none.
  const extra = zip64Extra(large ? [size, compressedSize] : [])
  header.writeUInt16LE(TIMESTAMP_BYTES + extra.length, 28)
  name.copy(header, 30)
  timestamp(entry.date).copy(header, 30 + name.length)
  extra.copy(header, 30 + name.length + TIMESTAMP_BYTES)
  return header
}

/** 4.3.12: what the table of contents says of a file. */
export function directoryHeader(entry: EntryRecord, offset: number): Buffer {
  const { name, size, compressedSize } = entry
  const extra = zip64Extra([size, compressedSize, offset].filter((value) => value >= LIMIT_32))
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x0201_4b50, 0)
  header.writeUInt16LE(MADE_BY, 4)
  writeCommon(header, 6, { ...entry, large: entry.large || extra.length > 0 }, [
    Math.min(compressedSize, LIMIT_32),
    Math.min(size, LIMIT_32),
  ])
  header.writeUInt16LE(TIMESTAMP_BYTES + extra.length, 30)
  header.writeUInt32LE(ATTRIBUTES, 38)
  header.writeUInt32LE(Math.min(offset, LIMIT_32), 42)
  return Buffer.concat([header, name, timestamp(entry.date), extra])
}

/** 4.3.14 to 4.3.16: what stands at the end of an archive. */
export function directoryEnd(directory: { entries: number; offset: number; size: number }): Buffer {
  const { entries, offset, size } = directory
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x0605_4b50, 0)
  end.writeUInt16LE(Math.min(entries, LIMIT_16), 8)
  end.writeUInt16LE(Math.min(entries, LIMIT_16), 10)
  end.writeUInt32LE(Math.min(size, LIMIT_32), 12)
  end.writeUInt32LE(Math.min(offset, LIMIT_32), 16)
  if (entries < LIMIT_16 && size < LIMIT_32 && offset < LIMIT_32) return end
  const large = Buffer.alloc(56 + 20)
  large.writeUInt32LE(0x0606_4b50, 0)
  large.writeBigUInt64LE(44n, 4)
  large.writeUInt16LE(MADE_BY, 12)
  large.writeUInt16LE(VERSION_ZIP64, 14)
  large.writeBigUInt64LE(BigInt(entries), 24)
  large.writeBigUInt64LE(BigInt(entries), 32)
  large.writeBigUInt64LE(BigInt(size), 40)
  large.writeBigUInt64LE(BigInt(offset), 48)
  large.writeUInt32LE(0x0706_4b50, 56)
  large.writeBigUInt64LE(BigInt(offset + size), 64)
  large.writeUInt32LE(1, 72)
  return Buffer.concat([large, end])
}

/** Writes the 24 bytes that both headers of a file have in common. */
function writeCommon(
  header: Buffer,
  at: number,
  { name, method, date, crc, large }: EntryRecord,
  [compressedSize, size]: readonly [number, number],
): void {
  const plain = method === METHODS.stored ? 10 : VERSION_DEFLATE
  header.writeUInt16LE(large ? VERSION_ZIP64 : plain, at)
  header.writeUInt16LE(FLAGS, at + 2)
  header.writeUInt16LE(method, at + 4)
  header.writeUInt32LE(dosTime(date), at + 6)
  header.writeUInt32LE(crc, at + 10)
  header.writeUInt32LE(compressedSize, at + 14)
  header.writeUInt32LE(size, at + 18)
  header.writeUInt16LE(name.length, at + 22)
}

/** 4.5.3: numbers that do not fit where they belong; nothing when all do. */
function zip64Extra(values: readonly number[]): Buffer {
  if (values.length === 0) return Buffer.alloc(0)
  const extra = Buffer.alloc(4 + 8 * values.length)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8 * values.length, 2)
  for (const [index, value] of values.entries()) {
    extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index)
  }
  return extra
}

/**
 * 4.4.6: date and time as MS-DOS had them, from 1980 to 2107 and in steps of two seconds. It has no time zone; this is
 * UTC, so that the same files make the same archive everywhere. {@link timestamp} has the exact time.
 */
function dosTime(date: Date): number {
  const [earliest, latest] = [Date.UTC(1980, 0, 1), Date.UTC(2107, 11, 31, 23, 59, 58)]
  const within = new Date(Math.min(Math.max(date.getTime(), earliest), latest))
  const day = within.getUTCDate() | ((within.getUTCMonth() + 1) << 5)
  const time =
    (within.getUTCSeconds() >> 1) | (within.getUTCMinutes() << 5) | (within.getUTCHours() << 11)
  return (day | ((within.getUTCFullYear() - 1980) << 9)) * 2 ** 16 + time
}

/** The time of the last change for readers that know time zones. It counts from 1901 to 2038. */
function timestamp(date: Date): Buffer {
  const seconds = Math.floor(date.getTime() / 1000)
  const field = Buffer.alloc(TIMESTAMP_BYTES)
  field.writeUInt16LE(0x5455, 0)
  field.writeUInt16LE(5, 2)
  field.writeUInt8(1, 4)
  field.writeInt32LE(Math.min(Math.max(seconds, -(2 ** 31)), 2 ** 31 - 1), 5)
  return field
}
