import type { Point, Rectangle } from './composition.ts'
import { withAlpha } from './raster-steps.ts'
import type { Raster } from './raster.ts'

/** Upper left, upper right, lower right, lower left. */
export type Corners = readonly [Point, Point, Point, Point]

/**
 * Draws a raster in perspective (r-perspective): its corners go to four others, and what is outside of these stays transparent.
 * Every pixel is looked up where it comes from, between four of the raster, so that edges are smooth.
 *
 * @param window - the part of the plane that is drawn
 */
export function warpRaster(raster: Raster, corners: Corners, window: Rectangle): Raster {
  const { pixels: from, width, height } = withAlpha(raster)
  const pixels = Buffer.alloc(window.width * window.height * 4)
  const back = inverse(projection(corners))
  for (let row = 0, to = 0; row < window.height; row++) {
    for (let column = 0; column < window.width; column++, to += 4) {
      const x = window.x + column + 0.5
      const y = window.y + row + 0.5
      const depth = back[6] * x + back[7] * y + back[8]
      const u = ((back[0] * x + back[1] * y + back[2]) / depth) * width - 0.5
      const v = ((back[3] * x + back[4] * y + back[5]) / depth) * height - 0.5
      if (u <= -1 || v <= -1 || u >= width || v >= height || depth === 0) continue
      interpolate({ from, width, height }, u, v, pixels, to)
    }
  }
  return { width: window.width, height: window.height, channels: 4, pixels }
}

/** What lies between four pixels, each as heavy as it is near and opaque; beside the raster there is nothing. */
function interpolate(
  { from, width, height }: { from: Buffer; width: number; height: number },
  u: number,
  v: number,
  pixels: Buffer,
  to: number,
): void {
  const left = Math.floor(u)
  const top = Math.floor(v)
  let red = 0
  let green = 0
  let blue = 0
  let alpha = 0
  for (let y = top; y <= top + 1; y++) {
    if (y < 0 || y >= height) continue
    const vertical = 1 - Math.abs(v - y)
    for (let x = left; x <= left + 1; x++) {
      if (x < 0 || x >= width) continue
      const at = (y * width + x) * 4
      const weight = (1 - Math.abs(u - x)) * vertical * (from[at + 3] ?? 0)
      red += weight * (from[at] ?? 0)
      green += weight * (from[at + 1] ?? 0)
      blue += weight * (from[at + 2] ?? 0)
      alpha += weight
    }
  }
  if (alpha === 0) return
  pixels[to] = Math.round(red / alpha)
  pixels[to + 1] = Math.round(green / alpha)
  pixels[to + 2] = Math.round(blue / alpha)
  pixels[to + 3] = Math.round(alpha)
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number]

/** What takes the unit square to four corners (Heckbert, Fundamentals of Texture Mapping, 1989, 2.2.3). */
function projection([first, second, third, fourth]: Corners): Matrix {
  const right = { x: second.x - third.x, y: second.y - third.y }
  const down = { x: fourth.x - third.x, y: fourth.y - third.y }
  const skew = {
    x: first.x - second.x + third.x - fourth.x,
    y: first.y - second.y + third.y - fourth.y,
  }
  const area = right.x * down.y - down.x * right.y
  const g = (skew.x * down.y - down.x * skew.y) / area
  const h = (right.x * skew.y - skew.x * right.y) / area
  return [
    second.x - first.x + g * second.x,
    fourth.x - first.x + h * fourth.x,
    first.x,
    second.y - first.y + g * second.y,
    fourth.y - first.y + h * fourth.y,
    first.y,
    g,
    h,
    1,
  ]
}

/** The way back, which a factor does not change. */
function inverse([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]
}
