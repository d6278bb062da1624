import type { OpenFile } from '../../../sources/open-file.ts'

/** A page has at most 255 × 255 bytes and its header (RFC 3533, 6). */
const LARGEST_PAGE_BYTES = 65_307
const HEADER_BYTES = 27
/** Streams begin one after the other; more than these are never there. */
const MOST_STREAMS = 32

interface Stream {
  readonly serial: number
  /** In samples a second. */
  readonly rate: number
  /** How many samples are not played at first. */
  readonly skipped: number
}

/**
 * Measures how long an Ogg file is: by the position that the last page of its sound says.
 *
 * @returns seconds; undefined when there is no sound that this reader knows, or several files are strung together
 */
export function measureOgg(file: OpenFile): number | undefined {
  const streams = readStreams(file)
  const end = file.read(Math.max(0, file.size - 2 * LARGEST_PAGE_BYTES), 2 * LARGEST_PAGE_BYTES)
  for (
    let at = end.lastIndexOf('OggS');
    at !== -1;
    at = at === 0 ? -1 : end.lastIndexOf('OggS', at - 1)
  ) {
    if (at + HEADER_BYTES > end.length) continue
    const serial = end.readUInt32LE(at + 14)
    const stream = streams.find((each) => each.serial === serial)
    const position = end.readBigInt64LE(at + 6)
    // On this page no packet ends.
    if (stream === undefined || position < 0n) continue
    const samples = Number(position) - stream.skipped
    return samples > 0 ? samples / stream.rate : undefined
  }
  return undefined
}

/** The streams of sound that begin at the start of a file. */
function readStreams(file: OpenFile): Stream[] {
  const streams: Stream[] = []
  let at = 0
  for (let left = MOST_STREAMS; left > 0; left -= 1) {
    const head = file.read(at, HEADER_BYTES)
    const isFirstPage = head.length === HEADER_BYTES && (head.readUInt8(5) & 2) !== 0
    if (!isFirstPage || head.toString('latin1', 0, 4) !== 'OggS') return streams
    const lacing = file.read(at + HEADER_BYTES, head.readUInt8(26))
    const start = at + HEADER_BYTES + lacing.length
    const length = lacing.reduce((sum, bytes) => sum + bytes, 0)
    const stream = readStream(file.read(start, length), head.readUInt32LE(14))
    if (stream !== undefined) streams.push(stream)
    at = start + length
  }
  return streams
}

/** By the identification header of each codec: Vorbis I, 4.2.2; RFC 7845, 5.1; FLAC in Ogg; Speex manual, A. */
function readStream(packet: Buffer, serial: number): Stream | undefined {
  const has = (magic: string, bytes: number): boolean =>
    packet.length >= bytes && packet.subarray(0, magic.length).equals(Buffer.from(magic, 'latin1'))
  const rate = has('\x01vorbis', 16)
    ? packet.readUInt32LE(12)
    : has('Speex   ', 40)
      ? packet.readUInt32LE(36)
      : has('\x7fFLAC', 30)
        ? packet.readUIntBE(27, 3) >> 4
        : 0
  if (has('OpusHead', 12)) return { serial, rate: 48_000, skipped: packet.readUInt16LE(10) }
  return rate > 0 ? { serial, rate, skipped: 0 } : undefined
}
