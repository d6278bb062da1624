import type { Size } from './dimensions.ts'
import type { DecodedImage } from './memory.ts'
import type { TextMark } from './options.ts'
import { drawShapedMark } from './shaped-mark.ts'
import {
  drawLayout,
  findInk,
  type Ink,
  isWestern,
  type LayoutTools,
  layOutText,
} from './text-layout.ts'

/** In which size it is measured how wide a text is, in pixels. */
const MEASURED_SIZE = 64

/**
 * Draws a text in one colour on nothing, as large as what is seen of it.
 *
 * @param picture - the rendition, of whose width the text may take a part
 * @throws {@link OperationError} for letters that no font has, or more pixels than are drawn
 */
export async function drawText(
  mark: TextMark,
  picture: Size,
  tools: LayoutTools,
): Promise<DecodedImage> {
  if (!isWestern(mark.text)) {
    return await drawShapedMark(mark, await sizeOf(mark, picture, tools.signal), tools.signal)
  }
  const layout = await layOutText(mark, tools)
  const size =
    mark.widthPercent === undefined
      ? mark.size
      : (picture.width * mark.widthPercent) / 100 / layout.widest
  return colour(await drawLayout(layout, size, tools), mark)
}

/** The size of the font of letters that are shaped, in pixels. */
async function sizeOf(mark: TextMark, picture: Size, signal: AbortSignal): Promise<number> {
  if (mark.widthPercent === undefined) return mark.size
  const measured = await drawShapedMark(mark, MEASURED_SIZE, signal)
  const wanted = (picture.width * mark.widthPercent) / 100
  return (wanted / measured.layout.width) * MEASURED_SIZE
}

/** What is inked in the colour of a mark; one transparent pixel when nothing is, as of blanks. */
function colour(page: Ink, { colour: { r, g, b } }: TextMark): DecodedImage {
  const { left, top, width, height } = findInk(page, { left: 0, top: 0, ...page }) ?? {
    left: 0,
    top: 0,
    width: 1,
    height: 1,
  }
  const pixels = Buffer.alloc(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const alpha = page.dark[(top + y) * page.width + left + x] ?? 0
      pixels.set([r, g, b, alpha], (y * width + x) * 4)
    }
  }
  return { pixels, layout: { width, height, channels: 4 } }
}
