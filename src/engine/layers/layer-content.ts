import { OperationError } from '../../base/operation-error.ts'
import { pathBounds, type ReadClip } from './clip-path.ts'
import type { Content, Extent, Layer, Mask, Rectangle, Sizing } from './composition.ts'
import { roundLength, roundOffset, whole } from './geometry.ts'
import type { LayerPicture } from './layer-picture.ts'
import type { LayerTools } from './layer-tools.ts'
import {
  pictureOfColour,
  pictureOfRaster,
  pictureWithMask,
  pictureWithMaskUse,
} from './made-pictures.ts'
import { placeRaster } from './place-raster.ts'
import type { Raster } from './raster.ts'
import { requirePixels } from './require-pixels.ts'

/** What a layer shows, which part of it, and how large. */
export interface LayerContent {
  readonly picture: LayerPicture
  readonly crop: Rectangle
  readonly size: Extent
  /** Where its upper left is, for one whose place is that of its clip path. */
  readonly offset?: { readonly x: number; readonly y: number } | undefined
}

/** How pictures come about that are not made here. */
export type OpenContent = (content: Mask) => Promise<LayerPicture>

/**
 * Tells what a layer shows, and how large that is after it was cropped and sized.
 *
 * @param first - the size of the first layer; undefined for that itself
 * @throws {@link OperationError} layer_without_size
 */
export async function openContent(
  layer: Layer,
  clips: readonly ReadClip[],
  first: Extent | undefined,
  { open, tools }: { readonly open: OpenContent; readonly tools: LayerTools },
): Promise<LayerContent> {
  const { content, maskUse } = layer
  if (content.kind === 'text') {
    const raster = await drawInBox(content, boxOf(layer.sizing, first), tools)
    return uncropped(pictureOfRaster(raster, tools.maxPixels))
  }
  const mask = content.mask && (await open(content.mask))
  if (content.kind === 'colour' && mask === undefined) {
    return sizeColour(layer, content.colour, { clips, first, maxPixels: tools.maxPixels })
  }
  const bare =
    content.kind === 'colour'
      ? pictureOfColour(content.colour, mask ?? { width: 1, height: 1 }, tools.maxPixels)
      : await open(content)
  const masked = mask ? pictureWithMask(bare, mask) : bare
  const picture = pictureWithMaskUse(masked, maskUse)
  const crop = cropOf(layer, picture)
  const resolution = content.kind === 'picture' ? content.resolution : undefined
  // A layer in perspective is as large as its corners say (r-perspective).
  const isFlat = layer.perspective === undefined
  const size = isFlat
    ? sizeOf(crop, layer.sizing, { first, resolution: resolution ?? picture.resolution })
    : { width: crop.width, height: crop.height }
  return { picture, crop, size }
}

/** Draws a text into its box, or into a rectangle of that. */
async function drawInBox(
  { text, flow }: Content & { readonly kind: 'text' },
  box: Extent | undefined,
  { drawText, maxPixels }: LayerTools,
): Promise<Raster> {
  if (flow === undefined) return await drawText(text, box)
  const raster = await drawText(text, flow)
  if (box === undefined || box.width === 0 || box.height === 0) return raster
  requirePixels(box, maxPixels)
  return placeRaster(raster, flow, box)
}

function uncropped(picture: LayerPicture): LayerContent {
  const { width, height } = picture
  return { picture, crop: whole(picture), size: { width, height } }
}

function sizeColour(
  { sizing }: Layer,
  colour: Parameters<typeof pictureOfColour>[0],
  {
    clips,
    first,
    maxPixels,
  }: {
    readonly clips: readonly ReadClip[]
    readonly first: Extent | undefined
    readonly maxPixels: number
  },
): LayerContent {
  const box = boxOf(sizing, first)
  if (box !== undefined && box.width > 0 && box.height > 0) {
    return uncropped(pictureOfColour(colour, box, maxPixels))
  }
  const clip = clips.find(({ keeps }) => keeps === 'inside')
  if (clip === undefined) throw new OperationError('layer_without_size', {})
  const { x, y, width, height } = pathBounds(clip.pieces)
  return { ...uncropped(pictureOfColour(colour, { width, height }, maxPixels)), offset: { x, y } }
}

/** The size that is said in pixels, or in parts of the first layer; lengths of 0 stay such. */
function boxOf(sizing: Sizing | undefined, first: Extent | undefined): Extent | undefined {
  if (sizing?.by === 'size') return { width: sizing.width, height: sizing.height }
  if (sizing?.by !== 'part' || first === undefined) return undefined
  return {
    width: partOf(sizing.width, first.width),
    height: partOf(sizing.height, first.height),
  }
}

function partOf(part: number, length: number): number {
  return part === 0 ? 0 : roundLength(part * length)
}

function cropOf({ crop }: Layer, picture: Extent): Rectangle {
  if (crop === undefined) return whole(picture)
  const x = crop.in === 'pixels' ? 1 : picture.width
  const y = crop.in === 'pixels' ? 1 : picture.height
  const left = roundOffset(crop.x * x)
  const top = roundOffset(crop.y * y)
  return {
    x: left,
    y: top,
    width: Math.max(1, roundOffset((crop.x + crop.width) * x) - left),
    height: Math.max(1, roundOffset((crop.y + crop.height) * y) - top),
  }
}

/** As large as fits into a size, or by a factor; without any of it, as large as it is (r-size-reference). */
function sizeOf(
  { width, height }: Extent,
  sizing: Sizing | undefined,
  {
    first,
    resolution,
  }: { readonly first: Extent | undefined; readonly resolution: number | undefined },
): Extent {
  const scaled = (factor: number): Extent => ({
    width: roundLength(width * factor),
    height: roundLength(height * factor),
  })
  if (sizing?.by === 'factor') return scaled(sizing.factor)
  if (sizing?.by === 'resolution') {
    return scaled(resolution === undefined ? 1 : sizing.resolution / resolution)
  }
  const box = boxOf(sizing, first)
  const limits = [
    ...(box && box.width > 0 ? [box.width / width] : []),
    ...(box && box.height > 0 ? [box.height / height] : []),
  ]
  return scaled(limits.length === 0 ? 1 : Math.min(...limits))
}
