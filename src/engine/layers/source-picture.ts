import type { Sharp } from 'sharp'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { isDecodable, resize } from '../pictures/decode-view.ts'
import { toStoredRegion, turnSize, turnUpright } from '../pictures/dimensions.ts'
import type { Drawing } from '../pictures/drawing.ts'
import { FAIL_ON, sharp } from '../pictures/libvips.ts'
import type { Source } from '../pictures/source.ts'
import type { Extent, Rectangle } from './composition.ts'
import { decodeWindow, isReducedAlone, KERNELS, largestOnTheWay } from './decode-window.ts'
import { isSameExtent, isWhole, roundExtent, roundOffset } from './geometry.ts'
import type { LayerPicture, PictureView } from './layer-picture.ts'
import { cutRaster } from './raster-steps.ts'
import type { Raster, Undecoded } from './raster.ts'
import { requirePixels } from './require-pixels.ts'
import { toRaster } from './sharp-raster.ts'

/** What makes a bicubic reduction a bit sharper: by half of what is lost at a pixel. */
const LIGHT_SHARPENING = { sigma: 0.5, m1: 0.5, m2: 1 } as const

/**
 * Makes an opened source the picture of a layer. Its file has to stay where it is.
 *
 * @param maxPixels - the most that are held in memory at once
 */
export function openSourcePicture(source: Source, maxPixels: number): LayerPicture {
  const { input, resolution } = source
  return typeof input === 'string'
    ? {
        width: source.width,
        height: source.height,
        resolution: resolution?.x,
        check: (view) => requirePixels(largestOnTheWay(view), maxPixels),
        decode: async (view) =>
          explained(source, async () => {
            return decodeWindow(view, async (each) => reduceFile(input, source, each))
          }),
        open: (view) => openReduced(input, source, view),
      }
    : openDrawing(source, input, maxPixels)
}

function openReduced(path: string, source: Source, view: PictureView): Undecoded | undefined {
  // What has more than 8 bits is rounded to them at another step when it goes straight into a file.
  if (!source.opaque || !source.eightBit || !isReducedAlone(view)) return undefined
  const { cut } = reduce(path, source, view)
  if (cut !== undefined) return undefined
  const { width, height } = view.window
  return { width, height, open: () => reduce(path, source, view).image }
}

async function reduceFile(path: string, source: Source, view: PictureView): Promise<Raster> {
  const { image, cut } = reduce(path, source, view)
  const raster = await toRaster(image)
  return cut ? cutRaster(raster, cut) : raster
}

/**
 * One pipeline: libvips decodes what the window needs, and a JPEG at a half, a quarter or an eighth where that is enough. A
 * window is cut out behind the resizing, so that windows side by side join without a seam.
 *
 * @returns what of the result is the window, where the pipeline cannot cut that out itself
 */
function reduce(
  path: string,
  source: Source,
  { region, size, window, resampling }: PictureView,
): { readonly image: Sharp; readonly cut?: Rectangle } {
  const { orientation, narrowTo, page } = source
  const image = sharp(path, { failOn: FAIL_ON, limitInputPixels: false, page })
  const narrowed = narrowTo === undefined ? image : image.pipelineColourspace(narrowTo)
  const part = isWhole(region, source)
    ? narrowed
    : narrowed.extract(toStoredRegion(toRegion(region), source, orientation))
  const isReduced = !isSameExtent(region, size)
  const kernel = KERNELS[resampling]
  const resized = isReduced ? resize(part, turnSize(size, orientation), kernel) : part
  const sharpens = isReduced && resampling === 'bisharp'
  const sharpened = sharpens ? resized.sharpen(LIGHT_SHARPENING) : resized
  const upright = turnUpright(sharpened, orientation)
  if (isWhole(window, size)) return { image: upright }
  // sharp would cut before it sharpens, and does not cut what is turned.
  if (sharpens || orientation !== 1) return { image: upright, cut: window }
  return { image: upright.extract(toRegion(window)) }
}

function toRegion({ x: left, y: top, width, height }: Rectangle) {
  return { left, top, width, height }
}

function openDrawing(source: Source, drawing: Drawing, maxPixels: number): LayerPicture {
  const { usualScale, unitsPerInch } = drawing
  const usual = roundExtent({
    width: source.width * usualScale,
    height: source.height * usualScale,
  })
  const drawn = ({ region, size }: PictureView): Extent =>
    roundExtent({
      width: (usual.width * size.width) / region.width,
      height: (usual.height * size.height) / region.height,
    })
  return {
    ...usual,
    resolution: unitsPerInch === undefined ? undefined : unitsPerInch * usualScale,
    check(view) {
      requirePixels(drawn(view), Math.min(maxPixels, drawing.maxPixels))
    },
    decode: async (view) =>
      explained(source, async () => {
        const drawnAt = drawn(view)
        const { region, window } = view
        const left = roundOffset((region.x * drawnAt.width) / usual.width) + window.x
        const top = roundOffset((region.y * drawnAt.height) / usual.height) + window.y
        const shown = {
          left: Math.min(left, drawnAt.width - window.width),
          top: Math.min(top, drawnAt.height - window.height),
          width: window.width,
          height: window.height,
        }
        return toRaster(await drawing.draw({ drawnAt, region: shown, background: undefined }))
      }),
  }
}

/** Tells a damaged source from a fault of the house, of which libvips' messages say nothing. */
async function explained(source: Source, make: () => Promise<Raster>): Promise<Raster> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof OperationError || (await isDecodable(source))) throw error
    throw corruptSource(source.format.title, { cause: error })
  }
}
