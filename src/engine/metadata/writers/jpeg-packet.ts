import { createHash } from 'node:crypto'
import { withOpenFile } from '../../../sources/open-file.ts'
import { copyProperties, editPacket } from '../packet/edit.ts'
import { emptyPacket, type Packet, wrapPacket } from '../packet/packet.ts'
import { propertiesOf } from '../packet/properties.ts'
import {
  APP1,
  DIGEST_BYTES,
  EXTENSION_HEAD,
  isXmp,
  type JpegSegment,
  PACKET_HEAD,
  readSegments,
} from '../readers/read-jpeg.ts'
import { type Piece, writePieces } from '../write-pieces.ts'
import { isMpf, moveMpf } from './jpeg-mpf.ts'

const APP0 = 0xe0
const EXIF_HEAD = 'Exif\0'

/** The most that a segment holds, in bytes: its length is a number of two bytes, which counts itself. */
const MOST_SEGMENT_BYTES = 65_535 - 2
/** The most that a packet may take without an extended one, in bytes (XMP specification, part 3, 1.1.3). */
const MOST_MAIN_BYTES = MOST_SEGMENT_BYTES - PACKET_HEAD.length
/** As much of an extended packet as goes into one segment, in bytes; what the specification recommends. */
const EXTENSION_PART_BYTES = 65_400

/** What the note in the main packet takes, and some more. */
const NOTE_BYTES = 500

/** Writes a copy of a JPEG file with another packet, of which what is too long becomes an extended packet. */
export function writeJpegPacket(sourcePath: string, resultPath: string, packet: Packet): void {
  withOpenFile(sourcePath, (file) => {
    const segments = readSegments(file)
    const kept = segments.filter((each) => !isXmp(each))
    const behind = kept.findIndex((each) => !isFirst(each))
    const first = behind === -1 ? kept : kept.slice(0, behind)
    const rest = behind === -1 ? [] : kept.slice(behind)
    const picture = segments.at(-1)?.end ?? 2
    const ahead = [file.read(0, 2), ...first, ...writeSegments(packet), ...rest]
    const moved = sizeOf(ahead) - picture
    const pieces = ahead.map((piece, index) => {
      if (piece instanceof Uint8Array || !isMpf(piece)) return piece
      const start = sizeOf(ahead.slice(0, index))
      return moveMpf(file, piece, { segment: start - piece.start, picture: moved })
    })
    writePieces(resultPath, file, [...pieces, { start: picture, end: file.size }])
  })
}

function sizeOf(pieces: readonly Piece[]): number {
  return pieces
    .map((piece) => ('start' in piece ? piece.end - piece.start : piece.length))
    .reduce((sum, size) => sum + size, 0)
}

/** JFIF and Exif both want to be the first, and XMP comes right behind them. */
function isFirst({ marker, head }: JpegSegment): boolean {
  return marker === APP0 || (marker === APP1 && head.toString('latin1', 0, 5) === EXIF_HEAD)
}

function writeSegments(packet: Packet): Buffer[] {
  const whole = Buffer.from(wrapPacket(packet))
  if (whole.length <= MOST_MAIN_BYTES) return [segment(PACKET_HEAD, whole)]
  const { main, extended } = divide(packet)
  const digest = Buffer.from(createHash('md5').update(extended).digest('hex').toUpperCase())
  const note = `<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="${digest.toString()}"/>`
  const noted = editPacket(main, { added: [note] })
  const pieces = [segment(PACKET_HEAD, Buffer.from(wrapPacket(noted)))]
  for (let offset = 0; offset < extended.length; offset += EXTENSION_PART_BYTES) {
    const fields = Buffer.alloc(DIGEST_BYTES + 8)
    digest.copy(fields)
    fields.writeUInt32BE(extended.length, DIGEST_BYTES)
    fields.writeUInt32BE(offset, DIGEST_BYTES + 4)
    const part = extended.subarray(offset, offset + EXTENSION_PART_BYTES)
    pieces.push(segment(EXTENSION_HEAD, Buffer.concat([fields, part])))
  }
  return pieces
}

/** Moves the longest properties of a packet into an extended one until the rest fits into a segment. */
function divide(packet: Packet): { main: Packet; extended: Buffer } {
  const properties = propertiesOf(packet).toSorted(
    (one, other) => other.end - other.start - (one.end - one.start),
  )
  let excess = Buffer.byteLength(wrapPacket(packet)) + NOTE_BYTES - MOST_MAIN_BYTES
  const moved = properties.filter(({ start, end }) => {
    if (excess <= 0) return false
    excess -= Buffer.byteLength(packet.text.slice(start, end))
    return true
  })
  const main = editPacket(packet, { without: moved })
  const extended = editPacket(emptyPacket(), { added: copyProperties(packet, moved) })
  return { main, extended: Buffer.from(extended.text) }
}

/** @throws RangeError when the content is too long */
function segment(head: Buffer, content: Buffer): Buffer {
  const start = Buffer.from([0xff, APP1, 0, 0])
  start.writeUInt16BE(2 + head.length + content.length, 2)
  return Buffer.concat([start, head, content])
}
