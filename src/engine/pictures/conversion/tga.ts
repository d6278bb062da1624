import { type Excerpt, IncompleteFile, type SourceBytes } from './magick-source.ts'
import type { Picture } from './picture.ts'

const HEADER_BYTES = 18

/** What a file of version 2 ends with: where its extension begins, and its signature. */
const FOOTER_BYTES = 26
const SIGNATURE = 'TRUEVISION-XFILE.\0'

/** Where an extension says what transparency is, in bytes. */
const ATTRIBUTES_AT = 494

/** What it says: none, what means nothing, what is to be kept though it means nothing, transparency, and that multiplied. */
const MEANINGLESS: readonly number[] = [1, 2]
const MULTIPLIED = 4

const GREY = 3
const PACKED = 8
const COLOURS = 2

/**
 * Finds the picture of a TGA file. The header tells how many bits of a pixel are transparency; where that is none, a fourth byte is
 * without a meaning (Truevision TGA, version 2.0, fields 5.6 and 24).
 *
 * @throws {@link IncompleteFile} when the file ends before its picture
 */
export function findTga(file: SourceBytes): Picture {
  const header = file.read([{ start: 0, length: HEADER_BYTES }])
  const size = { width: header.readUInt16LE(12), height: header.readUInt16LE(14) }
  const [kind, bits, alphaBits] = [
    header.readUInt8(2),
    header.readUInt8(16),
    header.readUInt8(17) & 0x0f,
  ]
  const paletteBytes = header.readUInt16LE(5) * Math.ceil(header.readUInt8(7) / 8)
  const start = HEADER_BYTES + header.readUInt8(0) + paletteBytes
  const isPacked = kind >= PACKED
  const length = size.width * size.height * Math.ceil(bits / 8)
  if (start + (isPacked ? 0 : length) > file.size)
    throw new IncompleteFile('The file ends within its pixels.')
  const attributes = readAttributes(file)
  const picture = {
    size,
    opaque: alphaBits === 0 || MEANINGLESS.includes(attributes ?? alphaBits),
    premultiplied: attributes === MULTIPLIED,
  }
  const isGreyWithAlpha = (kind & ~PACKED) === GREY && bits === 16
  if (!isGreyWithAlpha) {
    if (isPacked) requirePackets(file.read([rest(file, start)]), size.width * size.height, bits / 8)
    return { ...picture, pieces: [rest(file, 0)] }
  }
  // ImageMagick takes them for colours of 15 bits.
  const content = file.read([rest(file, start)])
  const pixels = size.width * size.height
  const colours = isPacked ? spreadPackets(content, pixels) : spread(content.subarray(0, length))
  const described = Buffer.from(header)
  described.fill(0, 0, 12)
  described.writeUInt8(COLOURS | (kind & PACKED), 2)
  described.writeUInt8(32, 16)
  return { ...picture, pieces: [described, colours] }
}

function rest(file: SourceBytes, start: number): Excerpt {
  return { start, length: file.size - start }
}

/** What the extension says of transparency; undefined when there is none. */
function readAttributes(file: SourceBytes): number | undefined {
  if (file.size < FOOTER_BYTES) return undefined
  const footer = file.read([{ start: file.size - FOOTER_BYTES, length: FOOTER_BYTES }])
  const extension = footer.readUInt32LE(0)
  const isThere = extension > 0 && extension + ATTRIBUTES_AT < file.size
  if (footer.toString('latin1', 8) !== SIGNATURE || !isThere) return undefined
  return file.read([{ start: extension + ATTRIBUTES_AT, length: 1 }]).readUInt8()
}

/** @throws {@link IncompleteFile} when packets end before the pixels do, which ImageMagick leaves black */
function requirePackets(content: Buffer, pixels: number, pixelBits: number): void {
  const pixelBytes = Math.ceil(pixelBits)
  let from = 0
  for (let left = pixels; left > 0;) {
    const head = content[from]
    if (head === undefined) throw new IncompleteFile('The file ends within its pixels.')
    const count = (head & 0x7f) + 1
    from += 1 + (head < 0x80 ? count : 1) * pixelBytes
    left -= count
  }
  if (from > content.length) throw new IncompleteFile('The file ends within its pixels.')
}

/** Pixels of grey and transparency as those of three colours and transparency. */
function spread(pixels: Buffer): Buffer {
  const colours = Buffer.allocUnsafe(pixels.length * 2)
  for (let from = 0, to = 0; from + 1 < pixels.length; from += 2, to += 4) {
    colours.fill(pixels[from] ?? 0, to, to + 3)
    colours[to + 3] = pixels[from + 1] ?? 0
  }
  return colours
}

/** Likewise of those that are packed: a number, and as many pixels or one that many times. */
function spreadPackets(content: Buffer, pixels: number): Buffer {
  const packets: Buffer[] = []
  let from = 0
  for (let left = pixels; left > 0;) {
    const head = content[from]
    const count = ((head ?? 0) & 0x7f) + 1
    const end = from + 1 + ((head ?? 0) < 0x80 ? count : 1) * 2
    if (head === undefined || end > content.length)
      throw new IncompleteFile('The file ends within its pixels.')
    packets.push(Buffer.of(head), spread(content.subarray(from + 1, end)))
    from = end
    left -= count
  }
  return Buffer.concat(packets)
}
