import { sharp } from '../pictures/libvips.ts'
import { type ReadClip, writePath } from './clip-path.ts'
import type { Extent, Point, Rectangle } from './composition.ts'
import { scaleBetween } from './geometry.ts'
import { withAlpha } from './raster-steps.ts'
import type { Raster } from './raster.ts'

/** The longest side that librsvg draws is 32767. */
const LONGEST_SIDE = 32_000

/** What paths are said of, and where that is in a raster. */
export interface ClipPlace {
  /** The size and the coordinates that paths have there. */
  readonly extent: Extent
  readonly origin: Point
  /** In pixels of the raster. */
  readonly inner: Rectangle
}

/** Makes transparent what is outside of paths, or inside of those that keep the outside (r-clippath, r-clipxpath). */
export async function clipRaster(
  raster: Raster,
  clips: readonly ReadClip[],
  place: ClipPlace,
): Promise<Raster> {
  if (clips.length === 0) return raster
  const { width, height, channels, pixels: old } = withAlpha(raster)
  const pixels = Buffer.from(old)
  for (const clip of clips) {
    for (const tile of tilesOf({ width, height }))
      await clipTile({ pixels, width }, clip, tile, place)
  }
  return { width, height, channels, pixels }
}

function* tilesOf({ width, height }: Extent): Iterable<Rectangle> {
  for (let y = 0; y < height; y += LONGEST_SIDE) {
    for (let x = 0; x < width; x += LONGEST_SIDE) {
      yield {
        x,
        y,
        width: Math.min(LONGEST_SIDE, width - x),
        height: Math.min(LONGEST_SIDE, height - y),
      }
    }
  }
}

/** Changes the pixels of a part. */
async function clipTile(
  { pixels, width }: Pick<Raster, 'pixels' | 'width'>,
  { pieces, keeps }: ReadClip,
  tile: Rectangle,
  { inner, extent, origin }: ClipPlace,
): Promise<void> {
  const to = { x: inner.x - tile.x, y: inner.y - tile.y }
  const path = writePath(pieces, { origin, scale: scaleBetween(extent, inner), to })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${tile.width}" height="${tile.height}"><path d="${path}"/></svg>`
  const mask = await sharp(Buffer.from(svg), { limitInputPixels: false, unlimited: true })
    .ensureAlpha()
    .extractChannel(3)
    .raw()
    .toBuffer()
  for (let y = 0, pixel = 0; y < tile.height; y++) {
    let at = ((tile.y + y) * width + tile.x) * 4 + 3
    for (let x = 0; x < tile.width; x++, at += 4, pixel++) {
      const covered = mask[pixel] ?? 0
      const kept = keeps === 'inside' ? covered : 255 - covered
      pixels[at] = Math.round(((pixels[at] ?? 0) * kept) / 255)
    }
  }
}
