import { IncompleteFile, type SourceBytes } from './magick-source.ts'
import type { Picture } from './picture.ts'

/** What a file has before its picture, in bytes. A resource of the system has nothing. */
const HEADER_BYTES = 512

/** How a picture of version 2 tells that, behind its size and its frame. */
const VERSION_2 = '001102ff'

/** Finds the picture of a PICT file, which begins with a size that nobody heeds and its frame. */
export function findPict(file: SourceBytes): Picture {
  const start = file.read([{ start: 0, length: Math.min(file.size, 16) }])
  const isBare = start.toString('hex', 10, 14) === VERSION_2
  const header = isBare ? 0 : HEADER_BYTES
  const frame = file.read([{ start: header + 2, length: 8 }])
  const [top, left, bottom, right] = [0, 2, 4, 6].map((at) => frame.readInt16BE(at))
  const size = { width: Number(right) - Number(left), height: Number(bottom) - Number(top) }
  if (size.width < 1 || size.height < 1) throw new IncompleteFile('The picture has no size.')
  return { size, pieces: [Buffer.alloc(HEADER_BYTES - header), { start: 0, length: file.size }] }
}
