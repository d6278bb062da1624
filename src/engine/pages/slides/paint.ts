import type { Gradient, PageMark, Path, PathStep } from '../drawing/page.ts'
import { BLACK, type Colour, mix, toLetterColour, WHITE } from './colours/colour.ts'
import type { Fill } from './fills.ts'
import type { Geometry } from './geometry/path.ts'
import { endMarks, shortened } from './line-ends.ts'
import type { Outline } from './outlines.ts'

/** The size of what is filled, in points. */
interface Size {
  readonly width: number
  readonly height: number
}

/** Draws a shape that has its upper left at 0. */
export function paintGeometry(
  geometry: Geometry,
  size: Size,
  { fill, outline }: { readonly fill: Fill; readonly outline: Outline | undefined },
): PageMark[] {
  return geometry.paths.flatMap(({ steps, fill: shade, isStroked }) => [
    ...(shade === 'none' ? [] : paintFill({ steps, evenOdd: true }, shaded(fill, shade), size)),
    ...(isStroked && outline !== undefined ? paintOutline(steps, outline) : []),
  ])
}

/** Fills a path. */
export function paintFill(path: Path, fill: Fill, { width, height }: Size): PageMark[] {
  switch (fill.kind) {
    case 'none':
      return []
    case 'colour':
      return fill.colour.alpha === 0
        ? []
        : [{ kind: 'path', path, fill: toLetterColour(fill.colour) }]
    case 'gradient':
      return [{ kind: 'path', path, fill: toGradient(fill, { width, height }) }]
    case 'picture':
    default: {
      const { insets, part, crop, alpha } = fill
      const box = {
        x: insets.left * width,
        y: insets.top * height,
        width: width * (1 - insets.left - insets.right),
        height: height * (1 - insets.top - insets.bottom),
      }
      if (box.width <= 0 || box.height <= 0) return []
      return [
        {
          kind: 'group',
          clip: path,
          marks: [{ kind: 'picture', name: part, ...box, crop, opacity: alpha }],
        },
      ]
    }
  }
}

/** Draws a line along a path, with what it ends with. */
export function paintOutline(steps: readonly PathStep[], outline: Outline): PageMark[] {
  const { colour, width, dashes, cap, join } = outline
  if (colour.alpha === 0) return []
  const letters = toLetterColour(colour)
  const line: PageMark = {
    kind: 'path',
    path: { steps: shortened(steps, outline) },
    stroke: { colour: letters, width, cap, join, ...(dashes.length > 0 && { dash: dashes }) },
  }
  return [line, ...endMarks(steps, outline)]
}

function shaded(fill: Fill, shade: number): Fill {
  if (shade === 0) return fill
  const change = (colour: Colour): Colour => ({
    ...mix(colour, shade > 0 ? WHITE : BLACK, Math.abs(shade)),
    alpha: colour.alpha,
  })
  if (fill.kind === 'colour') return { ...fill, colour: change(fill.colour) }
  if (fill.kind !== 'gradient') return fill
  return { ...fill, stops: fill.stops.map(({ at, colour }) => ({ at, colour: change(colour) })) }
}

function toGradient(
  { stops, degrees, focus }: Extract<Fill, { readonly kind: 'gradient' }>,
  { width, height }: Size,
): Gradient {
  const written = stops.map(({ at, colour }) => ({ at, colour: toLetterColour(colour) }))
  if (degrees === undefined) {
    const x = (width * (focus.left + 1 - focus.right)) / 2
    const y = (height * (focus.top + 1 - focus.bottom)) / 2
    const far = [Math.max(x, width - x), Math.max(y, height - y)] as const
    return { kind: 'radial', from: [x, y], to: [x + far[0], y + far[1]], stops: written }
  }
  const radians = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  // From the corner that comes first on its way to the one that comes last.
  const half = (Math.abs(width * cos) + Math.abs(height * sin)) / 2
  const [x, y] = [width / 2, height / 2]
  return {
    kind: 'linear',
    from: [x - cos * half, y - sin * half],
    to: [x + cos * half, y + sin * half],
    stops: written,
  }
}
