import type { Sharp } from 'sharp'
import type { Size } from './dimensions.ts'
import { decodeMark, type LoadMark } from './mark-picture.ts'
import { fitMark } from './mark-place.ts'
import type { FittedMark } from './options.ts'

/**
 * Lays a watermark over the middle of an image, fitted into it and then scaled; at least one pixel a side.
 *
 * @param picture - how large the image is, in pixels a frame, which of its frames are marked, and whether it is opaque, which
 *   it stays
 * @throws {@link OperationError} when the watermark cannot be had or is no whole picture
 */
export async function overlayWatermark(
  image: Sharp,
  picture: Size & { marked: readonly number[]; opaque: boolean },
  watermark: FittedMark,
  load: LoadMark,
): Promise<Sharp> {
  const mark = await load(watermark.image)
  const { width, height } = fitMark(mark.natural, watermark, picture)
  const pixels = await decodeMark(mark, { width, height })
  const left = Math.round((picture.width - width) / 2)
  const top = Math.round((picture.height - height) / 2)
  const marked = image.composite(
    // The frames of an animation lie below each other.
    picture.marked.map((frame) => ({
      input: pixels,
      raw: { width, height, channels: 4 },
      left,
      top: top + frame * picture.height,
    })),
  )
  return picture.opaque ? marked.removeAlpha() : marked
}
