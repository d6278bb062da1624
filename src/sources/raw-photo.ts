/** The fields of a TIFF directory that tell (TIFF 6.0, 8; TIFF/EP, 5; DNG specification, 4). */
const FIELDS = { subfileType: 254, compression: 259, make: 271, dngVersion: 50_706 } as const

/** What Pentax compresses its photos with. */
const PENTAX_COMPRESSION = 65_535

const ENTRY_BYTES = 12

/** Cameras that write NEF, ARW or PEF, which are TIFF files, by what they call themselves. */
const MAKERS = /^(?:NIKON|SONY|PENTAX|RICOH)/i

/** The first bytes of raw photos that are no TIFF: RAF, ORF and RW2. */
const MAGIC = ['FUJIFILMCCD-RAW', 'IIRO', 'IIRS', 'MMOR', 'IIU\0'] as const

/**
 * Whether a file is a raw photo of a camera, by its first bytes. DNG, CR2, NEF, ARW and PEF begin as TIFF files, whose first
 * picture is mostly a thumbnail, so that a TIFF of one of these cameras is one as well when it says so of that picture.
 */
export function isRawPhoto(start: Buffer): boolean {
  const text = start.toString('latin1', 0, 16)
  if (MAGIC.some((magic) => text.startsWith(magic))) return true
  // ISO 14496-12 with the brand of Canon.
  if (text.slice(4, 12) === 'ftypcrx ') return true
  const isLittle = text.startsWith('II*\0')
  if (!isLittle && !text.startsWith('MM\0*')) return false
  if (text.slice(8, 10) === 'CR') return true
  const fields = readFields(start, isLittle)
  if (fields.has(FIELDS.dngVersion)) return true
  const make = fields.get(FIELDS.make)
  if (make === undefined || !MAKERS.test(start.toString('latin1', make.at, make.at + 8))) {
    return false
  }
  return (
    fields.get(FIELDS.subfileType)?.value === 1 ||
    fields.get(FIELDS.compression)?.value === PENTAX_COMPRESSION
  )
}

interface Field {
  /** The value of a number. */
  readonly value: number
  /** Where longer values are. */
  readonly at: number
}

/** The fields of the first directory, as far as it is among these bytes. */
function readFields(start: Buffer, isLittle: boolean): Map<number, Field> {
  const short = (at: number): number => (isLittle ? start.readUInt16LE(at) : start.readUInt16BE(at))
  const long = (at: number): number => (isLittle ? start.readUInt32LE(at) : start.readUInt32BE(at))
  const fields = new Map<number, Field>()
  if (start.length < 8) return fields
  const directory = long(4)
  if (directory + 2 > start.length) return fields
  for (let left = short(directory), at = directory + 2; left > 0; left -= 1, at += ENTRY_BYTES) {
    if (at + ENTRY_BYTES > start.length) break
    // Numbers of two bytes stand first in the four that there are.
    const value = short(at + 2) === 3 ? short(at + 8) : long(at + 8)
    fields.set(short(at), { value, at: long(at + 8) })
  }
  return fields
}
