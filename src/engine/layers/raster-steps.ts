import type { Extent, Flip, MaskUse, Rectangle, Rgba } from './composition.ts'
import { intersect, isWhole, whole } from './geometry.ts'
import type { Raster } from './raster.ts'

/** A raster of one colour. */
export function fillRaster({ width, height }: Extent, colour: Rgba): Raster {
  const { red, green, blue, alpha } = colour
  const channels = alpha === 255 ? 3 : 4
  const pixel = channels === 3 ? [red, green, blue] : [red, green, blue, alpha]
  const pixels = Buffer.alloc(width * height * channels, Buffer.from(pixel))
  return { width, height, channels, pixels }
}

/** A raster in which nothing is to be seen. */
export function emptyRaster({ width, height }: Extent): Raster {
  return { width, height, channels: 4, pixels: Buffer.alloc(width * height * 4) }
}

/** The same with alpha. */
export function withAlpha(raster: Raster): Raster {
  if (raster.channels === 4) return raster
  const { pixels: old, width, height } = raster
  const pixels = Buffer.allocUnsafe(width * height * 4)
  for (let at = 0, to = 0; to < pixels.length; at += 3, to += 4) {
    pixels[to] = old[at] ?? 0
    pixels[to + 1] = old[at + 1] ?? 0
    pixels[to + 2] = old[at + 2] ?? 0
    pixels[to + 3] = 255
  }
  return { width, height, channels: 4, pixels }
}

/** The same without alpha. */
export function withoutAlpha(raster: Raster): Raster {
  if (raster.channels === 3) return raster
  const { pixels: old, width, height } = raster
  const pixels = Buffer.allocUnsafe(width * height * 3)
  for (let at = 0, to = 0; to < pixels.length; at += 4, to += 3) {
    pixels[to] = old[at] ?? 0
    pixels[to + 1] = old[at + 1] ?? 0
    pixels[to + 2] = old[at + 2] ?? 0
  }
  return { width, height, channels: 3, pixels }
}

/** A part of a raster; what of it lies outside is transparent. */
export function cutRaster(raster: Raster, window: Rectangle): Raster {
  if (isWhole(window, raster)) return raster
  const inside = intersect(window, whole(raster))
  if (inside === undefined) return emptyRaster(window)
  const covers = inside.width === window.width && inside.height === window.height
  const source = covers ? raster : withAlpha(raster)
  const { channels } = source
  const { width, height } = window
  const pixels = covers
    ? Buffer.allocUnsafe(width * height * channels)
    : Buffer.alloc(width * height * channels)
  const bytes = inside.width * channels
  for (let row = 0; row < inside.height; row++) {
    const at = ((inside.y + row) * source.width + inside.x) * channels
    const to = ((inside.y - window.y + row) * width + inside.x - window.x) * channels
    source.pixels.copy(pixels, to, at, at + bytes)
  }
  return { width, height, channels, pixels }
}

/** A raster mirrored. */
export function flipRaster(raster: Raster, flip: Flip | undefined): Raster {
  if (flip === undefined) return raster
  const { width, height, channels, pixels: old } = raster
  const pixels = Buffer.allocUnsafe(old.length)
  const bytes = width * channels
  const isMirrored = flip !== 'ud'
  for (let y = 0; y < height; y++) {
    const at = (flip === 'lr' ? y : height - 1 - y) * bytes
    const to = y * bytes
    if (isMirrored)
      mirrorRow(old.subarray(at, at + bytes), pixels.subarray(to, to + bytes), channels)
    else old.copy(pixels, to, at, at + bytes)
  }
  return { width, height, channels, pixels }
}

function mirrorRow(from: Buffer, to: Buffer, channels: number): void {
  const last = from.length - channels
  for (let at = 0; at <= last; at += channels) {
    for (let each = 0; each < channels; each++) to[last - at + each] = from[at + each] ?? 0
  }
}

/** A raster whose alpha is multiplied by a number from 0 to 1. */
export function fadeRaster(raster: Raster, opacity: number): Raster {
  if (opacity === 1) return raster
  const faded = withAlpha(raster)
  const pixels = faded === raster ? Buffer.from(raster.pixels) : faded.pixels
  for (let at = 3; at < pixels.length; at += 4) {
    pixels[at] = Math.round((pixels[at] ?? 0) * opacity)
  }
  return { ...faded, pixels }
}

/** A raster with a colour behind it, through which one still sees when the colour is translucent. */
export function fillBehind(raster: Raster, colour: Rgba): Raster {
  if (raster.channels === 3 || colour.alpha === 0) return raster
  const behind = colour.alpha / 255
  const { width, height, pixels: old } = raster
  const channels = colour.alpha === 255 ? 3 : 4
  const pixels = Buffer.allocUnsafe(width * height * channels)
  for (let at = 0, to = 0; at < old.length; at += 4, to += channels) {
    const alpha = (old[at + 3] ?? 0) / 255
    const rest = behind * (1 - alpha)
    const sum = alpha + rest
    pixels[to] = Math.round(((old[at] ?? 0) * alpha + colour.red * rest) / sum)
    pixels[to + 1] = Math.round(((old[at + 1] ?? 0) * alpha + colour.green * rest) / sum)
    pixels[to + 2] = Math.round(((old[at + 2] ?? 0) * alpha + colour.blue * rest) / sum)
    if (channels === 4) pixels[to + 3] = Math.round(sum * 255)
  }
  return { width, height, channels, pixels }
}

/** What a mask says of a picture without a mask of its own (r-maskuse). */
export function useMask(raster: Raster, use: MaskUse): Raster {
  if (use === 'norm') return raster
  if (use === 'off') return withoutAlpha(raster)
  const inverted = withAlpha(raster)
  const pixels = Buffer.from(inverted.pixels)
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255 - (pixels[at] ?? 0)
  return { ...inverted, pixels }
}

/** A raster whose alpha is that of a mask of the same size, or the lightness of one that has none (r-mask). */
export function replaceAlpha(raster: Raster, mask: Raster): Raster {
  const { pixels: old, channels, width, height } = withAlpha(raster)
  const pixels = Buffer.from(old)
  const step = mask.channels
  for (let at = 0, from = 0; at < pixels.length; at += 4, from += step) {
    pixels[at + 3] = step === 4 ? (mask.pixels[from + 3] ?? 0) : lightness(mask.pixels, from)
  }
  return { width, height, channels, pixels }
}

/** By the weights of ITU-R BT.601, as grey is made of colours everywhere in JPEG. */
function lightness(pixels: Buffer, at: number): number {
  const red = pixels[at] ?? 0
  const green = pixels[at + 1] ?? 0
  const blue = pixels[at + 2] ?? 0
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
}
