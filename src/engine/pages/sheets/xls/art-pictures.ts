import { inflateSync } from 'node:zlib'
import { readRecords, withContinued, XLS_END } from '../../../text/legacy/xls-records.ts'

/** The record of a workbook that has the pictures of all of its sheets ([MS-XLS] 2.4.170). */
const GROUP = 0xeb

/** Records of pictures in it ([MS-ODRAW] 2.2.23): what tells of one, and one itself, by their kinds. */
const ENTRY = 0xf007
const METAFILES: ReadonlySet<number> = new Set([0xf01a, 0xf01b])
const BITMAP = 0xf01f
const BLIPS: ReadonlySet<number> = new Set([...METAFILES, BITMAP, 0xf01d, 0xf01e, 0xf029, 0xf02a])

const HEAD_BYTES = 8
const ENTRY_BYTES = 36
const NAME_BYTES = 33
const ID_BYTES = 16
const METAFILE_BYTES = 34
const CONTAINER = 0xf

/** As many records are looked at, and as many pictures kept, with as many bytes as all may have together. */
const MOST_RECORDS = 20_000
const MOST_PICTURES = 300
const MOST_BYTES = 100_000_000

/** The files of the pictures of a workbook, by their numbers counted from 1; what nobody can read is not among them. */
export function readArtPictures(stream: Buffer): ReadonlyMap<number, Buffer> {
  const parts: Buffer[] = []
  for (const record of readRecords(stream, 0)) {
    if (record.type === XLS_END) break
    if (record.type === GROUP) parts.push(...withContinued(stream, record))
  }
  const drawing = Buffer.concat(parts)
  const pictures = new Map<number, Buffer>()
  let number = 0
  let left = MOST_BYTES
  let at = 0
  for (let nth = 0; nth < MOST_RECORDS && at + HEAD_BYTES <= drawing.length; nth += 1) {
    const version = drawing.readUInt16LE(at)
    const type = drawing.readUInt16LE(at + 2)
    const end = at + HEAD_BYTES + drawing.readUInt32LE(at + 4)
    if ((version & 0xf) === CONTAINER) {
      at += HEAD_BYTES
      continue
    }
    if (type === ENTRY) {
      number += 1
      const file =
        pictures.size < MOST_PICTURES
          ? readEntry(drawing.subarray(at + HEAD_BYTES, end), left)
          : undefined
      if (file) {
        left -= file.length
        pictures.set(number, file)
      }
    }
    at = end
  }
  return pictures
}

function readEntry(entry: Buffer, mostBytes: number): Buffer | undefined {
  const start = ENTRY_BYTES + (entry[NAME_BYTES] ?? 0)
  if (entry.length < start + HEAD_BYTES) return undefined
  const instance = entry.readUInt16LE(start) >> 4
  const type = entry.readUInt16LE(start + 2)
  if (!BLIPS.has(type)) return undefined
  const end = start + HEAD_BYTES + entry.readUInt32LE(start + 4)
  // Kinds with an odd number have two ids.
  const ids = ID_BYTES * (instance % 2 === 1 ? 2 : 1)
  const data = entry.subarray(start + HEAD_BYTES + ids, end)
  if (METAFILES.has(type)) return readMetafile(data, mostBytes)
  const file = data.subarray(1)
  if (file.length > mostBytes) return undefined
  return type === BITMAP ? toBitmapFile(file) : file
}

/** Whether a metafile is compressed is in the last but one of the bytes before it. */
const COMPRESSED = 0

function readMetafile(data: Buffer, mostBytes: number): Buffer | undefined {
  const body = data.subarray(METAFILE_BYTES)
  if (data[METAFILE_BYTES - 2] !== COMPRESSED) return body.length > mostBytes ? undefined : body
  try {
    return inflateSync(body, { maxOutputLength: mostBytes })
  } catch {
    return undefined
  }
}

/** A bitmap with the head that its file has, which says where its pixels begin. */
function toBitmapFile(bitmap: Buffer): Buffer | undefined {
  if (bitmap.length < 40) return undefined
  const depth = bitmap.readUInt16LE(14)
  const colours = bitmap.readUInt32LE(32) || (depth <= 8 ? 2 ** depth : 0)
  const masks = bitmap.readUInt32LE(16) === 3 ? 12 : 0
  const head = Buffer.alloc(14)
  head.write('BM', 'latin1')
  head.writeUInt32LE(head.length + bitmap.length, 2)
  const start = head.length + bitmap.readUInt32LE(0) + masks + colours * 4
  head.writeUInt32LE(start % 2 ** 32, 10)
  return Buffer.concat([head, bitmap])
}
