import { OperationError } from '../../base/operation-error.ts'
import type { SourceView } from './decode-view.ts'
import {
  clip,
  fitInside,
  type Region,
  type Size,
  scale,
  scaleToFit,
  toPixels,
} from './dimensions.ts'
import type { Drawing } from './drawing.ts'
import { DEFAULT_RESOLUTION, type Resolution } from './headers/resolution.ts'
import type { PictureOptions, Step } from './options.ts'
import type { Source } from './source.ts'

/** What of a source is shown, and how large. */
export type Shown = Pick<SourceView, 'width' | 'height' | 'region' | 'drawnAt'>

/** How far the steps have come. */
interface Stage {
  /** In pixels of the whole upright source, or of the whole drawing; undefined for all of it. */
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
export function planSteps(
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
  if (step.step !== 'resample') return { ...stage, size: fitInside(size, step) }
  const to = toResolution(step)
  return { ...stage, size: resample(size, resolution, to), resolution: to }
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
  const unsized = box === undefined || (box.width === undefined && box.height === undefined)
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
