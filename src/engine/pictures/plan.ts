import { OperationError } from '../../base/operation-error.ts'
import { hasAlready, requireColours } from './colours.ts'
import type { SourceView } from './decode-view.ts'
import {
  clip,
  countPixels,
  cutToShape,
  fitInside,
  isAtMostHalf,
  isSameRegion,
  isSameSize,
  type Region,
  type Size,
  scale,
  scaleToCover,
  scaleToFit,
  toPixels,
} from './dimensions.ts'
import type { Drawing } from './drawing.ts'
import { DEFAULT_RESOLUTION, type Resolution } from './headers/resolution.ts'
import { requireAllFrames, tellLosses } from './losses.ts'
import { requireMarkedPages } from './marked-frames.ts'
import { MAX_PIXELS_IN_MEMORY } from './memory.ts'
import type { Original } from './optimize.ts'
import type {
  EncoderSettings,
  Fit,
  PictureColours,
  PictureOptions,
  Step,
  Watermark,
  WrittenFormat,
} from './options.ts'
import { FORMATS, type OutputFormat } from './output-formats.ts'
import { type Source, tooManyPixels } from './source.ts'

/** What of a source is shown, and how large. */
export type Shown = Pick<SourceView, 'width' | 'height' | 'region' | 'drawnAt'>

/** How far the steps have come. */
interface Stage {
  /** In pixels of the whole upright source or drawing, and fractions of them; undefined for all of it. */
  readonly region: Region | undefined
  /** The size of what is shown. */
  readonly size: Size
  readonly resolution: Resolution
}

/**
 * Puts the steps of a picture together, in the order in which they come, so that the source is decoded and sized once.
 *
 * @throws {@link OperationError} when a crop lies outside of what there is to crop
 */
function planSteps(
  source: Source,
  { steps, density }: Pick<PictureOptions, 'steps' | 'density'>,
): { readonly shown: Shown; readonly resolution: Resolution | undefined } {
  const { input } = source
  const whole = typeof input === 'string' ? source : sizeDrawing(source, input, steps)
  const { region, size } = steps.reduce<Stage>((stage, step) => takeStep(stage, step, whole), {
    region: undefined,
    size: { width: whole.width, height: whole.height },
    resolution: density ?? resolutionOf(source, whole) ?? DEFAULT_RESOLUTION,
  })
  const resampled = steps.findLast((each) => each.step === 'resample')
  return {
    shown: typeof input === 'string' ? { ...size, region } : planDrawing(whole, region, size),
    resolution: density ?? (resampled && toResolution(resampled)) ?? source.resolution,
  }
}

function takeStep(stage: Stage, step: Step, whole: Size): Stage {
  const { size, resolution } = stage
  if (step.step === 'crop') return cutOut(stage, step, whole)
  if (step.step === 'fit') return fitBox(stage, step, whole)
  if (step.step === 'cap') return { ...stage, size: fitInside(size, step) }
  const to = toResolution(step)
  return { ...stage, size: resample(size, resolution, to), resolution: to }
}

type FitStep = Extract<Step, { step: 'fit' }>

/** Whether a box has both sides, without which there is nothing to cut and nothing to distort. */
function isWholeBox(box: FitStep): box is FitStep & Size {
  return box.width !== undefined && box.height !== undefined
}

function fitBox(stage: Stage, step: FitStep, whole: Size): Stage {
  const { size } = stage
  if (usualFit(step) === 'max') return { ...stage, size: fitInside(size, step) }
  if (!isWholeBox(step)) return { ...stage, size: scale(size, scaleToFit(size, step)) }
  const { width, height } = step
  const box = { ...stage, size: { width, height } }
  if (step.fit === 'scale') return box
  const part = cutToShape(size, step)
  // Nothing protrudes, so that this shows what renditions show that are not cut.
  if (isSameSize(part, size)) return box
  const shown = stage.region ?? { left: 0, top: 0, width: whole.width, height: whole.height }
  const x = shown.width / size.width
  const y = shown.height / size.height
  return {
    ...box,
    region: {
      left: shown.left + part.left * x,
      top: shown.top + part.top * y,
      width: part.width * x,
      height: part.height * y,
    },
  }
}

function usualFit({ fit = 'max' }: FitStep): Fit {
  return fit
}

