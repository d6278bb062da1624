import type { LetterColour } from '../text-content.ts'
import { coverage, type PixelPath } from './coverage.ts'

/** A picture that is painted on: red, green, blue and alpha, which is not premultiplied. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8ClampedArray
}

/** A part of a canvas, in whole pixels. */
export interface PixelBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** How much of each pixel of a box is covered, in rows of two more than its width. */
export interface Mask extends PixelBox {
  readonly covered: Float32Array
}

/**
 * Tells what a path covers.
 *
 * @param within - what is outside of that is not seen; undefined for all of it
 * @returns undefined when nothing is seen
 */
export function maskOf(path: PixelPath, within: PixelBox | undefined): Mask | undefined {
  const { left, top, right, bottom } = boxOf(path, within)
  if (right <= left || bottom <= top) return undefined
  const moved = path.map(({ letter, points }) => ({
    letter,
    points: points.map((value, at) => value - (at % 2 === 0 ? left : top)),
  }))
  return { left, top, right, bottom, covered: coverage(moved, right - left, bottom - top) }
}

/** Lays a colour over what a mask covers, which is moved by whole pixels. */
export function stamp(
  canvas: Canvas,
  mask: Mask,
  {
    x: right,
    y: down,
    colour,
  }: { readonly x: number; readonly y: number; readonly colour: LetterColour },
): void {
  const stride = mask.right - mask.left + 2
  const from = Math.max(0, -(mask.left + right))
  const until = Math.min(stride - 2, canvas.width - mask.left - right)
  for (let row = mask.top; row < mask.bottom; row += 1) {
    const y = row + down
    if (y < 0 || y >= canvas.height) continue
    const start = (row - mask.top) * stride
    const at = y * canvas.width + mask.left + right
    for (let x = from; x < until; x += 1) {
      const part = mask.covered[start + x] ?? 0
      if (part > 0) lay(canvas.pixels, (at + x) * 4, colour, (part * colour.alpha) / 255)
    }
  }
}

function lay(pixels: Uint8ClampedArray, at: number, colour: LetterColour, alpha: number): void {
  const below = ((pixels[at + 3] ?? 0) / 255) * (1 - alpha)
  const all = alpha + below
  if (all * 255 < 0.5) return
  pixels[at] = (colour.red * alpha + (pixels[at] ?? 0) * below) / all
  pixels[at + 1] = (colour.green * alpha + (pixels[at + 1] ?? 0) * below) / all
  pixels[at + 2] = (colour.blue * alpha + (pixels[at + 2] ?? 0) * below) / all
  pixels[at + 3] = all * 255
}

function boxOf(path: PixelPath, within: PixelBox | undefined): PixelBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { points } of path) {
    for (let at = 0; at < points.length; at += 2) {
      left = Math.min(left, points[at] ?? 0)
      right = Math.max(right, points[at] ?? 0)
      top = Math.min(top, points[at + 1] ?? 0)
      bottom = Math.max(bottom, points[at + 1] ?? 0)
    }
  }
  return {
    left: Math.max(within?.left ?? -Infinity, Math.floor(left)),
    top: Math.max(within?.top ?? -Infinity, Math.floor(top)),
    right: Math.min(within?.right ?? Infinity, Math.ceil(right)),
    bottom: Math.min(within?.bottom ?? Infinity, Math.ceil(bottom)),
  }
}
