import type { Extent, Flip, Point } from './composition.ts'
import { roundExtent } from './geometry.ts'

/** An angle from 0 to below 360. */
export function positiveAngle(degrees: number): number {
  return ((degrees % 360) + 360) % 360
}

/** How large the rectangle around a rectangle is that was turned (r-rotate). */
export function turnedExtent({ width, height }: Extent, degrees: number): Extent {
  const angle = positiveAngle(degrees)
  if (angle % 180 === 0) return { width, height }
  if (angle % 90 === 0) return { width: height, height: width }
  const { sine, cosine } = sineAndCosine(angle)
  return roundExtent({
    width: width * Math.abs(cosine) + height * Math.abs(sine),
    height: width * Math.abs(sine) + height * Math.abs(cosine),
  })
}

/** Where a point of a rectangle is after that was mirrored, and turned clockwise into the rectangle around it. */
export function turnPoint(
  point: Point,
  of: Extent,
  { flip, degrees, turned }: { flip: Flip | undefined; degrees: number; turned: Extent },
): Point {
  const x = flip === 'lr' || flip === 'lrud' ? of.width - point.x : point.x
  const y = flip === 'ud' || flip === 'lrud' ? of.height - point.y : point.y
  const { sine, cosine } = sineAndCosine(degrees)
  const right = x - of.width / 2
  const down = y - of.height / 2
  return {
    x: turned.width / 2 + right * cosine - down * sine,
    y: turned.height / 2 + right * sine + down * cosine,
  }
}

function sineAndCosine(degrees: number): { readonly sine: number; readonly cosine: number } {
  const radians = (degrees * Math.PI) / 180
  return { sine: Math.sin(radians), cosine: Math.cos(radians) }
}
