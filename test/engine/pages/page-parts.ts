import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { PagePicture } from '../../../src/engine/pages/drawing/page-pictures.ts'
import type { Page } from '../../../src/engine/pages/drawing/page.ts'
import { finishPages, writePages } from '../../../src/engine/pages/drawing/write-pages.ts'
import type {
  LetterColour,
  Paragraph,
  TextRun,
} from '../../../src/engine/typesetting/text-content.ts'
import { startRenditions } from '../../support/rendering.ts'

/** A colour that covers all, by its parts from 0 to 255. */
export function colour(red: number, green: number, blue: number, alpha = 255): LetterColour {
  return { red, green, blue, alpha }
}

/** A run of black letters in 12 points. */
export function run(text: string, more: Partial<TextRun> = {}): TextRun {
  return {
    text,
    font: undefined,
    size: 12,
    colour: colour(0, 0, 0),
    bold: false,
    italic: false,
    underline: false,
    position: 'baseline',
    ...more,
  }
}

/** A paragraph at the left. */
export function paragraph(text: string, more: Partial<Paragraph> = {}): Paragraph {
  return { align: 'left', runs: [run(text)], ...more }
}

/** Tells the colours of pixels of the first of pages, a pixel a point, as `red green blue`. */
export async function drawPages(
  pages: readonly Page[],
  path: string,
  pictures: ReadonlyMap<string, PagePicture> = new Map(),
): Promise<(x: number, y: number) => string> {
  await writeFile(path, finishPages(writePages(pages), pictures))
  const width = pages[0]?.width ?? 0
  await startRenditions(path, [{ instructions: { fmt: 'png', width }, path: `${path}.png` }])[0]
  const { data, info } = await sharp(`${path}.png`)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return (x, y) => {
    const at = (y * info.width + x) * info.channels
    return data.subarray(at, at + 3).join(' ')
  }
}
