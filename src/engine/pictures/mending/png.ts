import { crc32, deflateSync, inflateRawSync } from 'node:zlib'
import { corruptSource } from '../../../base/operation-error.ts'
import type { ReadBytes } from '../../../sources/open-file.ts'
import { walkPngChunks } from '../headers/header.ts'
import { pngChunk } from '../headers/png-chunk.ts'
import { tooManyPixels } from '../source.ts'

/** The most that such a picture has when it is unpacked, in bytes: nobody makes larger ones for telephones. */
const MOST_BYTES = 512 * 1024 ** 2

const SIGNATURE_BYTES = 8

/** The first chunk, from its name on, and the checksum behind it. */
const HEADER_BYTES = 17

/**
 * Requires that the size of a PNG is what its writer wrote: libvips would take memory for it before it looks at the checksum.
 *
 * @throws {@link OperationError} source_corrupt when it is not
 */
export function requireSoundHeader(read: ReadBytes): void {
  const header = read(SIGNATURE_BYTES + 4, HEADER_BYTES + 4)
  const isHeader = header.toString('latin1', 0, 4) === 'IHDR' && header.length === HEADER_BYTES + 4
  if (!isHeader) return
  if (crc32(header.subarray(0, HEADER_BYTES)) !== header.readUInt32BE(HEADER_BYTES))
    throw corruptSource('PNG')
}

/**
 * Whether a PNG is one of those that Xcode rewrites for iOS: its first chunk is another one, its data have no header, its
 * colours begin with blue and are multiplied with what they cover (http://iphonedevwiki.net/index.php/CgBI_file_format).
 */
export function isForTelephones(read: ReadBytes): boolean {
  return read(SIGNATURE_BYTES + 4, 4).toString('latin1') === 'CgBI'
}

/** How many samples a pixel has, by its colour type (PNG specification, 11.2.1). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/**
 * Makes such a file a PNG, of which the order of colours is still another one.
 *
 * @throws {@link OperationError} source_corrupt when its data are none, or more than it says; source_too_many_pixels when it says that it
 *   has more than is taken: nothing is unpacked then
 */
export function unpackForTelephones(read: ReadBytes): Buffer[] {
  let bytes = 0
  const parts = [read(0, SIGNATURE_BYTES)]
  const data: Buffer[] = []
  for (const { type, position, length } of walkPngChunks(read)) {
    const content = read(position, length)
    if (type === 'IHDR') bytes = countBytes(content)
    if (type === 'IDAT') data.push(content)
    else if (type !== 'CgBI') {
      if (type === 'IEND') parts.push(pngChunk('IDAT', repack(Buffer.concat(data), bytes)))
      parts.push(pngChunk(type, content))
    }
  }
  return parts
}

/** How many bytes a picture has when it is unpacked, by its header; at most a few more than that. */
function countBytes(header: Buffer): number {
  if (header.length < 13) throw corruptSource('PNG')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const bits = header.readUInt8(8) * (SAMPLES[header.readUInt8(9)] ?? 4)
  // Each row says how it is filtered, and an interlaced picture has more of them, which end with a part of a byte.
  const bytes = (Math.ceil((width * bits) / 8) + 1) * height + 16 * (width + height)
  if (bytes > MOST_BYTES) {
    throw tooManyPixels({ width, height }, Math.floor((MOST_BYTES * 8) / Math.max(1, bits)))
  }
  return bytes
}

function repack(data: Buffer, bytes: number): Buffer {
  try {
    return deflateSync(inflateRawSync(data, { maxOutputLength: Math.max(1, bytes) }), { level: 1 })
  } catch (error) {
    throw corruptSource('PNG', { cause: error })
  }
}
