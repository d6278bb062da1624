import type { Rgba } from '../../composition.ts'
import type { Palette } from '../../encoding.ts'
import type { Raster } from '../../raster.ts'
import { choosePalette } from './adaptive-palette.ts'
import { indexExactly } from './exact-colours.ts'
import { MAC_PALETTE, WEB_PALETTE } from './fixed-palettes.ts'
import { indexDiffused, indexPixels } from './index-pixels.ts'
import type { IndexedPicture } from './indexed-picture.ts'
import { premultiplyPixels } from './premultiply.ts'

/** As many colours have numbers of one byte. */
const MOST_COLOURS = 256

/** From here on a pixel is opaque, where there is nothing between that and fully transparent. */
const OPAQUE_FROM = 128

const TRANSPARENT: Rgba = { red: 0, green: 0, blue: 0, alpha: 0 }

const FIXED = { web: WEB_PALETTE, mac: MAC_PALETTE }

/**
 * Has a picture made of the colours of a palette. One that has no more colours than an adaptive palette may have stays as
 * it is. What is fully transparent counts as no colour, and takes the place of one only where there are 256.
 *
 * @param alpha - whether colours may be transparent in part, as only those of an adaptive palette can be
 */
export function toIndexed(
  raster: Raster,
  palette: Palette,
  alpha: 'one bit' | 'any',
): IndexedPicture {
  const { width, height } = raster
  // Colours that are given are all opaque.
  const oneBit = alpha === 'one bit' || palette.kind !== 'adaptive' || palette.forced.length > 0
  const { rgba, hasTransparent } = toRgbaPixels(raster, oneBit)
  const key = hasTransparent ? [TRANSPARENT] : []
  const room = MOST_COLOURS - key.length
  const given = givenColours(palette).slice(0, room)
  const most = Math.max(given.length, Math.min(palette.colours, room))
  if (palette.kind === 'adaptive') {
    const exact = indexExactly(rgba, [...key, ...given], key.length + most)
    if (exact) return { width, height, ...exact }
  }
  premultiplyPixels(rgba)
  const chosen = palette.kind === 'adaptive' ? choosePalette(rgba, given, most) : given
  const colours = [...key, ...chosen]
  const indices = palette.diffused
    ? indexDiffused(rgba, colours, { width, height })
    : indexPixels(rgba, colours)
  return { width, height, indices, colours }
}

function givenColours({ kind, forced }: Palette): readonly Rgba[] {
  if (kind !== 'adaptive') return FIXED[kind]
  const seen = new Set<string>()
  return forced
    .map((colour) => ({ ...colour, alpha: 255 }))
    .filter(({ red, green, blue }) => {
      const name = `${red},${green},${blue}`
      return !seen.has(name) && seen.add(name)
    })
}

/** Four bytes a pixel. */
function toRgbaPixels(
  { pixels, width, height, channels }: Raster,
  oneBit: boolean,
): { readonly rgba: Uint8Array; readonly hasTransparent: boolean } {
  const rgba = new Uint8Array(width * height * 4)
  let hasTransparent = false
  for (let to = 0, from = 0; to < rgba.length; to += 4, from += channels) {
    const stored = channels === 4 ? (pixels[from + 3] ?? 0) : 255
    const alpha = oneBit ? (stored >= OPAQUE_FROM ? 255 : 0) : stored
    if (alpha === 0) {
      hasTransparent = true
      continue
    }
    rgba[to] = pixels[from] ?? 0
    rgba[to + 1] = pixels[from + 1] ?? 0
    rgba[to + 2] = pixels[from + 2] ?? 0
    rgba[to + 3] = alpha
  }
  return { rgba, hasTransparent }
}
