import sharp from 'sharp'
import type { Colour } from './colour.ts'
import { fractal } from './noise.ts'

/** An image of floating-point display values, three a pixel. */
export type Raster = { width: number; height: number; data: Float32Array }

/** Pixels, three bytes each. */
export type Picture = { width: number; height: number; data: Uint8Array }

/** @returns a black raster */
export function raster(width: number, height: number): Raster {
  return { width, height, data: new Float32Array(width * height * 3) }
}

/** Writes one pixel. */
export function put(target: Raster, x: number, y: number, colour: Colour): void {
  const at = (y * target.width + x) * 3
  target.data[at] = colour.r
  target.data[at + 1] = colour.g
  target.data[at + 2] = colour.b
}

/** Sets `colour` to the raster at a position between pixel centres; outside, the edge goes on. */
export function sample(source: Raster, x: number, y: number, colour: Colour): void {
  const { width, height, data } = source
  const px = Math.min(Math.max(x - 0.5, 0), width - 1.001)
  const py = Math.min(Math.max(y - 0.5, 0), height - 1.001)
  const column = Math.floor(px)
  const row = Math.floor(py)
  const u = px - column
  const v = py - row
  const a = (row * width + column) * 3
  const c = a + width * 3
  const wa = (1 - u) * (1 - v)
  const wb = u * (1 - v)
  const wc = (1 - u) * v
  const wd = u * v
  colour.r =
    value(data, a) * wa + value(data, a + 3) * wb + value(data, c) * wc + value(data, c + 3) * wd
  colour.g =
    value(data, a + 1) * wa +
    value(data, a + 4) * wb +
    value(data, c + 1) * wc +
    value(data, c + 4) * wd
  colour.b =
    value(data, a + 2) * wa +
    value(data, a + 5) * wb +
    value(data, c + 2) * wc +
    value(data, c + 5) * wd
}

function value(data: Float32Array, index: number): number {
  return data[index] ?? 0
}

/** Blurs a raster in place, three box blurs in each direction, which comes close to a Gaussian. */
export function blur(target: Raster, radius: number): void {
  const reach = Math.max(1, Math.round(radius * 0.6))
  const line = new Float32Array(Math.max(target.width, target.height))
  for (let pass = 0; pass < 3; pass += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      for (let y = 0; y < target.height; y += 1) {
        boxBlur(target.data, y * target.width * 3 + channel, 3, target.width, reach, line)
      }
      for (let x = 0; x < target.width; x += 1) {
        boxBlur(target.data, x * 3 + channel, target.width * 3, target.height, reach, line)
      }
    }
  }
}

function boxBlur(
  data: Float32Array,
  start: number,
  step: number,
  count: number,
  reach: number,
  line: Float32Array,
): void {
  let sum = 0
  for (let i = 0; i < Math.min(reach, count); i += 1) sum += value(data, start + i * step)
  for (let i = 0; i < count; i += 1) {
    if (i + reach < count) sum += value(data, start + (i + reach) * step)
    if (i - reach - 1 >= 0) sum -= value(data, start + (i - reach - 1) * step)
    line[i] = sum / (reach * 2 + 1)
  }
  for (let i = 0; i < count; i += 1) data[start + i * step] = value(line, i)
}

/** A drawing with transparency: four bytes a pixel. */
export type Overlay = { width: number; height: number; data: Uint8Array }

/**
 * Rasterizes a drawing.
 *
 * @param svg the elements inside of `<svg>`
 * @param box what part of the drawing's plane to show: left, top, width, height
 */
export async function drawVectors(
  svg: string,
  box: readonly [number, number, number, number],
  width: number,
  height: number,
): Promise<Overlay> {
  const document = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${box.join(' ')}" preserveAspectRatio="none">${svg}</svg>`
  const data = await sharp(Buffer.from(document), { unlimited: true })
    .ensureAlpha()
    .raw()
    .toBuffer()
  return { width, height, data }
}

/** Lays one pixel of a drawing over `colour`, its brightness multiplied by `shade`. */
export function lay(overlay: Overlay, x: number, y: number, shade: number, colour: Colour): void {
  const start = (y * overlay.width + x) * 4
  const alpha = overlay.data[start + 3] ?? 0
  if (alpha === 0) return
  const share = alpha / 255
  const scale = (shade * share) / 255
  colour.r = colour.r * (1 - share) + (overlay.data[start] ?? 0) * scale
  colour.g = colour.g * (1 - share) + (overlay.data[start + 1] ?? 0) * scale
  colour.b = colour.b * (1 - share) + (overlay.data[start + 2] ?? 0) * scale
}

/** Adds a round light with soft edges. */
export function addSpot(
  target: Raster,
  x: number,
  y: number,
  radius: number,
  strength: number,
  light: Colour,
): void {
  const reach = Math.ceil(radius * 3)
  for (let row = Math.floor(y) - reach; row <= y + reach; row += 1) {
    for (let column = Math.floor(x) - reach; column <= x + reach; column += 1) {
      if (row < 0 || column < 0 || row >= target.height || column >= target.width) continue
      const squared = ((column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2) / (radius * radius)
      const level = strength * Math.exp(-squared)
      const at = (row * target.width + column) * 3
      target.data[at] = (target.data[at] ?? 0) + light.r * level
      target.data[at + 1] = (target.data[at + 1] ?? 0) + light.g * level
      target.data[at + 2] = (target.data[at + 2] ?? 0) + light.b * level
    }
  }
}

/** @returns the brightness of the paint at a pixel of a drawing: worn, except where it is a light */
export function weathering(overlay: Overlay, column: number, row: number, scale: number): number {
  const start = (row * overlay.width + column) * 4
  if (overlay.data[start + 3] === 0) return 1
  if ((overlay.data[start] ?? 0) > 243) return 1.1
  const x = column / scale
  const y = row / scale
  const coarse = fractal(x / 17, y / 12, 700, 3) - 0.5
  const fine = fractal(x / 2.6, y / 5, 710, 2) - 0.5
  return 0.86 + coarse * 0.22 + fine * 0.2
}
