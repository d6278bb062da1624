import type { OpenFile } from '../../../sources/open-file.ts'

/** Kilobits a second by the index in a header, of MPEG 1 and of MPEG 2 and 2.5, layer III (ISO 11172-3, 2.4.2.3). */
const BITRATES = {
  first: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  later: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const

const SAMPLE_RATES = [44_100, 48_000, 32_000] as const

/** By the bits of the version: what MPEG 1 has is halved, and halved again. */
const VERSIONS: Readonly<Record<number, { readonly divisor: number; readonly isFirst: boolean }>> =
  {
    3: { divisor: 1, isFirst: true },
    2: { divisor: 2, isFirst: false },
    0: { divisor: 4, isFirst: false },
  }

const HEADER_BYTES = 4
const TAG_HEADER_BYTES = 10
/** As far as a first frame may be behind the tags, in bytes. */
const MOST_PADDING = 65_536
/** As much of the file is read at once, in bytes. */
const BLOCK_BYTES = 1 << 20

interface Frame {
  readonly bytes: number
  readonly samples: number
  readonly sampleRate: number
  readonly isFirst: boolean
  readonly isMono: boolean
}

/**
 * Measures how long an MP3 is: by the number of frames that its encoder has noted in the first one, or by counting them.
 *
 * @returns seconds; undefined when no frame is found
 */
export function measureMp3(file: OpenFile): number | undefined {
  const start = findFirstFrame(file, skipTags(file))
  if (start === undefined) return undefined
  const frame = readFrame(file.read(start, HEADER_BYTES))
  if (frame === undefined) return undefined
  const noted = readNoted(file.read(start, frame.bytes), frame)
  return noted === undefined ? count(file, start) : (noted * frame.samples) / frame.sampleRate
}

/** ID3v2 stands before the sound, with its length in four times seven bits (id3.org, 2.4.0, 3.1). */
function skipTags(file: OpenFile): number {
  let at = 0
  for (;;) {
    const head = file.read(at, TAG_HEADER_BYTES)
    if (head.length < TAG_HEADER_BYTES || head.toString('latin1', 0, 3) !== 'ID3') return at
    const length = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0)
    const hasFooter = (head.readUInt8(5) & 0x10) !== 0
    at += TAG_HEADER_BYTES + length + (hasFooter ? TAG_HEADER_BYTES : 0)
  }
}

/** A header may occur by chance; behind a real frame is another, or the end. */
function findFirstFrame(file: OpenFile, from: number): number | undefined {
  const bytes = file.read(from, MOST_PADDING)
  for (let at = 0; at + HEADER_BYTES <= bytes.length; at += 1) {
    const frame = readFrame(bytes.subarray(at, at + HEADER_BYTES))
    if (frame === undefined) continue
    const next = from + at + frame.bytes
    if (next >= file.size || readFrame(file.read(next, HEADER_BYTES))) return from + at
  }
  return undefined
}

function readFrame(header: Buffer): Frame | undefined {
  if (header.length < HEADER_BYTES || header[0] !== 0xff) return undefined
  const [, second = 0, third = 0, fourth = 0] = header
  const version = VERSIONS[(second >> 3) & 3]
  const isLayer3 = (second & 0xe6) === 0xe2
  if (!isLayer3 || version === undefined) return undefined
  const { divisor, isFirst } = version
  const kilobits = BITRATES[isFirst ? 'first' : 'later'][third >> 4]
  const rate = SAMPLE_RATES[(third >> 2) & 3]
  if (!kilobits || rate === undefined) return undefined
  const sampleRate = rate / divisor
  const samples = isFirst ? 1152 : 576
  const padding = (third >> 1) & 1
  const bytes = Math.floor(((samples / 8) * kilobits * 1000) / sampleRate) + padding
  return { bytes, samples, sampleRate, isFirst, isMono: fourth >> 6 === 3 }
}

/** How many frames there are, as Xing, LAME or Fraunhofer's encoder write it into a first frame without sound. */
function readNoted(frame: Buffer, { isFirst, isMono }: Frame): number | undefined {
  const side = isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17
  const at = HEADER_BYTES + side
  const name = frame.toString('latin1', at, at + 4)
  if ((name === 'Xing' || name === 'Info') && frame.length >= at + 12) {
    const hasFrames = (frame.readUInt32BE(at + 4) & 1) === 1
    return hasFrames ? frame.readUInt32BE(at + 8) : undefined
  }
  const isFraunhofer = frame.toString('latin1', 36, 40) === 'VBRI' && frame.length >= 54
  return isFraunhofer ? frame.readUInt32BE(50) : undefined
}

function count(file: OpenFile, start: number): number {
  let seconds = 0
  let block: Buffer = Buffer.alloc(0)
  let blockAt = 0
  for (let at = start; at + HEADER_BYTES <= file.size;) {
    if (at < blockAt || at + HEADER_BYTES > blockAt + block.length) {
      block = file.read(at, BLOCK_BYTES)
      blockAt = at
    }
    const frame = readFrame(block.subarray(at - blockAt, at - blockAt + HEADER_BYTES))
    if (frame === undefined) break
    seconds += frame.samples / frame.sampleRate
    at += frame.bytes
  }
  return seconds
}
