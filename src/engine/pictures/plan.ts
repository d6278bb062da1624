import { RenditionError } from '../../base/errors.ts'
import type { View } from './decode-view.ts'
import {
  type Box,
  clip,
  countPixels,
  fitInside,
  isAtMostHalf,
  isSameRegion,
  isSameSize,
  type Region,
  type Size,
  scale,
  scaleToFit,
  toPixels,
} from './dimensions.ts'
import type { Drawing } from './drawing.ts'
import { DEFAULT_RESOLUTION, type Resolution } from './headers/resolution.ts'
import {
  type Instructions,
  type RenditionOutline,
  readInstructions,
  type Watermark,
} from './instructions.ts'
import { MAX_PIXELS_IN_MEMORY } from './memory.ts'
import type { EncoderSettings, OutputFormat } from './output-formats.ts'
import { type Source, tooManyPixels } from './source.ts'

/** A rendition that is ready to be made: what of the source it shows, how large, and what is then done with it. */
export interface RenditionPlan extends View {
  readonly format: OutputFormat
  readonly encoder: EncoderSettings
  /** What the file says of its physical size; nothing when undefined. */
  readonly resolution: Resolution | undefined
  readonly watermark: Watermark | undefined
  /** Whether there is nothing transparent to begin with. */
  readonly opaque: boolean
  /** How many pictures it shows one after the other. */
  readonly frames: number
}

/** What of a source is shown, and how large. */
type Shown = Pick<View, 'width' | 'height' | 'region' | 'drawnAt'>

/** A plan, or why there is none. */
export type PlannedRendition =
  | { ok: true; plan: RenditionPlan }
  | { ok: false; error: RenditionError }

/** How a whole request is made. */
export interface RequestPlan {
  /** One entry a rendition, in the order of the request. */
  readonly renditions: readonly PlannedRendition[]
  /**
   * The view of the source that is decoded once, for every rendition for which {@link isDerivable} holds; undefined when
   * that would serve a single rendition and so save nothing.
   */
  readonly base: View | undefined
}

/**
 * Plans all renditions of a request. Bad instructions fail their own rendition only.
 *
 * @param maxPixels - the most pixels that a source, all its frames included, or a rendition may have
 */
export function planRequest(
  source: Source,
  requested: readonly Instructions[],
  maxPixels: number,
): RequestPlan {
  const renditions = requested.map((instructions) => planRendition(source, instructions, maxPixels))
  const plans = renditions.flatMap((each) => (each.ok ? [each.plan] : []))
  // A drawing is drawn anew for each rendition, which is what keeps its edges sharp.
  return { renditions, base: typeof source.input === 'string' ? chooseBase(plans) : undefined }
}

/**
 * Whether a rendition looks the same made from the view `base` as made from the source: it shows the same part, at that
 * very size, or so much smaller that the second resampling still has at least two pixels for one.
 */
export function isDerivable(rendition: View, base: View): boolean {
  return (
    !rendition.animated &&
    isSameRegion(rendition.region, base.region) &&
    (isSameSize(rendition, base) || isAtMostHalf(rendition, base))
  )
}

/**
 * The largest view that serves more than one rendition: the smallest scale to decode at that still serves the most. What
 * is too large for memory is made one by one, in the few rows at a time that libvips streams.
 */
function chooseBase(plans: readonly RenditionPlan[]): View | undefined {
  const base = plans
    .filter((plan) => !plan.animated && countPixels(plan) <= MAX_PIXELS_IN_MEMORY)
    .toSorted((one, other) => countPixels(other) - countPixels(one))
    .find((candidate) => plans.filter((plan) => isDerivable(plan, candidate)).length > 1)
  if (base === undefined) return undefined
  const { width, height, region } = base
  return { width, height, region, animated: false, background: undefined }
}

function planRendition(
  source: Source,
  instructions: Instructions,
  maxPixels: number,
): PlannedRendition {
  try {
    const outline = readInstructions(instructions)
    const { format, encoder, watermark, background } = outline
    const animated = outline.animated && format.animates && isAnimation(source)
    if (animated && countPixels(source) * source.frames > maxPixels) {
      throw tooManyPixels({ ...source, height: source.height * source.frames }, maxPixels)
    }
    const view = planView(source, outline)
    refuseImpossibleSize(view, format, Math.min(maxPixels, drawablePixels(source)))
    const resolution = outline.dpi ?? outline.convertToDpi ?? source.resolution
    const frames = animated ? source.frames : 1
    const { opaque } = source
    return {
      ok: true,
      plan: {
        ...view,
        animated,
        frames,
        opaque,
        format,
        encoder,
        resolution,
        watermark,
        background,
      },
    }
  } catch (error) {
    if (error instanceof RenditionError) return { ok: false, error }
    throw error
  }
}

