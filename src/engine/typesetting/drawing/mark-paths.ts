import type { Mark } from '../layout/mark-line.ts'
import type { PixelPath } from './coverage.ts'
import { EMBOLDENED, LEAN } from './ink.ts'

/** Takes points of a text to pixels: [a, b, c, d, e, f] as of SVG. */
export type Matrix = readonly [number, number, number, number, number, number]

/** The path of what is drawn. */
export function pathOf(mark: Mark, matrix: Matrix): PixelPath {
  if (mark.kind === 'inset') return []
  if (mark.kind === 'rectangle') {
    const { x, y, width, height } = mark
    const corners = [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ]
    return corners.map((corner, index) => ({
      letter: index === 0 ? 'M' : 'L',
      points: apply(corner, matrix),
    }))
  }
  const { font, id, size, x, y } = mark
  const outline = font.face.outline(id)
  const unit = { x: size.x / font.face.unitsPerEm, y: size.y / font.face.unitsPerEm }
  const lean = font.slanted ? LEAN * unit.x : 0
  const placed = (right: number): PixelPath =>
    outline.pieces.map(({ letter, points }) => ({
      letter,
      points: apply(
        points.map((value, at) =>
          at % 2 === 0
            ? x + right + value * unit.x + (points[at + 1] ?? 0) * lean
            : y - value * unit.y,
        ),
        matrix,
      ),
    }))
  if (!font.emboldened) return placed(0)
  // The letter four times, a little further each time.
  const [wide, copies] = [EMBOLDENED * size.x, 4]
  return Array.from({ length: copies }, (_, copy) => placed((wide * copy) / (copies - 1))).flat()
}

function apply(points: readonly number[], [a, b, c, d, e, f]: Matrix): readonly number[] {
  return points.map((value, at) => {
    const other = points[at % 2 === 0 ? at + 1 : at - 1] ?? 0
    return at % 2 === 0 ? a * value + c * other + e : b * other + d * value + f
  })
}
