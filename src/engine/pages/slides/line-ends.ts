import type { PageMark, PathStep } from '../drawing/page.ts'
import { ellipse } from '../drawing/shapes.ts'
import { toLetterColour } from './colours/colour.ts'
import type { LineEnd, Outline } from './outlines.ts'

type Place = readonly [x: number, y: number]

/** Ends of thinner lines are as large as those of this width, in points. */
const LEAST_WIDTH = 2

/** Draws what a line ends with: its head where it begins, and its tail where it is at its end. */
export function endMarks(steps: readonly PathStep[], outline: Outline): PageMark[] {
  const { head, tail } = outline
  if (head === undefined && tail === undefined) return []
  const places = placesOf(steps)
  const last = places.length - 1
  return [
    ...(head === undefined ? [] : endMark(places[0], places[1], head, outline)),
    ...(tail === undefined ? [] : endMark(places[last], places[last - 1], tail, outline)),
  ]
}

/** A line that goes no further than into its ends, so that their points are sharp. */
export function shortened(steps: readonly PathStep[], outline: Outline): readonly PathStep[] {
  const { head, tail } = outline
  if (head === undefined && tail === undefined) return steps
  const [first, second] = steps
  const changed = [...steps]
  if (head !== undefined && first?.[0] === 'M' && second?.[0] === 'L') {
    const [x, y] = inside([first[1], first[2]], [second[1], second[2]], cutOf(head, outline))
    changed[0] = ['M', x, y]
  }
  const end = steps.at(-1)
  const before = placesOf(steps).at(-2)
  if (tail !== undefined && end?.[0] === 'L' && before !== undefined) {
    const [x, y] = inside([end[1], end[2]], before, cutOf(tail, outline))
    changed[changed.length - 1] = ['L', x, y]
  }
  return changed
}

/** How much a line is shorter for an end. */
function cutOf({ kind, length }: LineEnd, { width }: Outline): number {
  if (kind === 'oval' || kind === 'diamond') return 0
  const reach = length * Math.max(LEAST_WIDTH, width)
  return kind === 'arrow' ? Math.min(width, reach / 2) : reach / 2
}

/** A place at a distance from another, on the way to a third. */
function inside(from: Place, towards: Place, distance: number): Place {
  const [x, y] = [towards[0] - from[0], towards[1] - from[1]]
  const length = Math.hypot(x, y)
  if (length === 0) return from
  const share = Math.min(1, distance / length)
  return [from[0] + x * share, from[1] + y * share]
}

/** All places that a path goes over or is drawn to, in their order. */
function placesOf(steps: readonly PathStep[]): Place[] {
  return steps.flatMap(([, ...numbers]) =>
    Array.from({ length: numbers.length / 2 }, (_, index): Place => [
      numbers[index * 2] ?? 0,
      numbers[index * 2 + 1] ?? 0,
    ]),
  )
}

function endMark(
  at: Place | undefined,
  from: Place | undefined,
  { kind, width, length }: LineEnd,
  { colour, width: lineWidth }: Outline,
): PageMark[] {
  if (at === undefined || from === undefined) return []
  const unit = Math.max(LEAST_WIDTH, lineWidth)
  const [reach, half] = [length * unit, (width * unit) / 2]
  const distance = Math.hypot(at[0] - from[0], at[1] - from[1]) || 1
  const [x, y] = [(at[0] - from[0]) / distance, (at[1] - from[1]) / distance]
  const place = (along: number, across: number): Place => [
    at[0] + x * along - y * across,
    at[1] + y * along + x * across,
  ]
  const fill = toLetterColour(colour)
  if (kind === 'oval') {
    const box = { x: at[0] - half, y: at[1] - half, width: half * 2, height: half * 2 }
    return [{ kind: 'path', path: ellipse(box), fill }]
  }
  const places: Readonly<Record<typeof kind, readonly Place[]>> = {
    triangle: [place(0, 0), place(-reach, half), place(-reach, -half)],
    stealth: [place(0, 0), place(-reach, half), place(-reach * 0.6, 0), place(-reach, -half)],
    diamond: [place(half, 0), place(0, half), place(-half, 0), place(0, -half)],
    arrow: [place(-reach, half), place(0, 0), place(-reach, -half)],
  }
  const steps = places[kind].map(([px, py], index): PathStep => [index === 0 ? 'M' : 'L', px, py])
  if (kind === 'arrow') {
    const stroke = { colour: fill, width: lineWidth, cap: 'round', join: 'round' } as const
    return [{ kind: 'path', path: { steps }, stroke }]
  }
  return [{ kind: 'path', path: { steps: [...steps, ['Z']] }, fill }]
}
