import { FAIL_ON, sharp } from './libvips.ts'

/** The types of pictures that librsvg leaves out and libvips reads. */
const TYPES = 'webp|avif|gif|tiff|heif|jxl|bmp'

/** As much as all of them have together at most, in pixels. */
const MOST_PIXELS = 100_000_000

/**
 * Puts pictures that librsvg reads in the place of those in an SVG that it would leave out. One that cannot be read stays as it
 * is.
 *
 * @param svg - one character a byte
 */
export async function redrawPictures(svg: string): Promise<string> {
  const pattern = new RegExp(`data:image/(?:${TYPES});base64,([A-Za-z0-9+/=\\s]+)`, 'gi')
  const parts: string[] = []
  let [end, left] = [0, MOST_PIXELS]
  for (const match of svg.matchAll(pattern)) {
    const image = sharp(Buffer.from(match[1] ?? '', 'base64'), {
      failOn: FAIL_ON,
      limitInputPixels: Math.max(1, left),
    })
    try {
      const { data, info } = await image.png().toBuffer({ resolveWithObject: true })
      left -= info.width * info.height
      parts.push(svg.slice(end, match.index), `data:image/png;base64,${data.toString('base64')}`)
      end = match.index + match[0].length
    } catch {
      // It is left out, as whatever cannot be drawn.
    }
  }
  return [...parts, svg.slice(end)].join('')
}
