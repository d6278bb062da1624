import { type Chromaticity, type Primaries } from './colour-space.ts'
import { apply, diagonal, invert, type Matrix, multiply, transpose, type Vector } from './matrix.ts'

/** How much of each of the three there is in the brightness of a pixel. */
export function luminanceOf(primaries: Primaries): Vector {
  return toXyz(primaries)[1]
}

/** From the light of some primaries to that of others, whose white is its white. */
export function toLightOf(from: Primaries, to: Primaries): Matrix {
  return multiply(invert(toXyz(to)), toXyzUnder(to.white, from))
}

/** From the light of primaries to CIE XYZ, as it looks under another white than theirs. */
export function toXyzUnder(white: Chromaticity, primaries: Primaries): Matrix {
  return multiply(adapt(primaries.white, white), toXyz(primaries))
}

/** From the light of primaries to CIE XYZ: all three together are their white. */
function toXyz({ red, green, blue, white }: Primaries): Matrix {
  const pure = transpose([shareOf(red), shareOf(green), shareOf(blue)])
  return multiply(pure, diagonal(apply(invert(pure), xyzOf(white))))
}

/** What the eye's cones answer to, as Bradford has it (ICC.1, annex E). */
const CONES: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
]

/** From what looks right under one white to what looks so under another. */
function adapt(from: Chromaticity, to: Chromaticity): Matrix {
  const [a, b, c] = apply(CONES, xyzOf(from))
  const [x, y, z] = apply(CONES, xyzOf(to))
  return multiply(invert(CONES), multiply(diagonal([x / a, y / b, z / c]), CONES))
}

/** CIE XYZ of a chromaticity, as bright as 1. */
function xyzOf([x, y]: Chromaticity): Vector {
  return [x / y, 1, (1 - x - y) / y]
}

/** CIE XYZ of a chromaticity, all three of which are 1 together: of those that have no brightness as well. */
function shareOf([x, y]: Chromaticity): Vector {
  return [x, y, 1 - x - y]
}
