import type { Size } from './dimensions.ts'
import type { DecodedImage } from './memory.ts'
import type { TextMark } from './options.ts'
import { drawLayout, findInk, type Ink, type LayoutTools, layOutText } from './text-layout.ts'

/**
 * Draws a text in one colour on nothing, as large as what is seen of it.
 *
 * @param picture - the rendition, of whose width the text may take a part
 * @throws {@link OperationError} for letters that the fonts do not have, or more pixels than are drawn
 */
export async function drawText(
  mark: TextMark,
  picture: Size,
  tools: LayoutTools,
): Promise<DecodedImage> {
  const layout = await layOutText(mark, tools)
  const size =
    mark.widthPercent === undefined
      ? mark.size
      : (picture.width * mark.widthPercent) / 100 / layout.widest
  return colour(await drawLayout(layout, size, tools), mark)
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
