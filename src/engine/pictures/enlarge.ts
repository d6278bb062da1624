import type { Sharp } from 'sharp'
import type { Region, Size } from './dimensions.ts'
import { sharp } from './libvips.ts'
import { openDecoded, toMemory } from './memory.ts'

/** As far as bicubic interpolation looks around, in pixels, and one more. */
const MARGIN = 3

/**
 * Enlarges a part of an image in one or both directions; none may be reduced. The image goes through memory.
 *
 * libvips' own `resize` lays the corner of an enlarged pixel where its centre belongs, so that all of the picture moves
 * right and down by half a pixel (libvips issues #705 and #943). This is the same interpolation about the centres, over a
 * margin that repeats the edges.
 *
 * @param part - what to enlarge, in pixels of the image and fractions of them
 */
export async function enlarge(image: Sharp, part: Region, to: Size): Promise<Sharp> {
  const margin = { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN }
  const padded = openDecoded(await toMemory(image.extend({ ...margin, extendWith: 'copy' })))
  const x = to.width / part.width
  const y = to.height / part.height
  const start = { x: (MARGIN + part.left) * x, y: (MARGIN + part.top) * y }
  const left = Math.floor(start.x)
  const top = Math.floor(start.y)
  const enlarged = padded.affine(
    [
      [x, 0],
      [0, y],
    ],
    {
      idx: 0.5,
      idy: 0.5,
      odx: left - start.x - 0.5,
      ody: top - start.y - 0.5,
      interpolator: sharp.interpolators.bicubic,
    },
  )
  // sharp extracts before it transforms, so the margin goes in a second step.
  const { width, height } = to
  return openDecoded(await toMemory(enlarged)).extract({ left, top, width, height })
}
