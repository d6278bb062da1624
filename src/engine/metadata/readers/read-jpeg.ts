import { corruptSource } from '../../../base/operation-error.ts'
import { type OpenFile, withOpenFile } from '../../../sources/open-file.ts'
import { mergePackets } from '../packet/merge.ts'
import { type Packet, tryParsePacket } from '../packet/packet.ts'
import { propertiesOf } from '../packet/properties.ts'

/** A segment of a JPEG file (ISO 10918-1, annex B), from its marker to its end. */
export interface JpegSegment {
  /** The second byte of the marker. */
  readonly marker: number
  readonly start: number
  readonly end: number
  /** Its first bytes behind the length. */
  readonly head: Buffer
}

/** What the segment of a packet begins with (XMP specification, part 3, 1.1.3). */
export const PACKET_HEAD = Buffer.from('http://ns.adobe.com/xap/1.0/\0')
/** What the segments of an extended packet begin with. */
export const EXTENSION_HEAD = Buffer.from('http://ns.adobe.com/xmp/extension/\0')
/** Behind the head of an extension: the digest of the whole, its length, and where this part belongs. */
export const DIGEST_BYTES = 32
const EXTENSION_FIELDS_BYTES = DIGEST_BYTES + 4 + 4

export const APP1 = 0xe1
const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9

/** Longer than any head. */
const HEAD_BYTES = EXTENSION_HEAD.length + EXTENSION_FIELDS_BYTES

/** The most that an extended packet may be, in bytes. */
const MOST_EXTENDED_BYTES = 16_000_000

/**
 * Finds the segments before the picture itself.
 *
 * @throws {@link OperationError} when there is no picture behind them
 */
export function readSegments(file: OpenFile): JpegSegment[] {
  const segments: JpegSegment[] = []
  let position = 2
  for (;;) {
    let head = file.read(position, 4 + HEAD_BYTES)
    // Any number of bytes 0xff may fill the room before a marker.
    while (head[0] === 0xff && head[1] === 0xff) {
      position += 1
      head = file.read(position, 4 + HEAD_BYTES)
    }
    if (head.length < 4 || head[0] !== 0xff) throw corruptSource('JPEG')
    const marker = head.readUInt8(1)
    if (marker === START_OF_SCAN) return segments
    const end = position + 2 + head.readUInt16BE(2)
    if (marker === END_OF_IMAGE || end < position + 4 || end > file.size)
      throw corruptSource('JPEG')
    segments.push({ marker, start: position, end, head: head.subarray(4) })
    position = end
  }
}

/** Whether a segment holds a packet, or a part of an extended one. */
export function isXmp(segment: JpegSegment): boolean {
  return beginsWith(segment, PACKET_HEAD) || beginsWith(segment, EXTENSION_HEAD)
}

/** Reads the packet of a JPEG file, together with the extended one that it names. */
export function readJpegPacket(path: string): Packet | undefined {
  return withOpenFile(path, (file) => {
    const segments = readSegments(file)
    const main = segments.find((segment) => beginsWith(segment, PACKET_HEAD))
    if (main === undefined) return undefined
    const start = main.start + 4 + PACKET_HEAD.length
    const packet = tryParsePacket(file.read(start, main.end - start))
    const digest = packet && findDigest(packet)
    const extended =
      digest === undefined ? undefined : tryParsePacket(readExtended(file, segments, digest))
    return packet && extended ? mergePackets({ packet, others: [extended] }) : packet
  })
}

/** The digest of the extended packet that belongs to a packet. */
function findDigest(packet: Packet): string | undefined {
  const note = propertiesOf(packet).find(({ key }) => key.endsWith('/xmp/note/ HasExtendedXMP'))
  return note && /[\dA-F]{32}/.exec(packet.text.slice(note.start, note.end))?.[0]
}

/** @returns undefined when a part is missing */
function readExtended(
  file: OpenFile,
  segments: readonly JpegSegment[],
  digest: string,
): Buffer | undefined {
  const parts = segments.filter(
    (segment) =>
      beginsWith(segment, EXTENSION_HEAD) &&
      segment.end - segment.start >= 4 + HEAD_BYTES &&
      segment.head.toString('latin1', EXTENSION_HEAD.length).startsWith(digest),
  )
  const [first] = parts
  const length = first?.head.readUInt32BE(EXTENSION_HEAD.length + DIGEST_BYTES) ?? 0
  if (length === 0 || length > MOST_EXTENDED_BYTES) return undefined
  const whole = Buffer.alloc(length)
  let read = 0
  for (const { head, start, end } of parts) {
    const content = start + 4 + HEAD_BYTES
    const offset = head.readUInt32BE(EXTENSION_HEAD.length + DIGEST_BYTES + 4)
    if (offset >= length) return undefined
    read += file.read(content, end - content).copy(whole, offset)
  }
  return read === length ? whole : undefined
}

function beginsWith({ marker, head }: JpegSegment, beginning: Buffer): boolean {
  return marker === APP1 && head.subarray(0, beginning.length).equals(beginning)
}
