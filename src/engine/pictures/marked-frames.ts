import { OperationError } from '../../base/operation-error.ts'
import { type PageSpan, pagesWithin, writePageRange } from '../../base/page-range.ts'
import type { Watermark } from './options.ts'
import type { Source } from './source.ts'

const ALL: readonly PageSpan[] = [{ from: 1 }]

/**
 * Which frames of a rendition get its watermark, from 0.
 *
 * @param shown - how many frames of the source it has, and which of its pages the first of them is, counted from 1
 */
export function markedFrames(
  watermark: Watermark | undefined,
  { page, frames }: { readonly page: number; readonly frames: number },
): number[] {
  const pages = watermark?.pages ?? ALL
  if (frames > 1) return pagesWithin(pages, frames).map((frame) => frame - 1)
  return pages.some(({ from, to = page }) => from <= page && page <= to) ? [0] : []
}

/**
 * Refuses a watermark on pages that a source does not have: nothing of it would be marked.
 *
 * @throws {@link OperationError} watermark_pages_missing
 */
export function requireMarkedPages(
  { pictures }: Pick<Source, 'pictures'>,
  watermark: Watermark | undefined,
): void {
  const spans = watermark?.pages
  if (spans === undefined || pictures === undefined) return
  if (pagesWithin(spans, pictures).length > 0) return
  const range = writePageRange(spans)
  throw new OperationError('watermark_pages_missing', { of: 'picture', pages: pictures, range })
}
