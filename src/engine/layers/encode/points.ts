import type { Extent } from '../composition.ts'
import type { Encoding } from '../encoding.ts'

const POINTS_PER_INCH = 72

/** How large a picture is on paper, in points; one pixel is one where no resolution is given. */
export function toPoints(
  { width, height }: Extent,
  { resolution = POINTS_PER_INCH }: Pick<Encoding, 'resolution'>,
): Extent {
  const scale = POINTS_PER_INCH / resolution
  return { width: width * scale, height: height * scale }
}
