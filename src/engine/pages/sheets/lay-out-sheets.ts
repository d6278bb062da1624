import type { Page } from '../drawing/page.ts'
import type { PageTools } from '../page-tools.ts'
import { createCellTexts } from './cell-texts.ts'
import { type DrawnSheet, drawSheet } from './draw-sheet.ts'

/**
 * Lays out the sheets of a workbook one after the other, as many as it takes for the pages that are wanted.
 *
 * @param sheets - what reads each of them
 * @param lineOf - see `createCellTexts`
 */
export async function layOutSheets(
  sheets: readonly (() => DrawnSheet | Promise<DrawnSheet>)[],
  { fonts, count }: PageTools,
  lineOf?: (letters: number) => number,
): Promise<readonly Page[]> {
  const texts = createCellTexts(fonts, lineOf)
  const pages: Page[] = []
  for (const read of sheets) {
    if (pages.length >= count) break
    pages.push(...(await drawSheet(await read(), { texts, most: count - pages.length })))
  }
  return pages
}
