import { FAIL_ON, sharp } from './libvips.ts'

/** The types of pictures that librsvg leaves out and libvips reads, and those that it does not turn. */
const TYPES = 'webp|avif|gif|tiff|heif|jxl|bmp|jpe?g'

/** The types that librsvg draws, but as they lie in their file. */
const TURNED = /^jpe?g$/i

/** As much as all of them have together at most, in pixels. */
const MOST_PIXELS = 100_000_000

/**
 * Puts pictures that librsvg reads in the place of those in an SVG that it would leave out, or not turn. One that cannot be read stays as it
 * is.
 *
 * @param svg - one character a byte
 */
export async function redrawPictures(svg: string): Promise<string> {
  const pattern = new RegExp(`data:image/(${TYPES});base64,([A-Za-z0-9+/=\\s]+)`, 'gi')
  const parts: string[] = []
  let [end, left] = [0, MOST_PIXELS]
  for (const match of svg.matchAll(pattern)) {
    const [, type = '', content = ''] = match
    const image = sharp(Buffer.from(content, 'base64'), {
      failOn: FAIL_ON,
      limitInputPixels: Math.max(1, left),
    })
    try {
      if (TURNED.test(type) && ((await image.metadata()).orientation ?? 1) === 1) continue
      const { data, info } = await image.autoOrient().png().toBuffer({ resolveWithObject: true })
      left -= info.width * info.height
      parts.push(svg.slice(end, match.index), `data:image/png;base64,${data.toString('base64')}`)
      end = match.index + match[0].length
    } catch {
      // It is left out, as whatever cannot be drawn.
    }
  }
  return [...parts, svg.slice(end)].join('')
}
