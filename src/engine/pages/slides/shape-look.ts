import { attributeOf, childOf, type Element } from '../element.ts'
import { findColour, type Palette } from './colours/read-colour.ts'
import { numberOf } from './drawing-values.ts'
import { type Fill, type FillContext, findFill, readFill } from './fills.ts'
import { customGeometry, guidesOf } from './geometry/custom-geometry.ts'
import { boxGeometry, type Geometry } from './geometry/path.ts'
import { presetGeometry } from './geometry/preset-geometry.ts'
import { type Outline, readOutline } from './outlines.ts'
import type { Theme } from './theme.ts'

/** Properties of a shape, such as an `spPr`, and the part that they are in. */
export interface LookSource {
  readonly properties: Element | undefined
  readonly context: FillContext
}

/** Styles of backgrounds are numbered from here. */
const FIRST_BACKGROUND = 1001

const NO_FILL: Fill = { kind: 'none' }

/**
 * What a shape is filled with.
 *
 * @param sources - the shape itself, and what it is made after
 * @param style - its `style`, which says what of the theme it looks like
 */
export function fillOf(
  sources: readonly LookSource[],
  style: Element | undefined,
  { context, theme }: { readonly context: FillContext; readonly theme: Theme },
): Fill {
  for (const source of sources) {
    const fill = findFill(source.properties, source.context)
    if (fill !== undefined) return fill
  }
  return themeFill(childOf(style, 'fillRef'), { context, theme }) ?? NO_FILL
}

/** The fill of a theme that an element such as `fillRef` refers to. */
export function themeFill(
  reference: Element | undefined,
  { context, theme }: { readonly context: FillContext; readonly theme: Theme },
): Fill | undefined {
  const index = numberOf(reference, 'idx') ?? 0
  if (reference === undefined || index === 0) return undefined
  const element =
    index >= FIRST_BACKGROUND ? theme.backgrounds[index - FIRST_BACKGROUND] : theme.fills[index - 1]
  const inColour = { ...context, palette: coloured(context.palette, reference) }
  if (element !== undefined) return readFill(element, inColour)
  const colour = inColour.palette.placeholder
  return colour && { kind: 'colour', colour }
}

/** How the line around a shape is drawn; undefined when there is none. */
export function outlineOf(
  sources: readonly LookSource[],
  style: Element | undefined,
  { context, theme }: { readonly context: FillContext; readonly theme: Theme },
): Outline | undefined {
  const lines = sources.flatMap((source): (readonly [Element, FillContext])[] => {
    const line = childOf(source.properties, 'ln')
    return line === undefined ? [] : [[line, source.context]]
  })
  const reference = childOf(style, 'lnRef')
  const index = numberOf(reference, 'idx') ?? 0
  const ofTheme = index > 0 ? theme.lines[index - 1] : undefined
  if (reference !== undefined && ofTheme !== undefined) {
    lines.push([ofTheme, { ...context, palette: coloured(context.palette, reference) }])
  }
  return readOutline(lines)
}

function coloured(palette: Palette, reference: Element): Palette {
  return { ...palette, placeholder: findColour(reference, palette) }
}

/** The outline of a shape in a box of a size. */
export function geometryOf(
  sources: readonly LookSource[],
  { width, height }: { readonly width: number; readonly height: number },
): Geometry {
  for (const { properties } of sources) {
    const custom = childOf(properties, 'custGeom')
    if (custom !== undefined) return customGeometry(custom, width, height)
    const preset = childOf(properties, 'prstGeom')
    if (preset !== undefined) {
      const adjusted = guidesOf(childOf(preset, 'avLst'))
      return presetGeometry(attributeOf(preset, 'prst') ?? 'rect', width, height, adjusted)
    }
  }
  return boxGeometry(width, height)
}
