import { inflateSync } from 'node:zlib'
import decompress from 'wawoff2/decompress.js'

/** The most that a font has when it is unpacked, in bytes: those of East Asia have some 20 MB. */
const MOST_BYTES = 64 * 1024 * 1024

/** How fonts begin that are not packed: TrueType, OpenType, and collections of them. */
const UNPACKED: readonly string[] = ['\0\x01\0\0', 'OTTO', 'true', 'ttcf']

/**
 * Unpacks a font as the web has them, WOFF or WOFF2.
 *
 * @returns undefined when it is no font, or damaged
 */
export async function toSfnt(font: Buffer): Promise<Uint8Array | undefined> {
  const mark = font.toString('latin1', 0, 4)
  if (UNPACKED.includes(mark)) return font
  try {
    if (mark === 'wOFF') return unpackWoff(font)
    return mark === 'wOF2' ? await decompress(font) : undefined
  } catch {
    return undefined
  }
}

const HEADER_BYTES = 44
const ENTRY_BYTES = 20

/** WOFF File Format 1.0, sections 3 to 5: each table of the font, with zlib where that makes it smaller. */
function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const directory = Buffer.alloc(12 + 16 * count)
  woff.copy(directory, 0, 4, 8)
  directory.writeUInt16BE(count, 4)
  const power = 2 ** Math.floor(Math.log2(Math.max(1, count)))
  directory.writeUInt16BE(16 * power, 6)
  directory.writeUInt16BE(Math.log2(power), 8)
  directory.writeUInt16BE(16 * (count - power), 10)
  const parts: Uint8Array[] = [directory]
  let end = directory.length
  for (let index = 0; index < count; index += 1) {
    const entry = HEADER_BYTES + ENTRY_BYTES * index
    const [offset, packed, length] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at))
    if (offset === undefined || packed === undefined || length === undefined) break
    const stored = woff.subarray(offset, offset + packed)
    const left = Math.max(1, MOST_BYTES - end)
    const table = packed < length ? inflateSync(stored, { maxOutputLength: left }) : stored
    if (table.length !== length) throw new RangeError('a table is not whole')
    const at = 12 + 16 * index
    woff.copy(directory, at, entry, entry + 4)
    woff.copy(directory, at + 4, entry + 16, entry + 20)
    directory.writeUInt32BE(end, at + 8)
    directory.writeUInt32BE(length, at + 12)
    // Each begins at a multiple of four.
    const padding = Buffer.alloc(-length & 3)
    parts.push(table, padding)
    end += length + padding.length
  }
  return Buffer.concat(parts)
}