/** Uses a part of what the steps before have made, which the source has in other pixels when they have sized it. */
function cutOut({ region, size, ...stage }: Stage, crop: Region, whole: Size): Stage {
  const part = clip(crop, size)
  if (part === undefined) {
    const { left, top, width, height } = crop
    throw new OperationError('crop_outside', { ...size, crop: { left, top, width, height } })
  }
  const shown = region ?? { left: 0, top: 0, width: whole.width, height: whole.height }
  const x = shown.width / size.width
  const y = shown.height / size.height
  // Rounded down, since a part that begins within what is shown must not begin at its end.
  const left = Math.floor(part.left * x)
  const top = Math.floor(part.top * y)
  const { width, height } = toPixels({ width: part.width * x, height: part.height * y })
  return {
    ...stage,
    size: { width: part.width, height: part.height },
    region: {
      left: shown.left + left,
      top: shown.top + top,
      width: Math.min(width, shown.width - left),
      height: Math.min(height, shown.height - top),
    },
  }
}

function toResolution({ x, y }: Resolution): Resolution {
  return { x, y }
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

/** How many pixels the same inches have at another resolution. */
function resample({ width, height }: Size, from: Resolution, to: Resolution): Size {
  // Multiplied first, or half a pixel may become a little less, and be rounded down.
  return toPixels({ width: (width * to.x) / from.x, height: (height * to.y) / from.y })
}

/** A drawing is as large as it is asked to be, and loses nothing by it. */
function sizeDrawing(source: Size, { usualScale }: Drawing, steps: readonly Step[]): Size {
  const box = steps.find((each) => each.step === 'fit')
  if (box === undefined || (box.width === undefined && box.height === undefined)) {
    return scale(source, usualScale)
  }
  if (!isWholeBox(box) || usualFit(box) === 'max') return scale(source, scaleToFit(source, box))
  if (box.fit === 'scale') return { width: box.width, height: box.height }
  return scale(source, scaleToCover(source, box))
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

/** A rendition that is ready to be made: what of the source it shows, how large, and what is then done with it. */
export interface RenditionPlan extends SourceView {
  readonly format: OutputFormat
  readonly encoder: EncoderSettings
  /** What the file says of its physical size; nothing when undefined. */
  readonly resolution: Resolution | undefined
  readonly watermark: Watermark | undefined
  /** What its pixels become, see {@link PictureOptions}. */
  readonly colours: PictureColours | undefined
  /** The source, when the rendition is nothing but it, optimised in its own format. */
  readonly original: Original | undefined
  readonly strip: boolean
  /** What is lost of the source though nobody has asked for that, a sentence each. */
  readonly remarks: readonly string[]
  /** Whether there is nothing transparent to begin with. */
  readonly opaque: boolean
  /** Which page or frame it shows, or the first of those that it does; counted from 1. */
  readonly page: number
  /** How many pictures it shows one after the other. */
  readonly frames: number
}

/** A plan, or why there is none. */
export type PlannedRendition =
  | { ok: true; plan: RenditionPlan }
  | { ok: false; error: OperationError }

const OPTIMIZED_FORMATS: readonly WrittenFormat[] = ['png', 'jpeg', 'webp', 'gif']

/** Of these a source is what is wanted only where all of its frames are. */
const ANIMATIONS: readonly WrittenFormat[] = ['webp', 'gif']

/** How a whole request is made. */
export interface RequestPlan {
  /** One entry a rendition, in the order of the request. */
  readonly renditions: readonly PlannedRendition[]
  /**
   * The view of the source that is decoded once, for every rendition for which {@link isDerivable} holds; undefined when
   * that would serve a single rendition and so save nothing.
   */
  readonly base: SourceView | undefined
}

/**
 * Plans all renditions of a request. Options that do not go with the source fail their own rendition only.
 *
 * @param maxPixels - the most pixels that a source, all its frames included, or a rendition may have
 */
export function planRequest(
  source: Source,
  wanted: readonly PictureOptions[],
  maxPixels: number,
): RequestPlan {
  const renditions = wanted.map((options) => planRendition(source, options, maxPixels))
  const plans = renditions.flatMap((each) => (each.ok ? [each.plan] : []))
  // A drawing is drawn anew for each rendition, which is what keeps its edges sharp.
  return { renditions, base: typeof source.input === 'string' ? chooseBase(plans) : undefined }
}

/**
 * Whether a rendition looks the same made from the view `base` as made from the source: it shows the same part, at that
 * very size, or so much smaller that the second resampling still has at least two pixels for one.
 */
export function isDerivable(rendition: SourceView, base: SourceView): boolean {
  return (
    !rendition.animated &&
    !rendition.exact &&
    isSameRegion(rendition.region, base.region) &&
    (isSameSize(rendition, base) || isAtMostHalf(rendition, base))
  )
}

/**
 * The largest view that serves more than one rendition: the smallest scale to decode at that still serves the most. What
 * is too large for memory is made one by one, in the few rows at a time that libvips streams.
 */
function chooseBase(plans: readonly RenditionPlan[]): SourceView | undefined {
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
  options: PictureOptions,
  maxPixels: number,
): PlannedRendition {
  const { encoder, watermark, background, strip = false, colours } = options
  const format = FORMATS[options.format]
  try {
    // Whoever names one of the frames wants that.
    const wantsAll = options.animated && options.page === 1
    const animated = wantsAll && format.animates && isAnimation(source)
    if (animated && countPixels(source) * source.frames > maxPixels) {
      throw tooManyPixels({ ...source, height: source.height * source.frames }, maxPixels)
    }
    const { shown, resolution } = planSteps(source, options)
    refuseImpossibleSize(shown, format, Math.min(maxPixels, drawablePixels(source)))
    const frames = animated ? source.frames : 1
    const { opaque } = source
    requireColours(options)
    requireMarkedPages(source, watermark)
    const hasColours = colours === undefined || hasAlready(source, colours)
    const original = hasColours ? findOriginal(source, shown, options) : undefined
    const isOriginal = original !== undefined
    requireAllFrames(source, options, { ...shown, isOriginal })
    const exact =
      options.format === 'png' ? isOriginal : keepsInks(source, shown, options, isOriginal)
    return {
      ok: true,
      plan: {
        ...shown,
        animated,
        page: options.page,
        frames,
        opaque,
        format,
        encoder,
        original,
        exact,
        remarks: tellLosses(source, options, { animated, exact, shown, isOriginal }),
        strip,
        resolution,
        watermark,
        background,
        colours,
      },
    }
  } catch (error) {
    if (error instanceof OperationError) return { ok: false, error }
    throw error
  }
}

/** Whether the inks of a JPEG stay what they are, since nothing is wanted that needs other colours. */
function keepsInks(
  source: Source,
  { width, height, region }: Shown,
  { format, watermark, colours }: PictureOptions,
  isOriginal: boolean,
): boolean {
  if (source.space !== 'cmyk' || format !== 'jpeg') return false
  const part = region ?? source
  const isEnlarged = width > part.width || height > part.height
  return (isOriginal || colours === 'cmyk') && watermark === undefined && !isEnlarged
}

/** The source, when a rendition asks for nothing but to have it optimised. */
function findOriginal(
  { input, ...source }: Source,
  { width, height, region }: Shown,
  { format, encoder, density, watermark, background, animated, autoOrient = true }: PictureOptions,
): Original | undefined {
  if (typeof input !== 'string' || source.rewritten || encoder.optimize === undefined) {
    return undefined
  }
  if (source.format.title !== FORMATS[format].title || !OPTIMIZED_FORMATS.includes(format)) {
    return undefined
  }
  if (ANIMATIONS.includes(format) && !animated) return undefined
  const same = region === undefined && isSameSize(source, { width, height })
  const asks = density ?? watermark ?? background ?? encoder.jpegSize
  return same && asks === undefined && autoOrient ? { ...source, input } : undefined
}

/** libvips cannot turn animations, which no camera makes and nobody lays on their side. */
function isAnimation({ frames, orientation }: Source): boolean {
  return frames > 1 && orientation === 1
}

function drawablePixels({ input }: Source): number {
  return typeof input === 'string' ? Number.POSITIVE_INFINITY : input.maxPixels
}

function refuseImpossibleSize(
  { width, height, drawnAt }: Shown,
  { title, maxSide }: OutputFormat,
  maxPixels: number,
): void {
  if (Math.max(width, height) > maxSide) {
    throw new OperationError('side_too_long', { title, most: maxSide, width, height })
  }
  if (countPixels(drawnAt ?? { width, height }) > maxPixels) {
    throw new OperationError('rendition_too_large', { width, height, most: maxPixels })
  }
}
