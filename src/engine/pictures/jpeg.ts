import { writeFile } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { withJfif } from './headers/header.ts'
import type { Resolution } from './headers/resolution.ts'
import { openDecoded, toMemory } from './memory.ts'
import type { EncoderSettings, Optimization } from './options.ts'

// Above 85 a JPEG of a photo grows fast while nobody sees the difference at arm's length; below, edges start to ring.
const DEFAULT_QUALITY = 85
// From here on the caller asks for fidelity, so colour keeps its full resolution. ImageMagick, which does the
// post-processing of Adobe's SDK, draws the line at the same place.
const FULL_COLOUR_QUALITY = 90
/** mozjpeg spends the bytes of a quality better than others do, so that these look like 5 more. */
const OPTIMIZED_QUALITY: Readonly<Record<Optimization, number>> = {
  lossless: 95,
  print: 90,
  web: 80,
  max: 65,
}
const LOWEST_QUALITY = 1
const HIGHEST_QUALITY = 100

/**
 * Writes a JPEG. With `jpegSize` it gets the highest quality with which it fits into that many bytes; when none does, the
 * lowest, since Adobe documents the size as an approximate one.
 */
export async function writeJpeg(
  image: Sharp,
  path: string,
  { quality: asked, jpegSize, interlace = false, optimize }: EncoderSettings,
  resolution: Resolution | undefined,
): Promise<void> {
  const quality = asked ?? (optimize ? OPTIMIZED_QUALITY[optimize] : DEFAULT_QUALITY)
  // Of colours that the source has thrown away nothing can be kept.
  const halved = optimize !== undefined && (await image.metadata()).chromaSubsampling === '4:2:0'
  async function encode(pixels: Sharp, at: number): Promise<Buffer> {
    const chromaSubsampling = at < FULL_COLOUR_QUALITY || halved ? '4:2:0' : '4:4:4'
    const jpeg = await pixels
      .jpeg({
        quality: at,
        chromaSubsampling,
        ...(optimize ? { mozjpeg: true } : { progressive: interlace }),
      })
      .toBuffer()
    return withJfif(jpeg, resolution)
  }

  if (jpegSize === undefined) return writeFile(path, await encode(image, quality))
  const decoded = await toMemory(image)
  const largest = await largestThatFits(jpegSize, (at) => encode(openDecoded(decoded), at))
  await writeFile(path, largest)
}

/** Halves the range of qualities until one is left: a file grows with its quality. */
async function largestThatFits(
  bytes: number,
  encode: (quality: number) => Promise<Buffer>,
): Promise<Buffer> {
  let low = LOWEST_QUALITY
  let high = HIGHEST_QUALITY
  let best = await encode(low)
  while (low < high && best.length <= bytes) {
    const middle = Math.ceil((low + high) / 2)
    const jpeg = await encode(middle)
    if (jpeg.length <= bytes) {
      low = middle
      best = jpeg
    } else {
      high = middle - 1
    }
  }
  return best
}
