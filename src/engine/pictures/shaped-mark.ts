import { OperationError } from '../../base/operation-error.ts'
import { drawText } from '../typesetting/draw-text.ts'
import type { TextContent } from '../typesetting/text-content.ts'
import type { DecodedImage } from './memory.ts'
import type { TextMark } from './options.ts'
import { findInk, LEADING } from './text-layout.ts'

/**
 * Draws a text whose letters are not all Western European, in the fonts that are shipped or installed, as large as what is seen
 * of it. One transparent pixel stands for a text of which nothing is seen.
 *
 * @param size - of the font, in pixels
 * @throws {@link OperationError} for letters that no font has, or more pixels than are drawn
 */
export async function drawShapedMark(
  mark: TextMark,
  size: number,
  signal: AbortSignal,
): Promise<DecodedImage> {
  const { width, height, pixels } = await drawText(contentOf(mark, size), undefined, {
    signal,
  }).catch((error: unknown) => {
    throw inWordsOfMarks(error)
  })
  const dark = pixels.filter((_, at) => at % 4 === 3)
  const seen = findInk({ width, height, dark }, { left: 0, top: 0, width, height })
  const box = seen ?? { left: 0, top: 0, width: 1, height: 1 }
  const rows = Array.from({ length: box.height }, (_, row) => {
    const start = ((box.top + row) * width + box.left) * 4
    return pixels.subarray(start, start + box.width * 4)
  })
  const layout = { width: box.width, height: box.height, channels: 4 as const }
  return { pixels: Buffer.concat(rows), layout }
}

function contentOf({ text, font, align, colour }: TextMark, size: number): TextContent {
  const { r: red, g: green, b: blue } = colour
  const run = {
    text: text.replaceAll('\t', ' '),
    font: font.family,
    size,
    colour: { red, green, blue, alpha: 255 },
    bold: font.bold,
    italic: font.italic,
    underline: false,
    position: 'baseline',
  } as const
  return {
    paragraphs: [
      {
        align: align === 'center' ? 'centre' : align,
        runs: [run],
        lines: { by: 'exactly', points: LEADING * size },
      },
    ],
    vertical: 'top',
    // A pixel is a point.
    resolution: 72,
    fitted: false,
  }
}

function inWordsOfMarks(error: unknown): unknown {
  if (!(error instanceof OperationError)) return error
  if (is(error, 'text_letters_unknown')) {
    return new OperationError('watermark_letters_unknown', error.fields)
  }
  if (is(error, 'text_too_large'))
    return new OperationError('watermark_text_too_large', error.fields)
  return error
}

function is<Code extends OperationError['code']>(
  error: OperationError,
  code: Code,
): error is OperationError<Code> {
  return error.code === code
}
