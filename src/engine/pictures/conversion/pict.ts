import { countPixels, type Size } from '../dimensions.ts'
import { MAX_CONVERTED_PIXELS } from './conversion.ts'
import { IncompleteFile, type SourceBytes } from './magick-source.ts'
import { type PictBitmap, readPictBitmaps } from './pict-bitmap.ts'
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
  const [top = 0, left = 0, bottom = 0, right = 0] = [0, 2, 4, 6].map((at) => frame.readInt16BE(at))
  const size = { width: right - left, height: bottom - top }
  if (size.width < 1 || size.height < 1) throw new IncompleteFile('The picture has no size.')
  if (countPixels(size) > MAX_CONVERTED_PIXELS) return { size, pieces: [] }
  const bitmaps = readPictBitmaps(file.read([{ start: header, length: file.size - header }]))
  if (bitmaps !== undefined) {
    const pixels = layOut(bitmaps, { top, left }, size)
    const words = Buffer.from(`P6 ${size.width} ${size.height} 255\n`)
    return { size, pieces: [words, pixels], kind: 'PNM' }
  }
  return { size, pieces: [Buffer.alloc(HEADER_BYTES - header), { start: 0, length: file.size }] }
}

/** Puts bitmaps on paper, each pixel of it the nearest of theirs where they are to be made larger or smaller. */
function layOut(
  bitmaps: readonly PictBitmap[],
  { top, left }: { readonly top: number; readonly left: number },
  { width, height }: Size,
): Buffer {
  const pixels = Buffer.alloc(width * height * 3, 255)
  for (const { place, size, rgb } of bitmaps) {
    const across = size.width / (place.right - place.left)
    const down = size.height / (place.bottom - place.top)
    for (let y = Math.max(place.top, top); y < Math.min(place.bottom, top + height); y += 1) {
      const row = Math.floor((y - place.top) * down) * size.width
      for (let x = Math.max(place.left, left); x < Math.min(place.right, left + width); x += 1) {
        const from = (row + Math.floor((x - place.left) * across)) * 3
        rgb.copy(pixels, ((y - top) * width + (x - left)) * 3, from, from + 3)
      }
    }
  }
  return pixels
}
