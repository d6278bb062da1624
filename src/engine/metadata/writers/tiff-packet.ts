import { corruptSource, OperationError } from '../../../base/operation-error.ts'
import { type OpenFile, withOpenFile } from '../../../sources/open-file.ts'
import { type Packet, tryParsePacket, wrapPacket } from '../packet/packet.ts'
import { type Piece, writePieces } from '../write-pieces.ts'

/** The tag of a packet (XMP specification, part 3, 3.3.1). */
const XMP_TAG = 700
const BYTE = 1

/** How numbers are written: the fields of a BigTIFF take eight bytes where those of TIFF have two or four. */
interface Layout {
  readonly isLittleEndian: boolean
  /** The bytes of an offset. */
  readonly offsetBytes: 4 | 8
  /** The bytes of the number of entries. */
  readonly countBytes: 2 | 8
  readonly entryBytes: 12 | 20
  /** Where the offset of the first directory is. */
  readonly firstAt: 4 | 8
}

const TIFF = { offsetBytes: 4, countBytes: 2, entryBytes: 12, firstAt: 4 } as const
const BIG_TIFF = { offsetBytes: 8, countBytes: 8, entryBytes: 20, firstAt: 8 } as const

/** As much as an offset of TIFF reaches, in bytes. */
const MOST_TIFF_BYTES = 0xffff_ffff

/**
 * Writes a copy of a TIFF or BigTIFF file with another packet. Nothing in it moves: the packet comes to its end, together
 * with a first directory that names it. The old packet is overwritten with blanks, or whoever looks for packets in the
 * bytes of a file would find two.
 */
export function writeTiffPacket(sourcePath: string, resultPath: string, packet: Packet): void {
  withOpenFile(sourcePath, (file) => {
    const layout = readLayout(file)
    const header = file.read(0, layout.firstAt + layout.offsetBytes)
    const directory = readDirectory(file, layout, readOffset(header, layout, layout.firstAt))
    const old = directory.entries.find((entry) => tagOf(entry, layout) === XMP_TAG)
    const content = Buffer.from(wrapPacket(packet))
    const packetAt = alignedEnd(file.size)
    const directoryAt = alignedEnd(packetAt + content.length)
    const entries = [
      ...directory.entries.filter((entry) => entry !== old),
      writeEntry(layout, content.length, packetAt),
    ].toSorted((one, other) => tagOf(one, layout) - tagOf(other, layout))
    const written = writeDirectory(layout, entries, directory.next)
    if (layout.offsetBytes === 4 && directoryAt + written.length > MOST_TIFF_BYTES) {
      throw new OperationError('xmp_no_room', { title: 'TIFF' })
    }
    writeOffset(header, layout, layout.firstAt, directoryAt)
    writePieces(resultPath, file, [
      header,
      ...copyWithoutPacket(file, layout, header.length, old),
      Buffer.alloc(packetAt - file.size),
      content,
      Buffer.alloc(directoryAt - packetAt - content.length),
      written,
    ])
  })
}

function alignedEnd(position: number): number {
  return Math.ceil(position / 8) * 8
}

function readLayout(file: OpenFile): Layout {
  const start = file.read(0, 16)
  if (start.length < 16) throw corruptSource('TIFF')
  const isLittleEndian = start.toString('latin1', 0, 2) === 'II'
  const version = isLittleEndian ? start.readUInt16LE(2) : start.readUInt16BE(2)
  return { isLittleEndian, ...(version === 43 ? BIG_TIFF : TIFF) }
}

interface Directory {
  readonly entries: readonly Buffer[]
  /** The offset of the next one, as it is written. */
  readonly next: Buffer
}

function readDirectory(file: OpenFile, layout: Layout, offset: number): Directory {
  const { countBytes, entryBytes, offsetBytes } = layout
  const head = file.read(offset, countBytes)
  if (offset < 8 || head.length < countBytes) throw corruptSource('TIFF')
  const count = readNumber(head, layout, 0, countBytes)
  const length = count * entryBytes + offsetBytes
  const body = file.read(offset + countBytes, length)
  if (count === 0 || body.length < length) throw corruptSource('TIFF')
  return {
    entries: Array.from({ length: count }, (_, index) =>
      body.subarray(index * entryBytes, (index + 1) * entryBytes),
    ),
    next: body.subarray(count * entryBytes),
  }
}

function writeDirectory(layout: Layout, entries: readonly Buffer[], next: Buffer): Buffer {
  const count = Buffer.alloc(layout.countBytes)
  writeNumber(count, layout, 0, layout.countBytes, entries.length)
  return Buffer.concat([count, ...entries, next])
}

function writeEntry(layout: Layout, length: number, offset: number): Buffer {
  const entry = Buffer.alloc(layout.entryBytes)
  writeNumber(entry, layout, 0, 2, XMP_TAG)
  writeNumber(entry, layout, 2, 2, BYTE)
  writeOffset(entry, layout, 4, length)
  writeOffset(entry, layout, 4 + layout.offsetBytes, offset)
  return entry
}

/** The file behind its header, with blanks in place of an old packet; only of one, or a damaged file could lose pixels. */
function copyWithoutPacket(
  file: OpenFile,
  layout: Layout,
  start: number,
  old: Buffer | undefined,
): Piece[] {
  const whole = { start, end: file.size }
  if (old === undefined) return [whole]
  const length = readOffset(old, layout, 4)
  const offset = readOffset(old, layout, 4 + layout.offsetBytes)
  if (offset < start || tryParsePacket(file.read(offset, length)) === undefined) return [whole]
  return [
    { start, end: offset },
    Buffer.alloc(length, ' '),
    { start: offset + length, end: file.size },
  ]
}

function tagOf(entry: Buffer, layout: Layout): number {
  return readNumber(entry, layout, 0, 2)
}

function readOffset(bytes: Buffer, layout: Layout, position: number): number {
  return readNumber(bytes, layout, position, layout.offsetBytes)
}

function writeOffset(bytes: Buffer, layout: Layout, position: number, value: number): void {
  writeNumber(bytes, layout, position, layout.offsetBytes, value)
}

function readNumber(
  bytes: Buffer,
  { isLittleEndian }: Layout,
  position: number,
  length: 2 | 4 | 8,
): number {
  if (length < 8) {
    return isLittleEndian ? bytes.readUIntLE(position, length) : bytes.readUIntBE(position, length)
  }
  return Number(isLittleEndian ? bytes.readBigUInt64LE(position) : bytes.readBigUInt64BE(position))
}

function writeNumber(
  bytes: Buffer,
  { isLittleEndian }: Layout,
  position: number,
  length: 2 | 4 | 8,
  value: number,
): void {
  if (length === 8 && isLittleEndian) bytes.writeBigUInt64LE(BigInt(value), position)
  else if (length === 8) bytes.writeBigUInt64BE(BigInt(value), position)
  else if (isLittleEndian) bytes.writeUIntLE(value, position, length)
  else bytes.writeUIntBE(value, position, length)
}
