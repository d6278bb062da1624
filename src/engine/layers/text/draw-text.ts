import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationError } from '../../../base/operation-error.ts'
import { drawPage } from '../../pdf/pdf.ts'
import type { Extent, TextContent } from '../composition.ts'
import type { Raster } from '../raster.ts'
import {
  layOut,
  type PlacedLetters,
  type SpelledParagraph,
  spellParagraphs,
  type TextPlaces,
} from './lay-out.ts'
import { writeTextPage } from './text-page.ts'

/** The largest text that is drawn, in pixels. */
export const MAX_TEXT_PIXELS = 50_000_000

/** Beyond 32,767 pixels, PDFium leaves letters out and does not say so. */
const LONGEST_SIDE = 30_000

/** How far a slanted letter leans over the next one, in parts of its size. */
const LEAN = 0.12

/** How often the size of a text that has to fit is halved between what fits and what does not. */
const FITTING_STEPS = 12

/** What a text is drawn with. */
export interface TextTools {
  /** Where a page may be written, beside those of other texts; it is removed again. */
  readonly folder: string
  readonly signal: AbortSignal
}

/**
 * Draws a text on nothing. PDFium draws it, whose fonts are the same on every machine: there may be no others where actions
 * run.
 *
 * @param size - a width that lines are broken to, and a height that cuts off what is below it, unless the text is fitted; a
 *   length of 0, or none, is as long as the text
 * @throws {@link OperationError} for letters or fonts that there are not, or more pixels than are drawn
 */
export async function drawText(
  text: TextContent,
  size: Extent | undefined,
  tools: TextTools,
): Promise<Raster> {
  const paragraphs = spellParagraphs(text.paragraphs)
  const box = { width: size?.width ?? 0, height: size?.height ?? 0 }
  const scale = (text.resolution / 72) * (text.fitted ? fitInto(paragraphs, box, text) : 1)
  const laidOut = layOutIn(paragraphs, box, { scale, ...text })
  const wanted = {
    width: Math.max(
      1,
      box.width > 0
        ? Math.round(box.width)
        : Math.ceil((laidOut.width + leanOf(laidOut.placed)) * scale),
    ),
    height: Math.max(
      1,
      box.height > 0 ? Math.round(box.height) : Math.ceil(laidOut.height * scale),
    ),
  }
  if (wanted.width * wanted.height > MAX_TEXT_PIXELS) {
    throw new OperationError('text_too_large', { ...wanted, most: MAX_TEXT_PIXELS })
  }
  if (Math.max(wanted.width, wanted.height) > LONGEST_SIDE) {
    throw new OperationError('text_too_long', { ...wanted, most: LONGEST_SIDE })
  }
  const room = box.height > 0 ? box.height - laidOut.height * scale : 0
  // What does not fit is cut off at its end, wherever it would stand if it did.
  const down = Math.max(0, room) * { top: 0, middle: 0.5, bottom: 1 }[text.vertical]
  const pdf = writeTextPage(laidOut.placed, { page: wanted, scale, down })
  return await drawOnNothing(pdf, wanted, tools)
}

/** How far letters may lean out of a box that is as wide as the way from the first of them to the end of the last. */
function leanOf(placed: readonly PlacedLetters[]): number {
  return placed
    .filter(({ style }) => /Oblique|Italic/.test(style.font.name))
    .reduce((most, { style }) => Math.max(most, style.size * LEAN), 0)
}

function layOutIn(
  paragraphs: readonly SpelledParagraph[],
  box: Extent,
  { scale, breaks }: Pick<TextContent, 'breaks'> & { readonly scale: number },
): TextPlaces {
  return layOut(paragraphs, box.width > 0 ? box.width / scale : undefined, breaks)
}

/** The largest factor up to 1 by which the text is in its box; 1 for a box that grows with it. */
function fitInto(
  paragraphs: readonly SpelledParagraph[],
  box: Extent,
  { resolution, breaks }: TextContent,
): number {
  if (box.width === 0 || box.height === 0) return 1
  const fits = (factor: number): boolean => {
    const scale = (resolution / 72) * factor
    const { height, placed } = layOutIn(paragraphs, box, { scale, breaks })
    const widest = placed.reduce((most, { x, width }) => Math.max(most, x + width), 0)
    return height * scale <= box.height && widest * scale <= box.width + 0.001
  }
  if (fits(1)) return 1
  let [least, most] = [0, 1]
  for (let step = 0; step < FITTING_STEPS; step += 1) {
    const middle = (least + most) / 2
    if (fits(middle)) least = middle
    else most = middle
  }
  return least === 0 ? most : least
}

/** What is drawn on black and on white differs by as much as can be seen through. */
async function drawOnNothing(
  pdf: Buffer,
  { width, height }: Extent,
  { folder, signal }: TextTools,
): Promise<Raster> {
  const pdfPath = join(folder, `text-${randomUUID()}.pdf`)
  const page = { path: pdfPath, password: undefined, page: 1 }
  const view = { drawnAt: { width, height }, left: 0, top: 0, width, height }
  try {
    await writeFile(pdfPath, pdf)
    const draw = async (level: number): Promise<Uint8Array> => {
      const background = { r: level, g: level, b: level }
      return (await drawPage(page, { ...view, background }, signal)).pixels
    }
    const [onBlack, onWhite] = [await draw(0), await draw(255)]
    return { width, height, channels: 4, pixels: separate(onBlack, onWhite) }
  } finally {
    await rm(pdfPath, { force: true })
  }
}

function separate(onBlack: Uint8Array, onWhite: Uint8Array): Buffer {
  const pixels = Buffer.alloc((onBlack.length / 3) * 4)
  const to = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length)
  for (let at = 0, put = 0; at < onBlack.length; at += 3, put += 4) {
    const through = Math.min(
      (onWhite[at] ?? 0) - (onBlack[at] ?? 0),
      (onWhite[at + 1] ?? 0) - (onBlack[at + 1] ?? 0),
      (onWhite[at + 2] ?? 0) - (onBlack[at + 2] ?? 0),
    )
    const alpha = 255 - Math.max(0, through)
    if (alpha === 0) continue
    to[put] = ((onBlack[at] ?? 0) * 255) / alpha
    to[put + 1] = ((onBlack[at + 1] ?? 0) * 255) / alpha
    to[put + 2] = ((onBlack[at + 2] ?? 0) * 255) / alpha
    to[put + 3] = alpha
  }
  return pixels
}
