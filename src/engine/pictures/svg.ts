import { readFile } from 'node:fs/promises'
import type { Metadata } from 'sharp'
import { corruptSource } from '../../base/operation-error.ts'
import { gunzip, isGzipped } from '../../sources/open-file.ts'
import { FAIL_ON, resize } from './decode-view.ts'
import type { Size } from './dimensions.ts'
import type { DrawingView } from './drawing.ts'
import { sharp } from './libvips.ts'
import type { Source } from './source.ts'
import type { SourceFormat } from './source-formats.ts'
import { sizeByViewBox } from './svg-root.ts'

/** How wide an SVG is drawn when nobody says how large, in pixels: as in AEM and in Adobe's SDK. */
const USUAL_WIDTH = 400

/** The density in dots per inch at which librsvg draws one pixel for one unit of an SVG. */
const UNIT_DENSITY = 72

/** How many pixels the longer side has when the size is measured. */
const PRECISE_SIDE = 1_000_000

/**
 * Opens an SVG, gzipped or not. It is read from memory, so that it has no folder to read files from.
 *
 * @throws {@link OperationError} when it cannot be drawn
 */
export async function openSvg(path: string, format: SourceFormat): Promise<Source> {
  const file = await readFile(path)
  try {
    const svg = sizeByViewBox(isGzipped(file) ? gunzip(file) : file)
    const size = await measure(svg)
    return {
      input: {
        usualScale: USUAL_WIDTH / size.width,
        unitsPerInch: undefined,
        maxPixels: Number.POSITIVE_INFINITY,
        draw: async (view) => draw(svg, size, view),
      },
      format,
      ...size,
      orientation: 1,
      resolution: undefined,
      page: 0,
      opaque: false,
      frames: 1,
      pictures: 1,
      eightBit: true,
      narrowFirst: false,
    }
  } catch (error) {
    throw corruptSource(format.title, { cause: error })
  }
}

/**
 * Tells the size of an SVG, in its units and their fractions. Since librsvg answers in whole pixels, the picture is
 * thought very large.
 */
async function measure(svg: Buffer): Promise<Size> {
  const { width, height } = await readMetadata(svg, UNIT_DENSITY)
  const density = clampDensity((UNIT_DENSITY * PRECISE_SIDE) / Math.max(width, height))
  const large = await readMetadata(svg, density)
  return {
    width: (large.width * UNIT_DENSITY) / density,
    height: (large.height * UNIT_DENSITY) / density,
  }
}

/** Reads what an SVG would be when drawn at this density, without drawing it. */
function readMetadata(svg: Buffer, density: number): Promise<Metadata> {
  return sharp(svg, { failOn: FAIL_ON, density, limitInputPixels: false }).metadata()
}

function draw(svg: Buffer, size: Size, { drawnAt, region }: DrawingView) {
  const x = drawnAt.width / size.width
  const y = drawnAt.height / size.height
  // Whole pixels make the two differ a little; more than that is a distortion, of which both directions stay sharp.
  const stretched = Math.abs(size.height * x - drawnAt.height) > 1
  const density = clampDensity(UNIT_DENSITY * (stretched ? Math.max(x, y) : x))
  // Whoever made the view has counted the pixels.
  const options = { failOn: FAIL_ON, density, limitInputPixels: false } as const
  const drawn = resize(sharp(svg, options), drawnAt)
  return region ? drawn.extract(region) : drawn
}

/** sharp takes a density from 1 to 100000. */
function clampDensity(density: number): number {
  return Math.min(100_000, Math.max(1, density))
}
