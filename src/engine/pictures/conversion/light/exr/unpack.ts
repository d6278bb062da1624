import { inflateSync } from 'node:zlib'
import { IncompleteFile, UnknownFeature } from '../../magick-source.ts'
import { unpackB44 } from './b44.ts'
import type { ExrChunk, ExrRun } from './chunk.ts'
import { EXR_TYPES } from './header.ts'
import { unpackPiz } from './piz.ts'

/** How the rows of a part are packed, by the number of its compression: as many at a time, and what unpacks them. */
interface Packing {
  readonly rows: number
  readonly unpack: (packed: Buffer, chunk: ExrChunk) => Buffer
}

const PACKINGS: readonly Packing[] = [
  { rows: 1, unpack: (packed) => packed },
  { rows: 1, unpack: (packed, { length }) => join(unpackRuns(packed, length)) },
  { rows: 1, unpack: (packed, { length }) => join(inflate(packed, length)) },
  { rows: 16, unpack: (packed, { length }) => join(inflate(packed, length)) },
  { rows: 32, unpack: unpackPiz },
  { rows: 16, unpack: unpackPxr24 },
  { rows: 32, unpack: unpackB44 },
  { rows: 32, unpack: unpackB44 },
]

/** The names of those that nobody here unpacks, from 8 on. */
const UNKNOWN = ['DWAA', 'DWAB']

/** @throws {@link UnknownFeature} when nobody here unpacks such a compression */
export function packingOf(compression: number): Packing {
  const packing = PACKINGS[compression]
  if (packing !== undefined) return packing
  const name = UNKNOWN[compression - PACKINGS.length] ?? `number ${compression}`
  throw new UnknownFeature(
    `a compression (${name}) that cannot be read; ZIP, PIZ, RLE, PXR24, B44 or none can`,
  )
}

/** Bytes, or how many times one comes. */
function unpackRuns(packed: Buffer, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let to = 0
  for (let from = 0; from < packed.length;) {
    const head = packed.readInt8(from)
    const count = head < 0 ? -head : head + 1
    if (to + count > length) throw new IncompleteFile('A chunk has too many bytes.')
    if (head < 0) packed.copy(bytes, to, from + 1, from + 1 + count)
    else bytes.fill(packed[from + 1] ?? 0, to, to + count)
    to += count
    from += head < 0 ? 1 + count : 2
  }
  if (to < length) throw new IncompleteFile('A chunk has too few bytes.')
  return bytes
}

function inflate(packed: Buffer, length: number): Buffer {
  try {
    const bytes = inflateSync(packed, { maxOutputLength: Math.max(1, length) })
    if (bytes.length === length) return bytes
  } catch (error) {
    throw new IncompleteFile('A chunk cannot be inflated.', { cause: error })
  }
  throw new IncompleteFile('A chunk has too few bytes.')
}

/** Adds up differences, and puts every other byte of the two halves. */
function join(bytes: Buffer): Buffer {
  for (let at = 1; at < bytes.length; at += 1)
    bytes[at] = ((bytes[at - 1] ?? 0) + (bytes[at] ?? 0) - 128) & 0xff
  const joined = Buffer.allocUnsafe(bytes.length)
  const half = Math.ceil(bytes.length / 2)
  for (let at = 0; at < bytes.length; at += 1) joined[at] = bytes[(at >> 1) + (at & 1) * half] ?? 0
  return joined
}

/** How many bytes of a sample there are. */
function keptOf({ channel }: ExrRun): number {
  return channel.type === EXR_TYPES.float ? 3 : channel.bytes
}

/** Differences between samples, of which each byte stands apart; of floats the lowest is left out. */
function unpackPxr24(packed: Buffer, { runs, length }: ExrChunk): Buffer {
  const kept = runs.reduce((sum, run) => sum + keptOf(run) * run.count, 0)
  const bytes = inflate(packed, kept)
  const unpacked = Buffer.allocUnsafe(length)
  let from = 0
  let to = 0
  for (const run of runs) {
    const { channel, count } = run
    const planes = keptOf(run)
    // The bits that the lowest byte would have.
    const shift = 8 * (channel.bytes - planes)
    let sample = 0
    for (let index = 0; index < count; index += 1) {
      let difference = 0
      for (let plane = 0; plane < planes; plane += 1)
        difference = (difference << 8) | (bytes[from + plane * count + index] ?? 0)
      sample = (sample + (difference << shift)) >>> 0
      if (channel.bytes === 2) unpacked.writeUInt16LE(sample & 0xffff, to)
      else unpacked.writeUInt32LE(sample, to)
      to += channel.bytes
    }
    from += planes * count
  }
  return unpacked
}
