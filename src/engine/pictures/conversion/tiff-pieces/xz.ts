import { IncompleteFile, UnknownFeature } from '../magick-source.ts'
import { LzmaDecoder } from './lzma.ts'

/** The .xz file format, version 1.2.0, 2.1.1. */
const MAGIC = Buffer.from('fd377a585a00', 'hex')
const STREAM_HEADER_BYTES = 12

/** The numbers of filters (5.3). */
const FILTER = { delta: 0x03, lzma2: 0x21 }

/** How long the check of a block is, by its number (2.1.1.2). */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64]

/**
 * Decompresses a stream of the .xz format, with LZMA2 and differences between bytes.
 *
 * @param most - as many bytes as it may have
 * @throws {@link IncompleteFile} when it is damaged or has more, {@link UnknownFeature} when it has another filter
 */
export function decompressXz(packed: Buffer, most: number): Buffer {
  if (!packed.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged()
  const checkBytes = CHECK_BYTES[(packed[7] ?? 0) & 15] ?? 0
  const output = Buffer.alloc(most)
  const decoder = new LzmaDecoder(output)
  let at = STREAM_HEADER_BYTES
  // The index behind the blocks begins with a 0.
  while (at < packed.length && packed[at] !== 0) {
    const { filters, end } = readBlockHeader(packed, at)
    const first = decoder.length
    at = decodeLzma2(packed, end, decoder)
    for (const distance of filters) addUp(output.subarray(first, decoder.length), distance)
    at += (4 - ((at - end) % 4)) % 4
    at += checkBytes
  }
  return output.subarray(0, decoder.length)
}

function damaged(): IncompleteFile {
  return new IncompleteFile('A piece of the .xz format is damaged.')
}

/** The distances of the differences that a block has, the last first, and where its data begin (3.1). */
function readBlockHeader(packed: Buffer, start: number): { filters: number[]; end: number } {
  const end = start + ((packed[start] ?? 0) + 1) * 4
  if (end > packed.length) throw damaged()
  const flags = packed[start + 1] ?? 0
  let at = start + 2
  const readNumber = (): number => {
    let [value, factor] = [0, 1]
    for (; at < end; factor *= 128) {
      const byte = packed[at] ?? 0
      at += 1
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
    }
    throw damaged()
  }
  if ((flags & 0x40) !== 0) readNumber()
  if ((flags & 0x80) !== 0) readNumber()
  const filters: number[] = []
  for (let left = (flags & 3) + 1; left > 0; left -= 1) {
    const [id, length] = [readNumber(), readNumber()]
    const property = packed[at] ?? 0
    at += length
    if (id === FILTER.delta) filters.unshift(property + 1)
    else if (id !== FILTER.lzma2)
      throw new UnknownFeature(
        'a compression (LZMA with a filter for programs) that cannot be read',
      )
  }
  return { filters, end }
}

/** Decodes chunks up to the 0 that ends them; returns where that is over. */
function decodeLzma2(packed: Buffer, start: number, decoder: LzmaDecoder): number {
  let at = start
  for (;;) {
    const control = packed[at]
    if (control === undefined || at + 3 > packed.length) {
      if (control === 0) return at + 1
      throw damaged()
    }
    if (control === 0) return at + 1
    const low = packed.readUInt16BE(at + 1) + 1
    if (control < 0x80) {
      if (control > 2) throw damaged()
      if (control === 1) decoder.forget()
      const end = at + 3 + low
      if (end > packed.length) throw damaged()
      decoder.copy(packed.subarray(at + 3, end))
      at = end
      continue
    }
    const resets = (control >> 5) & 3
    const hasProperties = resets >= 2
    const content = at + (hasProperties ? 6 : 5)
    if (content > packed.length) throw damaged()
    const end = content + packed.readUInt16BE(at + 3) + 1
    if (end > packed.length) throw damaged()
    if (resets === 3) decoder.forget()
    if (hasProperties) decoder.setProperties(packed[at + 5] ?? 0)
    else if (resets === 1) decoder.reset()
    decoder.decode(packed.subarray(content, end), (control & 0x1f) * 65_536 + low)
    at = end
  }
}

/** Makes bytes of the differences to those so far before them (5.3.3). */
function addUp(bytes: Buffer, distance: number): void {
  for (let at = distance; at < bytes.length; at += 1)
    bytes[at] = ((bytes[at] ?? 0) + (bytes[at - distance] ?? 0)) & 0xff
}
