import type { Metadata } from 'sharp'
import type { Size } from './dimensions.ts'

/** How wide a vector image is drawn when nobody says how large, in pixels: as in AEM and in Adobe's SDK. */
export const VECTOR_WIDTH = 400

/** The density in dots per inch at which librsvg draws one pixel for one unit of an SVG. */
const UNIT_DENSITY = 72

/** How many pixels the longer side has when the size is measured. */
const PRECISE_SIDE = 1_000_000

/**
 * Tells the size of an SVG, in its units and their fractions. Since librsvg answers in whole pixels, the picture is
 * thought very large.
 *
 * @param readMetadata - reads the metadata of the SVG when drawn at this density, without drawing it
 */
export async function measureVector(
  readMetadata: (density: number) => Promise<Metadata>,
): Promise<Size> {
  const { width, height } = await readMetadata(UNIT_DENSITY)
  const density = clampDensity((UNIT_DENSITY * PRECISE_SIDE) / Math.max(width, height))
  const large = await readMetadata(density)
  return {
    width: (large.width * UNIT_DENSITY) / density,
    height: (large.height * UNIT_DENSITY) / density,
  }
}

/** The density, in dots per inch, at which an SVG whose size is `natural` units is drawn with `size` pixels. */
export function densityToDraw(natural: Size, size: Size): number {
  return clampDensity((UNIT_DENSITY * size.width) / natural.width)
}

/** sharp takes a density from 1 to 100000. */
function clampDensity(density: number): number {
  return Math.min(100_000, Math.max(1, density))
}
