import { RenditionError } from '../contract/errors.ts'
import { countPixels, fitInside, isAtMostHalf, isSameSize, type Size } from './dimensions.ts'
import { type Instructions, type RenditionOutline, readInstructions } from './instructions.ts'

/** A rendition that is ready to be made: what it shall be like, and its exact width and height in pixels. */
export interface RenditionPlan extends Size, Omit<RenditionOutline, 'box'> {}

/** A plan, or why there is none. */
export type PlannedRendition =
  | { ok: true; plan: RenditionPlan }
  | { ok: false; error: RenditionError }

/** How a whole request is made. */
export interface RequestPlan {
  /** One entry a rendition, in the order of the request. */
  readonly renditions: readonly PlannedRendition[]
  /**
   * The size to which the source is decoded once, for every rendition for which {@link isDerivable} holds; undefined
   * when that would serve a single rendition and so save nothing.
   */
  readonly base: Size | undefined
}

/**
 * The largest decoded image that is held in memory to derive renditions from, in pixels: a photo of a 24-megapixel
 * camera, 72 MB, or 96 MB with transparency. Above it, renditions are made one by one, in the few rows at a time that libvips streams.
 */
export const MAX_BASE_PIXELS = 24_500_000

/** Plans all renditions of a request. Bad instructions fail their own rendition only. */
export function planRequest(source: Size, requested: readonly Instructions[]): RequestPlan {
  const renditions = requested.map((instructions) => planRendition(source, instructions))
  return {
    renditions,
    base: chooseBase(renditions.flatMap((each) => (each.ok ? [each.plan] : []))),
  }
}

/**
 * Whether a rendition looks the same made from an image of size `base` as made from the source: it is that size itself,
 * or small enough that the second resampling still has at least two pixels for one.
 */
export function isDerivable(rendition: Size, base: Size): boolean {
  return isSameSize(rendition, base) || isAtMostHalf(rendition, base)
}

/** The largest size that serves more than one rendition: the smallest scale to decode at that still serves the most. */
function chooseBase(plans: readonly RenditionPlan[]): Size | undefined {
  return plans
    .filter((plan) => countPixels(plan) <= MAX_BASE_PIXELS)
    .toSorted((one, other) => countPixels(other) - countPixels(one))
    .find((base) => plans.filter((plan) => isDerivable(plan, base)).length > 1)
}

function planRendition(source: Size, instructions: Instructions): PlannedRendition {
  try {
    const { format, encoder, box } = readInstructions(instructions)
    const { width, height } = fitInside(source, box)
    if (Math.max(width, height) > format.maxSide) {
      throw new RenditionError(
        'RenditionFormatUnsupported',
        `A ${format.title} image has at most ${format.maxSide} pixels a side, but this rendition would have ${width} × ${height}; set width and height, or another fmt.`,
      )
    }
    return { ok: true, plan: { format, encoder, width, height } }
  } catch (error) {
    if (error instanceof RenditionError) return { ok: false, error }
    throw error
  }
}
