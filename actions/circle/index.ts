import sharp from 'sharp'
import * as z from 'zod/mini'
import { number, wholeNumber } from '../../src/contract/text-values.ts'
import { worker } from '../../src/sdk/custom-worker.ts'
import { readParameters } from '../../src/sdk/parameters.ts'

const amount = number({ min: -1, max: 1, expected: 'a number from -1 to 1' })

const parameters = z.object({
  /** Diameter in pixels; the shorter side of the source unless given. */
  size: z.optional(
    wholeNumber({ min: 1, max: 10_000, expected: 'a whole number of pixels, 1 to 10000' }),
  ),
  contrast: z._default(amount, 0),
  brightness: z._default(amount, 0),
})

/** The `circle` action, an example of a worker of your own: the middle of a picture as a disc. See docs/write-a-worker.md. */
export const main = worker(async (source, rendition) => {
  if (source === undefined) throw new Error('A circle needs a source; the request has none.')
  const { size, contrast, brightness } = readParameters(parameters, rendition.instructions)

  const picture = sharp(source.path, { failOn: 'error' }).autoOrient()
  const { autoOrient } = await picture.metadata()
  const side = size ?? Math.min(autoOrient.width, autoOrient.height)
  const disc = Buffer.from(
    `<svg viewBox="0 0 2 2" width="${side}" height="${side}"><circle cx="1" cy="1" r="1"/></svg>`,
  )

  // Contrast turns about the middle grey; brightness moves everything.
  const slope = 1 + contrast
  await picture
    .resize(side, side, { fit: 'cover' })
    .toColourspace('srgb')
    .linear(slope, 127.5 * (1 - slope) + 255 * brightness)
    .ensureAlpha()
    .composite([{ input: disc, blend: 'dest-in' }])
    .png()
    .toFile(rendition.path)

  // The rest of the instructions (fmt, width, height, crop, watermark and so on) is none of this worker's business.
  rendition.postProcess = true
})
