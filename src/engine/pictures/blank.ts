import { sharp } from './libvips.ts'

/** As small as a picture is looked at, in pixels: letters are still something. */
const SIDE = 256

/** As far apart are the lightest and the darkest spot of a picture that shows something, of 255 levels. */
const LEAST_CONTRAST = 24

/** The most pixels of a preview that is worth to be looked at. */
const MOST_PIXELS = 50_000_000

/**
 * Whether a picture shows nothing: it is white, or of any other colour all over, or clear, or none that can be read. Templates
 * carry such previews, which every document that is made with them has.
 */
export async function isBlank(picture: Buffer): Promise<boolean> {
  try {
    const levels = await sharp(picture, { limitInputPixels: MOST_PIXELS })
      .flatten({ background: 'white' })
      .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
      .greyscale()
      .raw()
      .toBuffer()
    const sorted = levels.toSorted()
    return (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) < LEAST_CONTRAST
  } catch {
    return true
  }
}