/** libvips cannot turn animations, which no camera makes and nobody lays on their side. */
function isAnimation({ frames, orientation }: Source): boolean {
  return frames > 1 && orientation === 1
}

/** In the order of Adobe's SDK (lib/postprocessing/image.js): crop, fit into the box, resample to another resolution. */
function planView(source: Source, outline: RenditionOutline): Shown {
  const { input } = source
  const { box, cap, crop, convertToDpi } = outline
  const whole = typeof input === 'string' ? source : sizeDrawing(source, input, box)
  const region = crop && cutOut(crop, whole)
  const boxed = fitInside(region ?? whole, box)
  const from = outline.dpi ?? resolutionOf(source, whole) ?? DEFAULT_RESOLUTION
  const resampled = convertToDpi ? resample(boxed, from, convertToDpi) : boxed
  const size = fitInside(resampled, cap)
  return typeof input === 'string' ? { ...size, region } : planDrawing(whole, region, size)
}

/** The resolution that a source has at a size: its own, or that of a drawing whose units have a length. */
function resolutionOf(
  { input, width, height, resolution }: Source,
  at: Size,
): Resolution | undefined {
  if (typeof input === 'string' || input.unitsPerInch === undefined) return resolution
  return {
    x: (input.unitsPerInch * at.width) / width,
    y: (input.unitsPerInch * at.height) / height,
  }
}

function drawablePixels({ input }: Source): number {
  return typeof input === 'string' ? Number.POSITIVE_INFINITY : input.maxPixels
}

/** How many pixels the same inches have at another resolution. */
function resample({ width, height }: Size, from: Resolution, to: Resolution): Size {
  // Multiplied first, or half a pixel may become a little less, and be rounded down.
  return toPixels({ width: (width * to.x) / from.x, height: (height * to.y) / from.y })
}

/** A drawing is as large as it is asked to be, and loses nothing by it. */
function sizeDrawing(source: Size, { usualScale }: Drawing, box: Box): Size {
  const unsized = box.width === undefined && box.height === undefined
  return scale(source, unsized ? usualScale : scaleToFit(source, box))
}

/** All of a drawing is drawn so large that the part of it that is wanted has the size that is wanted. */
function planDrawing(whole: Size, region: Region | undefined, size: Size): Shown {
  if (region === undefined) return { ...size, region, drawnAt: size }
  const x = size.width / region.width
  const y = size.height / region.height
  const drawnAt = toPixels({ width: whole.width * x, height: whole.height * y })
  const left = Math.min(Math.round(region.left * x), drawnAt.width - size.width)
  const top = Math.min(Math.round(region.top * y), drawnAt.height - size.height)
  return { ...size, region: { ...size, left, top }, drawnAt }
}

function cutOut(crop: Region, whole: Size): Region {
  const region = clip(crop, whole)
  if (region !== undefined) return region
  throw new RenditionError(
    'GenericError',
    `crop must lie at least partly inside the source of ${whole.width} × ${whole.height} pixels, but it is the ${crop.width} × ${crop.height} pixels from ${crop.left}, ${crop.top}.`,
  )
}

function refuseImpossibleSize(
  { width, height, drawnAt }: Shown,
  format: OutputFormat,
  maxPixels: number,
): void {
  if (Math.max(width, height) > format.maxSide) {
    throw new RenditionError(
      'RenditionFormatUnsupported',
      `A ${format.title} image has at most ${format.maxSide} pixels a side, but this rendition would have ${width} × ${height}; set width and height, or another fmt.`,
    )
  }
  if (countPixels(drawnAt ?? { width, height }) > maxPixels) {
    throw new RenditionError(
      'GenericError',
      `The rendition would have ${width} × ${height} pixels, more than the ${maxPixels} that can be made; set a smaller width, height or convertToDpi.`,
    )
  }
}
