import type { ReadableFile } from '../../../sources/open-file.ts'
import { encodePng } from './encode-png.ts'
import { findFirst } from './find-in-file.ts'

const COMMENT = Buffer.from('%%BeginPreview:')

/** Where a preview stands: before all that is drawn. */
const MOST_BYTES_BEFORE = 1_000_000

/** More than any such preview has, in pixels. */
const MOST_PIXELS = 4_000_000

/** As much as the longest takes with its line ends, in characters. */
const MOST_CHARACTERS = 10_000_000

/**
 * The preview in the comments of an EPSI file, as a PNG (Adobe technical note 5002, 6): its width, height and depth, and
 * rows of bits in hexadecimal, in which a 1 is black when there is one a pixel.
 *
 * @returns undefined when there is none, or not all of it
 */
export function readEpsiPreview(file: ReadableFile): Buffer | undefined {
  const to = Math.min(file.size, MOST_BYTES_BEFORE)
  const at = findFirst(file, COMMENT, { to })
  if (at === undefined) return undefined
  const text = file.read(at + COMMENT.length, MOST_CHARACTERS).toString('latin1')
  const [head, width, height, depth] = (
    /^\s*(\d{1,5})\s+(\d{1,5})\s+([1248])\b[^\r\n]*[\r\n]+/.exec(text) ?? []
  ).map((each, index) => (index === 0 ? each : Number(each)))
  if (typeof head !== 'string' || typeof width !== 'number' || typeof height !== 'number')
    return undefined
  const bits = Number(depth)
  if (width * height === 0 || width * height > MOST_PIXELS) return undefined
  const end = text.indexOf('%%EndPreview')
  const hex = text.slice(head.length, end === -1 ? undefined : end).replaceAll(/[^\da-f]/gi, '')
  const rows = Buffer.from(hex, 'hex')
  const rowBytes = Math.ceil((width * bits) / 8)
  if (rows.length < rowBytes * height) return undefined
  const most = 2 ** bits - 1
  const pixels = Buffer.alloc(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * bits
      const byte = rows.readUInt8(y * rowBytes + Math.floor(bit / 8))
      const value = (byte >> (8 - bits - (bit % 8))) & most
      pixels[y * width + x] = Math.round(((bits === 1 ? 1 - value : value) * 255) / most)
    }
  }
  return encodePng({ width, height, channels: 1, pixels })
}
