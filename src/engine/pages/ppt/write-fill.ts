import type { Element } from '../element.ts'
import { makeElement } from '../slides/make-element.ts'
import { shapeColour } from './colours.ts'
import type { PptContext } from './ppt-context.ts'
import { fixed, flagOf, type ShapeProperties, signed } from './shape-properties.ts'

/** Flags that tell whether a shape is filled, and whether it has a line. */
const IS_FILLED = 0x10
const HAS_LINE = 0x08

/** Kinds of fills ([MS-ODRAW] 2.4.11). */
const PATTERN = 1
const PICTURES: ReadonlySet<number> = new Set([2, 3])
const SHADES_AROUND: ReadonlySet<number> = new Set([5, 6])
const SHADES: ReadonlySet<number> = new Set([4, 5, 6, 7, 8])

const WHITE = 'FFFFFF'
const NO_FILL = makeElement('noFill')

function colourElement(hex: string, opacity: number): Element {
  const share = Math.min(1, Math.max(0, opacity))
  const alpha =
    share < 1 ? [makeElement('alpha', { val: String(Math.round(share * 100_000)) })] : []
  return makeElement('srgbClr', { val: hex }, alpha)
}

function solid(hex: string, opacity: number): Element {
  return makeElement('solidFill', {}, [colourElement(hex, opacity)])
}

/**
 * Writes what a shape is filled with as a slide has it.
 *
 * @param usual - whether it is filled where nothing is said
 */
export function writePptFill(
  properties: ShapeProperties,
  { scheme, pictureLink }: PptContext,
  usual: boolean,
): Element {
  if (!(flagOf(properties, 'fillFlags', IS_FILLED) ?? usual)) return NO_FILL
  const kind = properties.value('fillKind') ?? 0
  const opacity = fixed(properties.value('fillOpacity') ?? 65_536)
  const front = shapeColour(properties.value('fillColour') ?? 0xffffff, scheme) ?? WHITE
  const back = shapeColour(properties.value('fillBack') ?? 0xffffff, scheme) ?? WHITE
  if (PICTURES.has(kind)) {
    const id = pictureLink(properties.value('fillPicture') ?? 0)
    return id === undefined ? solid(front, opacity) : blip(id)
  }
  if (kind === PATTERN) {
    return makeElement('pattFill', { prst: 'pct50' }, [
      makeElement('fgClr', {}, [colourElement(front, opacity)]),
      makeElement('bgClr', {}, [colourElement(back, opacity)]),
    ])
  }
  if (SHADES.has(kind)) return writeShade(properties, { kind, front, back, opacity })
  return solid(front, opacity)
}

/** A picture that is stretched over a shape. */
export function blip(id: string, crop?: Element): Element {
  return makeElement('blipFill', {}, [
    makeElement('blip', { 'r:embed': id }),
    crop,
    makeElement('stretch', {}, [makeElement('fillRect')]),
  ])
}

function writeShade(
  properties: ShapeProperties,
  {
    kind,
    front,
    back,
    opacity,
  }: {
    readonly kind: number
    readonly front: string
    readonly back: string
    readonly opacity: number
  },
): Element {
  // In percents: how far the first colour reaches, backwards where it is below 0.
  const focus = signed(properties.value('fillFocus') ?? 0)
  const [one, other] = focus < 0 ? [front, back] : [back, front]
  const middle = Math.abs(focus)
  const stops: readonly (readonly [at: number, hex: string])[] =
    middle > 0 && middle < 100
      ? [
          [0, one],
          [middle, other],
          [100, one],
        ]
      : [
          [0, middle === 100 ? one : other],
          [100, middle === 100 ? other : one],
        ]
  const isAround = SHADES_AROUND.has(kind)
  // Those around a middle are told from outside.
  const inOrder = isAround ? stops.map(([at, hex]) => [100 - at, hex] as const).toReversed() : stops
  const list = makeElement(
    'gsLst',
    {},
    inOrder.map(([at, hex]) =>
      makeElement('gs', { pos: String(at * 1000) }, [colourElement(hex, opacity)]),
    ),
  )
  if (isAround) {
    const half = { l: '50000', t: '50000', r: '50000', b: '50000' }
    return makeElement('gradFill', {}, [
      list,
      makeElement('path', { path: 'circle' }, [makeElement('fillToRect', half)]),
    ])
  }
  const angle = fixed(properties.value('fillAngle') ?? 0)
  const degrees = (((90 - angle) % 360) + 360) % 360
  return makeElement('gradFill', {}, [
    list,
    makeElement('lin', { ang: String(Math.round(degrees * 60_000)) }),
  ])
}

const DASHES: ReadonlyMap<number, string> = new Map([
  [1, 'sysDash'],
  [2, 'sysDot'],
  [3, 'sysDashDot'],
  [4, 'sysDashDot'],
  [5, 'dot'],
  [6, 'dash'],
  [7, 'lgDash'],
  [8, 'dashDot'],
  [9, 'lgDashDot'],
  [10, 'lgDashDotDot'],
])

const ENDS = ['none', 'triangle', 'stealth', 'diamond', 'oval', 'arrow'] as const

/** Three quarters of a point, in English metric units. */
const USUAL_WIDTH = 9525

function writeEnd(name: 'headEnd' | 'tailEnd', value: number | undefined): Element {
  return makeElement(name, { type: ENDS[value ?? 0] ?? 'none' })
}

/** Writes how the line around a shape is drawn as a slide has it. */
export function writePptLine(
  properties: ShapeProperties,
  { scheme }: PptContext,
  usual: boolean,
): Element {
  if (!(flagOf(properties, 'lineFlags', HAS_LINE) ?? usual)) {
    return makeElement('ln', {}, [NO_FILL])
  }
  const colour = shapeColour(properties.value('lineColour') ?? 0, scheme) ?? '000000'
  const opacity = fixed(properties.value('lineOpacity') ?? 65_536)
  const dash = DASHES.get(properties.value('lineDash') ?? 0)
  return makeElement('ln', { w: String(properties.value('lineWidth') ?? USUAL_WIDTH) }, [
    solid(colour, opacity),
    dash === undefined ? undefined : makeElement('prstDash', { val: dash }),
    writeEnd('headEnd', properties.value('lineStart')),
    writeEnd('tailEnd', properties.value('lineEnd')),
  ])
}
