import type { PngOptions, Sharp } from 'sharp'
import { sharp } from './libvips.ts'
import { MAX_PIXELS_IN_MEMORY } from './memory.ts'
import type { Optimization } from './options.ts'
import { packPng } from './oxipng.ts'

/**
 * How far a palette may be from the picture, as the root of the mean squared difference of a colour part from 0 to 255;
 * a palette that is further off is not taken. At 3, which is 38.6 dB, one has to look for the difference with both side
 * by side; at 6, 32.6 dB, smooth skies begin to show a grain.
 */
const FARTHEST_PALETTE: Readonly<Record<Optimization, number>> = {
  lossless: 0,
  print: 0,
  web: 3,
  max: 6,
}

/**
 * Encodes a PNG as small as can be: losing nothing, or with a palette where that is as good as no loss.
 *
 * @param image - is read several times
 */
export async function encodeOptimizedPng(
  image: Sharp,
  optimization: Optimization,
  progressive: boolean,
): Promise<Uint8Array> {
  const { png, pixels } = await encodeWithLibvips(image, optimization, progressive)
  return packPng(png, { pixels, interlaced: progressive })
}

async function encodeWithLibvips(
  image: Sharp,
  optimization: Optimization,
  progressive: boolean,
): Promise<{ readonly png: Buffer; readonly pixels: number }> {
  const best = { progressive, compressionLevel: 9 }
  const encode = (options: PngOptions): Promise<Buffer> => image.clone().png(options).toBuffer()
  // Filters help photos and are in the way of flat colours, as can be told without much effort.
  const fast = { progressive, compressionLevel: 1 }
  const filtered = await encode({ ...fast, adaptiveFiltering: true })
  const plain = await encode({ ...fast, adaptiveFiltering: false })
  const adaptiveFiltering = filtered.length < plain.length
  const exact = await encode({ ...best, adaptiveFiltering })
  const { width, height, depth } = await sharp(exact, OPEN).metadata()
  const pixels = width * height
  const deep = depth === 'ushort'
  const farthest = FARTHEST_PALETTE[optimization]
  if (pixels > MAX_PIXELS_IN_MEMORY || (deep && farthest === 0)) return { png: exact, pixels }
  const palette = await image
    .clone()
    .toColourspace('srgb')
    .png({ ...best, palette: true, effort: 10, quality: 100, dither: farthest === 0 ? 0 : 1 })
    .toBuffer()
  if (palette.length >= exact.length) return { png: exact, pixels }
  const [before, after] = await Promise.all([exact, palette].map(readPixels))
  if (before === undefined || after === undefined) return { png: exact, pixels }
  const good = farthest === 0 ? after.equals(before) : distance(before, after) <= farthest
  return { png: good ? palette : exact, pixels }
}

const OPEN = { limitInputPixels: false, ignoreIcc: true }

function readPixels(png: Buffer): Promise<Buffer> {
  return sharp(png, OPEN).toColourspace('srgb').ensureAlpha().raw().toBuffer()
}

/** The root of the mean squared difference of two pictures of one size, of what of them is seen. */
function distance(left: Buffer, right: Buffer): number {
  let sum = 0
  for (let at = 0; at < left.length; at += 4) {
    const alpha = left[at + 3] ?? 0
    const veil = alpha - (right[at + 3] ?? 0)
    let colours = 0
    for (let part = at; part < at + 3; part += 1) {
      const off = (left[part] ?? 0) - (right[part] ?? 0)
      colours += off * off
    }
    // What is transparent shows no colour.
    sum += (colours * alpha) / 255 + veil * veil * 3
  }
  return Math.sqrt(sum / ((left.length / 4) * 3))
}
