import type {
  Adjustment,
  BlendMode,
  Clip,
  Content,
  Effect,
  Layer,
  MaskUse,
  Place,
  Sharpening,
  Sizing,
  Treatment,
} from '../engine/layers/composition.ts'
import { COMMANDS } from './commands/commands.ts'
import { valueOf } from './commands/value-of.ts'
import type { Segment, Settings } from './sort-commands.ts'
import { toRgba } from './to-rgba.ts'

/** Reads what is done to a layer, or to all together. */
export function readTreatment({ settings, effects }: Segment, seed: number): Treatment {
  const { opacity = 100, fill = 100 } = valueOf(settings, COMMANDS.opac) ?? {}
  return {
    flip: valueOf(settings, COMMANDS.flip),
    clips: readClips(settings),
    adjustments: readAdjustments(settings, seed),
    sharpening: readSharpening(settings),
    opacity,
    fillOpacity: fill,
    effects: Array.from(effects, ([order, each]) => readEffect(order, each, seed))
      .filter((effect) => effect !== undefined)
      .toSorted((a, b) => a.order - b.order),
  }
}

/**
 * Reads a layer.
 *
 * @param content - what it shows
 * @param resolution - pixels a unit of what it shows, for `res`
 */
export function readLayer(segment: Segment, content: Content, seed: number): Layer {
  const { settings } = segment
  const colour = valueOf(settings, COMMANDS.color)
  const background = valueOf(settings, COMMANDS.bgColor)
  return {
    ...readTreatment(segment, seed),
    content,
    maskUse: valueOf(settings, COMMANDS.maskUse) ?? 'norm',
    crop: valueOf(settings, COMMANDS.crop) ?? valueOf(settings, COMMANDS.cropN),
    sizing: readSizing(settings),
    colour: colour && content.kind !== 'colour' ? toRgba(colour) : undefined,
    rotation: (valueOf(settings, COMMANDS.rotate) ?? 0) % 360,
    perspective:
      valueOf(settings, COMMANDS.perspective) ?? valueOf(settings, COMMANDS.perspectiveN),
    extend: valueOf(settings, COMMANDS.extend) ?? valueOf(settings, COMMANDS.extendN),
    background: background && toRgba(background),
    blendMode: valueOf(settings, COMMANDS.blendMode) ?? 'norm',
    anchor: valueOf(settings, COMMANDS.anchor) ?? valueOf(settings, COMMANDS.anchorN),
    origin: valueOf(settings, COMMANDS.origin) ?? valueOf(settings, COMMANDS.originN),
    position: readPosition(settings),
    hidden: valueOf(settings, COMMANDS.hide) ?? false,
  }
}

function readPosition(settings: Settings): Place {
  return (
    valueOf(settings, COMMANDS.pos) ??
    valueOf(settings, COMMANDS.posN) ?? { in: 'pixels', x: 0, y: 0 }
  )
}

/** `size` goes before `scale`, and that before `res`; without a length `size` says nothing. */
function readSizing(settings: Settings): Sizing | undefined {
  const size = valueOf(settings, COMMANDS.size) ?? valueOf(settings, COMMANDS.sizeN)
  if (size && (size.width > 0 || size.height > 0)) return size
  return valueOf(settings, COMMANDS.scale) ?? valueOf(settings, COMMANDS.res)
}

function readClips(settings: Settings): readonly Clip[] {
  const inside = valueOf(settings, COMMANDS.clipPath)
  const outside = valueOf(settings, COMMANDS.clipXPath)
  return [
    ...(inside === undefined ? [] : [{ path: inside, keeps: 'inside' } as const]),
    ...(outside === undefined ? [] : [{ path: outside, keeps: 'outside' } as const]),
  ]
}

/** In the order of the table: what changes single pixels first, what looks at their neighbours after it. */
function readAdjustments(settings: Settings, seed: number): readonly Adjustment[] {
  const brightness = valueOf(settings, COMMANDS.op_brightness) ?? 0
  const contrast = valueOf(settings, COMMANDS.op_contrast) ?? 0
  const saturation = valueOf(settings, COMMANDS.op_saturation) ?? 0
  const degrees = valueOf(settings, COMMANDS.op_hue) ?? 0
  const balance = valueOf(settings, COMMANDS.op_colorbalance)
  const colorize = valueOf(settings, COMMANDS.op_colorize)
  const growMask = valueOf(settings, COMMANDS.op_growMask) ?? 0
  const growMaskOfView = valueOf(settings, COMMANDS.op_growMaskR) ?? 0
  const adjustments: (Adjustment | undefined)[] = [
    brightness === 0 ? undefined : { op: 'brightness', amount: brightness },
    contrast === 0 ? undefined : { op: 'contrast', amount: contrast },
    saturation === 0 ? undefined : { op: 'saturation', amount: saturation },
    degrees === 0 ? undefined : { op: 'hue', degrees },
    balance && { op: 'colorbalance', ...balance },
    colorize && { op: 'colorize', ...colorize, colour: toRgba(colorize.colour) },
    valueOf(settings, COMMANDS.op_invert) ? { op: 'invert' } : undefined,
    growMask === 0 ? undefined : { op: 'growMask', radius: growMask, scaled: true },
    growMaskOfView === 0 ? undefined : { op: 'growMask', radius: growMaskOfView, scaled: false },
    ...readSoftening(settings, seed),
  ]
  return adjustments.filter((each) => each !== undefined)
}

/** What effects take as well. */
function readSoftening(settings: Settings, seed: number): Effect['adjustments'] {
  const grow = valueOf(settings, COMMANDS.op_grow) ?? 0
  const blur = valueOf(settings, COMMANDS.op_blur) ?? 0
  const noise = valueOf(settings, COMMANDS.op_noise)
  const adjustments: (Effect['adjustments'][number] | undefined)[] = [
    grow === 0 ? undefined : { op: 'grow', radius: grow },
    blur === 0 ? undefined : { op: 'blur', radius: blur },
    noise && noise.amount > 0 ? { op: 'noise', ...noise, seed } : undefined,
  ]
  return adjustments.filter((each) => each !== undefined)
}

function readSharpening(settings: Settings): readonly Sharpening[] {
  const simple: Sharpening[] = valueOf(settings, COMMANDS.op_sharpen) ? [{ by: 'simple' }] : []
  const unsharp = [valueOf(settings, COMMANDS.op_usm), valueOf(settings, COMMANDS.op_usmR)]
  return [...simple, ...unsharp.filter((each) => each !== undefined && each.amount > 0)].filter(
    (each) => each !== undefined,
  )
}

/** An effect without a colour shows nothing. */
function readEffect(order: number, settings: Settings, seed: number): Effect | undefined {
  const colour = valueOf(settings, COMMANDS.color)
  if (!colour) return undefined
  const position = readPosition(settings)
  const maskUse: MaskUse = valueOf(settings, COMMANDS.maskUse) ?? 'norm'
  const blendMode: BlendMode = valueOf(settings, COMMANDS.blendMode) ?? 'norm'
  return {
    order,
    colour: toRgba(colour),
    opacity: valueOf(settings, COMMANDS.opac)?.opacity ?? 100,
    blendMode,
    offset: position,
    maskUse,
    adjustments: readSoftening(settings, seed),
  }
}
