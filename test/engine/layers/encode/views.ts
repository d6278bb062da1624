import type { Encoding } from '../../../../src/engine/layers/encoding.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'

/** How a view is encoded when nothing else is asked for. */
export const PLAIN: Encoding = {
  format: 'jpeg',
  pixelType: 'rgb',
  compression: 'none',
  quality: 80,
  fullChroma: false,
  palette: { kind: 'adaptive', diffused: true, colours: 256, forced: [] },
  embedProfile: false,
}

/** For encoders that nobody ends. */
export const TOOLS = { signal: new AbortController().signal }

/** A picture made of a function of its places, in three components or four. */
export function viewOf(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly number[],
): Raster {
  const channels = colourAt(0, 0).length === 4 ? 4 : 3
  const pixels = Buffer.alloc(width * height * channels)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) pixels.set(colourAt(x, y), (y * width + x) * channels)
  }
  return { pixels, width, height, channels }
}

/** Slopes of all components, each with thousands of colours. */
export const SLOPES = viewOf(64, 48, (x, y) => [x * 4, y * 5, 255 - x * 2 - y])

/** The same, with an alpha that rises from left to right, beginning with nothing. */
export const VEILED = viewOf(64, 48, (x, y) => [
  x * 4,
  y * 5,
  255 - x * 2 - y,
  x < 8 ? 0 : Math.min(255, x * 5),
])

/** The same slopes, with a grain that is the same every time. */
export const GRAINY = viewOf(64, 64, (x, y) =>
  [x * 3, y * 3, 255 - x - y].map((level, part) => {
    const grain = ((x * 7919 + y * 104_729 + part * 1299) * 48_271) % 41
    return Math.min(255, level + grain)
  }),
)
