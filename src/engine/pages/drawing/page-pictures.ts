import { deflateSync } from 'node:zlib'
import { toBytes, toStream } from './pdf-objects.ts'

/** A picture that pages can have: a JPEG in grey or RGB as it is, or pixels. */
export type PagePicture =
  | {
      readonly kind: 'jpeg'
      readonly width: number
      readonly height: number
      readonly channels: 1 | 3
      readonly file: Uint8Array
    }
  | {
      readonly kind: 'pixels'
      readonly width: number
      readonly height: number
      /** Red, green, blue and alpha, which is not premultiplied. */
      readonly pixels: Uint8Array
    }

/** As many objects a picture takes. */
export const PICTURE_OBJECTS = 2

/** A grey box, which stands where a picture is that nobody can read. */
export const MISSING_PICTURE: readonly [Buffer, undefined] = [
  toStream('/Type/XObject/Subtype/Form/BBox[0 0 1 1]', toBytes('0.9 g 0 0 1 1 re f')),
  undefined,
]

/**
 * Writes a picture (ISO 32000-1, 8.9).
 *
 * @param first - the number of the first of its {@link PICTURE_OBJECTS} objects, which is the picture
 */
export function writePicture(
  picture: PagePicture,
  first: number,
): readonly [Buffer, Buffer | undefined] {
  const { width, height } = picture
  const size = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8`
  if (picture.kind === 'jpeg') {
    const colours = picture.channels === 1 ? '/DeviceGray' : '/DeviceRGB'
    return [toStream(`${size}/ColorSpace${colours}/Filter/DCTDecode`, picture.file), undefined]
  }
  const { pixels } = picture
  const count = width * height
  const colours = new Uint8Array(count * 3)
  const covered = new Uint8Array(count)
  let isOpaque = true
  for (let at = 0; at < count; at += 1) {
    colours[at * 3] = pixels[at * 4] ?? 0
    colours[at * 3 + 1] = pixels[at * 4 + 1] ?? 0
    colours[at * 3 + 2] = pixels[at * 4 + 2] ?? 0
    const alpha = pixels[at * 4 + 3] ?? 0
    covered[at] = alpha
    if (alpha !== 255) isOpaque = false
  }
  const flate = '/Filter/FlateDecode'
  const mask = isOpaque ? '' : `/SMask ${first + 1} 0 R`
  return [
    toStream(`${size}/ColorSpace/DeviceRGB${flate}${mask}`, deflateSync(colours, { level: 1 })),
    isOpaque
      ? undefined
      : toStream(`${size}/ColorSpace/DeviceGray${flate}`, deflateSync(covered, { level: 1 })),
  ]
}
