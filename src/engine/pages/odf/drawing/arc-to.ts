import type { Point } from './path-writer.ts'

/** A curve by the two points that pull it, and its end. */
type Curve = readonly [Point, Point, Point]

/**
 * The arc of an ellipse between two points (SVG 2, appendix B.2), as curves of a quarter at most.
 *
 * @param given - both radii, how far they are turned in degrees, whether it is the longer way, and whether it runs with the clock
 */
export function arcTo(from: Point, to: Point, given: readonly number[]): readonly Curve[] {
  const [wide = 0, high = 0, degrees = 0, isLong = 0, isClockwise = 0] = given
  const [radiusX, radiusY] = [Math.abs(wide), Math.abs(high)]
  if (radiusX === 0 || radiusY === 0) return [[from, to, to]]
  const turn = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  // Half of the way between the points, where the radii are not turned and 1.
  const half: Point = [(from[0] - to[0]) / 2, (from[1] - to[1]) / 2]
  const x = (cos * half[0] + sin * half[1]) / radiusX
  const y = (cos * half[1] - sin * half[0]) / radiusY
  const distance = x * x + y * y
  if (distance === 0) return []
  // An ellipse that is too small for the way is made as large as it has to be.
  const grown = Math.max(1, Math.sqrt(distance))
  const away = Math.sqrt(Math.max(0, grown ** 2 - distance) / distance)
  const side = isLong === isClockwise ? -away : away
  const [middleX, middleY] = [side * y, -side * x]
  const first = Math.atan2(y - middleY, x - middleX)
  const last = Math.atan2(-y - middleY, -x - middleX)
  const full = 2 * Math.PI
  const along = (((last - first) % full) + full) % full
  const sweep = isClockwise === 1 ? along : along - full
  const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9))
  const step = sweep / pieces
  const handle = (4 / 3) * Math.tan(step / 4)
  const centre: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
  const at = (angle: number, pull = 0): Point => {
    const across = (middleX + grown * (Math.cos(angle) - pull * Math.sin(angle))) * radiusX
    const down = (middleY + grown * (Math.sin(angle) + pull * Math.cos(angle))) * radiusY
    return [centre[0] + cos * across - sin * down, centre[1] + sin * across + cos * down]
  }
  return Array.from({ length: pieces }, (_, index): Curve => {
    const begin = first + index * step
    const end = index === pieces - 1 ? to : at(begin + step)
    return [at(begin, handle), at(begin + step, -handle), end]
  })
}
