import type { Sides } from '../drawing/page.ts'
import { attributeOf, childOf, childrenOf, type Element, linkOf } from '../element.ts'
import { type Colour, mix } from './colours/colour.ts'
import { findColour, type Palette } from './colours/read-colour.ts'
import { degreesOf, shareOf } from './drawing-values.ts'

/** A colour at a share of the way through a gradient. */
export interface GradientStop {
  readonly at: number
  readonly colour: Colour
}

/** A picture of a part, of which so much is cut off, and which may be seen through. */
export interface PartPicture {
  readonly part: string
  readonly crop: Sides
  readonly alpha: number
}

/** What an area is filled with. */
export type Fill =
  | { readonly kind: 'none' }
  | { readonly kind: 'colour'; readonly colour: Colour }
  | {
      readonly kind: 'gradient'
      readonly stops: readonly GradientStop[]
      /** The way of a linear one in degrees clockwise from the right; undefined for one from the middle outwards. */
      readonly degrees: number | undefined
      /** What one from the middle begins at. */
      readonly focus: Sides
    }
  | ({
      readonly kind: 'picture'
      /** Whether it is repeated in its own size. */
      readonly isTiled: boolean
      /** How far from the edges of the area it is drawn. */
      readonly insets: Sides
    } & PartPicture)

/** What a fill is read with. */
export interface FillContext {
  readonly palette: Palette
  /** The part that a relationship leads to. */
  readonly partOf: (id: string) => string | undefined
  /** The fill of the group that a shape is in. */
  readonly ofGroup?: Fill | undefined
}

const NO_INSETS: Sides = { left: 0, top: 0, right: 0, bottom: 0 }
const NO_FILL: Fill = { kind: 'none' }

/** More stops than anybody makes. */
const MOST_STOPS = 100

/** How much of a pattern its foreground takes, where its name does not say. */
const PATTERN_SHARE = 0.35

/** Reads the fill that is among what is right within an element; undefined when it says nothing of one. */
export function findFill(element: Element | undefined, context: FillContext): Fill | undefined {
  for (const child of element?.children ?? []) {
    const fill = readFill(child, context)
    if (fill !== undefined) return fill
  }
  return undefined
}

/** Reads an element that is a fill (ECMA-376, part 1, 20.1.8); undefined when it is none. */
export function readFill(element: Element, context: FillContext): Fill | undefined {
  const { palette } = context
  switch (element.name) {
    case 'noFill':
      return NO_FILL
    case 'solidFill': {
      const colour = findColour(element, palette)
      return colour && { kind: 'colour', colour }
    }
    case 'gradFill':
      return readGradient(element, palette)
    case 'pattFill': {
      const front = findColour(childOf(element, 'fgClr'), palette)
      const back = findColour(childOf(element, 'bgClr'), palette)
      if (front === undefined || back === undefined) return undefined
      const [, percent] = /^pct(\d+)$/.exec(attributeOf(element, 'prst') ?? '') ?? []
      const share = percent === undefined ? PATTERN_SHARE : Number(percent) / 100
      return { kind: 'colour', colour: mix(back, front, share) }
    }
    case 'blipFill':
      return readPictureFill(element, context)
    case 'grpFill':
      return context.ofGroup ?? NO_FILL
    default:
      return undefined
  }
}

function readGradient(element: Element, palette: Palette): Fill | undefined {
  const stops = childrenOf(childOf(element, 'gsLst'), 'gs')
    .slice(0, MOST_STOPS)
    .flatMap((stop): GradientStop[] => {
      const colour = findColour(stop, palette)
      return colour === undefined ? [] : [{ at: shareOf(stop, 'pos') ?? 0, colour }]
    })
    .toSorted((one, other) => one.at - other.at)
  const [first] = stops
  if (first === undefined) return undefined
  if (stops.length === 1) return { kind: 'colour', colour: first.colour }
  const path = childOf(element, 'path')
  return {
    kind: 'gradient',
    stops,
    degrees: path === undefined ? degreesOf(childOf(element, 'lin'), 'ang') : undefined,
    focus: insetsOf(childOf(path, 'fillToRect')),
  }
}

function readPictureFill(element: Element, context: FillContext): Fill | undefined {
  const picture = readPartPicture(element, context)
  if (picture === undefined) return undefined
  const isTiled = childOf(element, 'tile') !== undefined
  const insets = insetsOf(childOf(childOf(element, 'stretch'), 'fillRect'))
  return { kind: 'picture', isTiled, insets, ...picture }
}

/** Reads which picture a `blipFill` is of; undefined when it is of none in the document. */
export function readPartPicture(
  element: Element | undefined,
  { partOf }: Pick<FillContext, 'partOf'>,
): PartPicture | undefined {
  const blip = childOf(element, 'blip')
  const link = linkOf(blip, 'embed')
  const part = link === undefined ? undefined : partOf(link)
  if (part === undefined) return undefined
  const alpha = shareOf(childOf(blip, 'alphaModFix'), 'amt') ?? 1
  return {
    part,
    crop: insetsOf(childOf(element, 'srcRect')),
    alpha: Math.min(1, Math.max(0, alpha)),
  }
}

function insetsOf(element: Element | undefined): Sides {
  if (element === undefined) return NO_INSETS
  return {
    left: shareOf(element, 'l') ?? 0,
    top: shareOf(element, 't') ?? 0,
    right: shareOf(element, 'r') ?? 0,
    bottom: shareOf(element, 'b') ?? 0,
  }
}
