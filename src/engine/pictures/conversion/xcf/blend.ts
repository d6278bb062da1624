/** Makes one sample of that of a layer and that of what is below it, both from 0 to 1. */
type Mix = (layer: number, below: number) => number

/** How a layer is blended. */
export interface Blending {
  /** Undefined where it just covers what is below. */
  readonly mix: Mix | undefined
  /** Whether samples are mixed, and the result is laid over what is below, as light or encoded as sRGB has it. */
  readonly mixesLight: boolean
  readonly laysLight: boolean
  /** Whether what is mixed stays from 0 to 1. */
  readonly clips: boolean
  /** Whether the layers of a group count as if there were no group. */
  readonly passesThrough?: true
}

/** What has been light before is not quite black or white. */
const NEARLY_NOTHING = 0.0001

/** As much as one sample is another at most, in GIMP. */
const MOST_RATIO = 5

function ratio(of: number, to: number): number {
  if (Math.abs(of) < NEARLY_NOTHING) return 0
  return to < NEARLY_NOTHING ? MOST_RATIO : Math.min(MOST_RATIO, of / to)
}

const multiply: Mix = (layer, below) => layer * below
const screen: Mix = (layer, below) => 1 - (1 - layer) * (1 - below)
const difference: Mix = (layer, below) => Math.abs(below - layer)
const add: Mix = (layer, below) => below + layer
const subtract: Mix = (layer, below) => below - layer
const darken: Mix = (layer, below) => Math.min(layer, below)
const lighten: Mix = (layer, below) => Math.max(layer, below)
const divide: Mix = (layer, below) => ratio(below, layer)
const dodge: Mix = (layer, below) => ratio(below, 1 - layer)
const burn: Mix = (layer, below) => 1 - ratio(1 - below, layer)
const hardLight: Mix = (layer, below) =>
  layer > 0.5 ? screen(2 * layer - 1, below) : multiply(2 * layer, below)
const softLight: Mix = (layer, below) =>
  (1 - below) * multiply(layer, below) + below * screen(layer, below)
const overlay: Mix = (layer, below) => hardLight(below, layer)
const extractGrain: Mix = (layer, below) => below - layer + 0.5
const mergeGrain: Mix = (layer, below) => below + layer - 0.5
const exclude: Mix = (layer, below) => 0.5 - 2 * (below - 0.5) * (layer - 0.5)
const linearLight: Mix = (layer, below) => below + 2 * layer - 1
const linearBurn: Mix = (layer, below) => below + layer - 1

const old = (mix?: Mix): Blending => ({ mix, mixesLight: false, laysLight: false, clips: true })
const ofLight = (mix?: Mix): Blending => ({ mix, mixesLight: true, laysLight: true, clips: false })
const ofSight = (mix: Mix): Blending => ({ ...ofLight(mix), mixesLight: false })

/** By the numbers of GimpLayerMode, of which those below 23 are what they were in GIMP 2.8. Dissolving is covering. */
const BLENDINGS: Readonly<Record<number, Blending>> = {
  0: old(),
  1: old(),
  3: old(multiply),
  4: old(screen),
  // It was the same by mistake.
  5: old(softLight),
  6: old(difference),
  7: old(add),
  8: old(subtract),
  9: old(darken),
  10: old(lighten),
  15: old(divide),
  16: old(dodge),
  17: old(burn),
  18: old(hardLight),
  19: old(softLight),
  20: old(extractGrain),
  21: old(mergeGrain),
  23: ofSight(overlay),
  28: ofLight(),
  30: ofLight(multiply),
  31: ofSight(screen),
  32: ofSight(difference),
  33: ofLight(add),
  34: ofLight(subtract),
  35: ofLight(darken),
  36: ofLight(lighten),
  41: ofLight(divide),
  42: ofSight(dodge),
  43: ofSight(burn),
  44: ofSight(hardLight),
  45: ofSight(softLight),
  46: ofSight(extractGrain),
  47: ofSight(mergeGrain),
  50: ofSight(linearLight),
  52: ofSight(exclude),
  53: ofSight(linearBurn),
  61: { ...ofLight(), passesThrough: true },
}

const LIGHT = 1
const ENCODED = 2

/** How a layer is blended by what it says of that; undefined when nobody here knows its mode. */
export function blendingOf({
  mode,
  blendSpace,
  composeSpace,
}: {
  readonly mode: number
  readonly blendSpace: number
  readonly composeSpace: number
}): Blending | undefined {
  const usual = BLENDINGS[mode]
  const isTold = (space: number): boolean => space === LIGHT || space === ENCODED
  return (
    usual && {
      ...usual,
      mixesLight: isTold(blendSpace) ? blendSpace === LIGHT : usual.mixesLight,
      laysLight: isTold(composeSpace) ? composeSpace === LIGHT : usual.laysLight,
    }
  )
}
