import { OperationError } from '../../base/operation-error.ts'
import type { SourceView } from './decode-view.ts'
import { countPixels, isAtMostHalf, isSameRegion, isSameSize } from './dimensions.ts'
import type { Resolution } from './headers/resolution.ts'
import { MAX_PIXELS_IN_MEMORY } from './memory.ts'
import type { EncoderSettings, PictureOptions, Watermark } from './options.ts'
import { FORMATS, type OutputFormat } from './output-formats.ts'
import { type Source, tooManyPixels } from './source.ts'
import { planSteps, type Shown } from './steps.ts'

/** A rendition that is ready to be made: what of the source it shows, how large, and what is then done with it. */
export interface RenditionPlan extends SourceView {
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

/** A plan, or why there is none. */
export type PlannedRendition =
  | { ok: true; plan: RenditionPlan }
  | { ok: false; error: OperationError }

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
  const { encoder, watermark, background } = options
  const format = FORMATS[options.format]
  try {
    const animated = options.animated && format.animates && isAnimation(source)
    if (animated && countPixels(source) * source.frames > maxPixels) {
      throw tooManyPixels({ ...source, height: source.height * source.frames }, maxPixels)
    }
    const { shown, resolution } = planSteps(source, options)
    refuseImpossibleSize(shown, format, Math.min(maxPixels, drawablePixels(source)))
    const frames = animated ? source.frames : 1
    const { opaque } = source
    return {
      ok: true,
      plan: {
        ...shown,
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
    if (error instanceof OperationError) return { ok: false, error }
    throw error
  }
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
