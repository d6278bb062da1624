import { OperationError } from '../../../../base/operation-error.ts'
import { readBitmapHeader } from '../../conversion/bitmap/header.ts'
import { bitmapPixelReader, bitmapRowBytes, isBitmapDepth } from '../../conversion/bitmap/pixels.ts'
import { unpackRuns } from '../../conversion/bitmap/runs.ts'
import { divideByAlpha } from '../../conversion/samples.ts'
import { encodePng } from '../encode-png.ts'

/** A bitmap with its pixels as red, green, blue and alpha, from the top down; or a file that it was in. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly pixels: Buffer | undefined
  readonly file: Buffer | undefined
  /** How many bits a pixel had. */
  readonly depth: number
}

/** A part of a bitmap, in pixels. */
export interface BitmapPart {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The most that a bitmap of a drawing may have, in pixels. */
const MOST_PIXELS = 30_000_000

/**
 * Decodes a bitmap that is independent of a device ([MS-WMF], 2.2.2.9).
 *
 * @param header - from its header on, with masks and palette behind it
 * @param bits - its pixels; behind the palette unless given
 * @param hasAlpha - whether the fourth byte of a pixel says how much it covers, with colours multiplied by that
 * @returns undefined when it is damaged, or written in a way that nobody uses
 * @throws {@link OperationError} source_exceeds_limit when it has more pixels than are read
 */
export function decodeBitmap(
  header: Buffer,
  bits?: Buffer,
  { hasAlpha = false } = {},
): Bitmap | undefined {
  const facts = readBitmapHeader(header)
  if (facts === undefined) return undefined
  const { width, height, depth, packing } = facts
  const stored = bits ?? header.subarray(facts.end)
  if (packing === 'jpeg' || packing === 'png') {
    return { width, height, depth, pixels: undefined, file: stored }
  }
  const isRead = packing === 'none' || packing === 'runs'
  if (!isRead || !isBitmapDepth(depth) || width <= 0 || height <= 0) return undefined
  if (width * height > MOST_PIXELS) {
    const fields = { most: MOST_PIXELS / 1_000_000, of: 'million pixels in a bitmap of it' }
    throw new OperationError('source_exceeds_limit', fields)
  }
  const { at, bytes, count } = facts.palette
  const palette = header.subarray(at, at + bytes * count)
  const [rows, rowBytes, rowDepth] =
    packing === 'runs'
      ? [unpackRuns(stored, facts, palette).rows, width * 3, 24]
      : [stored, bitmapRowBytes(width, depth), depth]
  if (rows.length < rowBytes * (height - 1) + Math.ceil((width * rowDepth) / 8)) return undefined
  const pixels = Buffer.alloc(width * height * 4)
  const [red, green, blue] = facts.masks
  const isCovering = hasAlpha && depth === 32
  const masks = [red, green, blue, isCovering ? ALPHA : 0] as const
  const read = bitmapPixelReader({ ...facts, masks }, rowDepth, palette)
  for (let y = 0; y < height; y++) {
    const row = rows.subarray((facts.isTopDown ? y : height - 1 - y) * rowBytes)
    for (let x = 0; x < width; x++) read(row, x, pixels, (y * width + x) * 4)
  }
  if (isCovering) divideByAlpha(pixels, 4)
  return { width, height, depth, pixels, file: undefined }
}

/** The bits of the fourth byte of a pixel. */
const ALPHA = 0xff00_0000

/** A part of a bitmap as the URL of a file; what of it is not there is left out. */
export function toDataUrl(bitmap: Bitmap, part: BitmapPart): string | undefined {
  const { file, pixels } = bitmap
  if (file !== undefined) {
    const type = file[0] === 0xff ? 'jpeg' : 'png'
    return `data:image/${type};base64,${file.toString('base64')}`
  }
  if (pixels === undefined) return undefined
  const left = Math.max(0, Math.floor(part.x))
  const top = Math.max(0, Math.floor(part.y))
  const width = Math.min(bitmap.width - left, Math.ceil(part.width))
  const height = Math.min(bitmap.height - top, Math.ceil(part.height))
  if (width <= 0 || height <= 0) return undefined
  const cut = Buffer.alloc(width * height * 4)
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * bitmap.width + left) * 4
    pixels.copy(cut, y * width * 4, start, start + width * 4)
  }
  return `data:image/png;base64,${encodePng({ width, height, channels: 4, pixels: cut }).toString('base64')}`
}
