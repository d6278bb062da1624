import type { LegacyDocument } from '../../../packages/compound.ts'
import { type PptRecord, readPptRecords, readRecord } from '../../text/legacy/ppt-records.ts'

/** Records of drawings ([MS-ODRAW] 2.2): the group of all, the list of pictures, and an entry of it. */
const GROUP = 0xf000
const STORE = 0xf001
const ENTRY = 0xf007

/** Pictures that can be shown, by their records, and those of them whose instance says that there is one more name. */
const KINDS: ReadonlyMap<
  number,
  { readonly extension: string; readonly twice: readonly number[] }
> = new Map([
  [0xf01d, { extension: 'jpg', twice: [0x46b, 0x6e3] }],
  [0xf02a, { extension: 'jpg', twice: [0x46b, 0x6e3] }],
  [0xf01e, { extension: 'png', twice: [0x6e1] }],
  [0xf01f, { extension: 'bmp', twice: [0x7a9] }],
  [0xf029, { extension: 'tif', twice: [0x6e5] }],
])

/** Where an entry says where its picture is in the stream of pictures, and what is before a picture that is in it. */
const PLACE = 28
const ENTRY_BYTES = 36
const NAME_BYTES = 16

/** More pictures than a presentation has. */
const MOST_PICTURES = 2000

/** Finds pictures by their numbers, the first being 1; undefined for those that are not there, or that nobody can show. */
export type PictureFinder = (number: number) => string | undefined

/**
 * Makes what finds the pictures of a presentation.
 *
 * @param group - what the document says of all drawings
 * @param files - takes the pictures that are asked for, by the names that are told
 */
export function createPictures(
  group: Buffer | undefined,
  { streams }: LegacyDocument,
  files: Map<string, Buffer>,
): PictureFinder {
  const entries = group === undefined ? [] : readEntries(group)
  const stream = streams('Pictures') ?? Buffer.alloc(0)
  return (number) => {
    const entry = entries[number - 1]
    if (entry === undefined) return undefined
    const name = `written/picture${number}`
    if (files.has(name)) return name
    // What nobody can show is a grey box, as what is missing.
    files.set(name, readPicture(entry, stream) ?? Buffer.alloc(0))
    return name
  }
}

function readEntries(group: Buffer): PptRecord[] {
  const entries: PptRecord[] = []
  for (const record of readPptRecords(group)) {
    const inside = record.type === GROUP ? readPptRecords(record.data) : []
    for (const each of inside) {
      if (each.type !== STORE) continue
      for (const entry of readPptRecords(each.data)) {
        if (entry.type === ENTRY && entries.length < MOST_PICTURES) entries.push(entry)
      }
    }
  }
  return entries
}

function readPicture({ data }: PptRecord, stream: Buffer): Buffer | undefined {
  const place = data.readUInt32LE(PLACE)
  const nameBytes = data.readUInt8(33)
  const isWithin = data.length > ENTRY_BYTES + nameBytes
  if (!isWithin && place + 8 > stream.length) return undefined
  const record = isWithin ? readRecord(data, ENTRY_BYTES + nameBytes) : readRecord(stream, place)
  const kind = KINDS.get(record.type)
  if (kind === undefined) return undefined
  const names = kind.twice.includes(record.instance) ? 2 : 1
  const bytes = record.data.subarray(names * NAME_BYTES + 1)
  return kind.extension === 'bmp' ? withFileHeader(bytes) : bytes
}

const FILE_HEADER_BYTES = 14

/** A bitmap without what a file of it begins with. */
function withFileHeader(bitmap: Buffer): Buffer | undefined {
  if (bitmap.length < 40) return undefined
  const header = bitmap.readUInt32LE(0)
  const depth = bitmap.readUInt16LE(14)
  const colours = bitmap.readUInt32LE(32) || (depth <= 8 ? 2 ** depth : 0)
  const file = Buffer.alloc(FILE_HEADER_BYTES)
  file.write('BM', 'latin1')
  file.writeUInt32LE(FILE_HEADER_BYTES + bitmap.length, 2)
  file.writeUInt32LE((FILE_HEADER_BYTES + header + colours * 4) >>> 0, 10)
  return Buffer.concat([file, bitmap])
}
