import type { Raster } from '../raster.ts'

/**
 * Cyan, magenta, yellow and black of an opaque picture, each as a plane of its own, from 0 to 255: as much black as the
 * brightest component leaves room for, and of the others what makes up the colour together with it. That is the inverse of
 * what readers make of ink without a profile, and of the commands that name colours so.
 */
export function toInks({
  pixels,
  width,
  height,
  channels,
}: Raster): readonly [Buffer, Buffer, Buffer, Buffer] {
  const count = width * height
  const [cyan, magenta, yellow, black] = [
    Buffer.alloc(count),
    Buffer.alloc(count),
    Buffer.alloc(count),
    Buffer.alloc(count),
  ]
  for (let at = 0, from = 0; at < count; at += 1, from += channels) {
    const red = pixels[from] ?? 0
    const green = pixels[from + 1] ?? 0
    const blue = pixels[from + 2] ?? 0
    const brightest = Math.max(red, green, blue)
    black[at] = 255 - brightest
    if (brightest === 0) continue
    cyan[at] = ((brightest - red) * 255) / brightest + 0.5
    magenta[at] = ((brightest - green) * 255) / brightest + 0.5
    yellow[at] = ((brightest - blue) * 255) / brightest + 0.5
  }
  return [cyan, magenta, yellow, black]
}
