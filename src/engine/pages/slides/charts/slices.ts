import type { PageMark, PathStep } from '../../drawing/page.ts'
import type { Box } from '../../drawing/shapes.ts'
import { type Colour, toLetterColour, WHITE } from '../colours/colour.ts'
import { arcSteps } from '../geometry/path.ts'
import type { ChartText } from './chart-text.ts'
import type { Plot, Series } from './read-chart.ts'

const EDGE = { colour: toLetterColour(WHITE), width: 1, join: 'round' } as const

/** Draws the values of series as slices of a circle, or of rings in each other. */
export function drawSlices(
  { series, hole, start }: Plot,
  {
    box,
    text,
    pointColour,
  }: {
    readonly box: Box
    readonly text: ChartText
    readonly pointColour: (series: Series, index: number) => Colour
  },
): PageMark[] {
  const radius = Math.max(1, Math.min(box.width, box.height) / 2 - 4)
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const rings = hole > 0 ? series : series.slice(0, 1)
  const thick = (radius * (1 - hole)) / Math.max(1, rings.length)
  return rings.flatMap((each, ring) => {
    const inner = hole > 0 ? radius * hole + ring * thick : 0
    const outer = inner + thick
    const sum = each.values.reduce<number>((all, value) => all + Math.abs(value ?? 0), 0)
    let at = start - 90
    return each.values.flatMap((value, index): PageMark[] => {
      const sweep = sum > 0 ? (Math.abs(value ?? 0) / sum) * 360 : 0
      const from = at
      at += sweep
      if (sweep === 0) return []
      const fill = toLetterColour(pointColour(each, index))
      const half = ((from + sweep / 2) * Math.PI) / 180
      const reach = (inner + outer) / 2 + (hole > 0 ? 0 : outer / 6)
      const label = {
        x: middle.x + Math.cos(half) * reach - 50,
        y: middle.y + Math.sin(half) * reach - text.size,
        width: 100,
        height: text.size * 2,
      }
      return [
        {
          kind: 'path',
          path: { steps: sliceSteps(middle, [inner, outer], [from, sweep]) },
          fill,
          stroke: EDGE,
        },
        ...text.write(each.label?.(index) ?? '', label, { align: 'centre', anchor: 'middle' }),
      ]
    })
  })
}

function sliceSteps(
  middle: { readonly x: number; readonly y: number },
  [inner, outer]: readonly [number, number],
  [from, sweep]: readonly [number, number],
): PathStep[] {
  const at = (degrees: number, radius: number): { x: number; y: number } => ({
    x: middle.x + Math.cos((degrees * Math.PI) / 180) * radius,
    y: middle.y + Math.sin((degrees * Math.PI) / 180) * radius,
  })
  const begin = at(from, outer)
  const back = at(from + sweep, inner)
  return [
    ['M', begin.x, begin.y],
    ...arcSteps(begin, { x: outer, y: outer }, from, sweep),
    ['L', back.x, back.y],
    ...(inner > 0 ? arcSteps(back, { x: inner, y: inner }, from + sweep, -sweep) : []),
    ['Z'],
  ]
}
