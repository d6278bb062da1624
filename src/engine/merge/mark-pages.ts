import { join } from 'node:path'
import { type Matrix, multiply } from '../../base/affine.ts'
import { OperationError } from '../../base/operation-error.ts'
import { pagesWithin, writePageRange } from '../../base/page-range.ts'
import type { PdfFile } from '../pdf/document.ts'
import { readPdfInfo, rewritePdf, stampPdf } from '../pdf/pdf.ts'
import { opening, qpdf } from '../pdf/qpdf/qpdf.ts'
import type { Size } from '../pictures/dimensions.ts'
import { fetchWatermark } from '../pictures/fetch-watermark.ts'
import { fitMark, placeMark, sizeMark } from '../pictures/mark-place.ts'
import type { PlacedMark, Watermark } from '../pictures/options.ts'
import { type Mark, prepareMark } from './prepared-mark.ts'
import type { PreparedSources } from './prepared-sources.ts'

/**
 * Puts a watermark on pages of a PDF, upright and at its place as each page is shown; a pixel is a point of 1/72 inch. What
 * is encrypted stays so.
 *
 * @returns the path of the file that has it, and how many signatures that one had which was marked
 * @throws {@link OperationError} when the mark cannot be had, the file cannot be opened, or has none of the pages
 */
export async function markPages(
  file: PdfFile,
  watermark: Watermark,
  prepared: PreparedSources,
): Promise<{ readonly path: string; readonly signatures: number }> {
  const { folder, signal } = prepared
  const { path, password } = file
  const { isEncrypted, signatures } = await readPdfInfo(file, signal)
  if (!isEncrypted) return { path: await markPlain(path, watermark, prepared), signatures }
  const openPath = join(folder, 'open.pdf')
  await qpdf([...opening(path, password), '--decrypt', { path: openPath }], password, signal)
  const marked = await markPlain(openPath, watermark, prepared)
  const lockedPath = join(folder, 'locked.pdf')
  const lock = [
    { option: '--copy-encryption=', path },
    `--encryption-file-password=${password ?? ''}`,
  ] as const
  await qpdf([{ path: marked }, ...lock, { path: lockedPath }], password, signal)
  return { path: lockedPath, signatures }
}

async function markPlain(
  path: string,
  watermark: Watermark,
  { folder, fetch, signal }: PreparedSources,
): Promise<string> {
  const markedPath = join(folder, 'marked.pdf')
  const pages = await rewritePdf({ path, password: undefined }, markedPath, signal)
  const { pages: spans = [{ from: 1 }] } = watermark
  const chosen = pagesWithin(spans, pages.length)
  if (chosen.length === 0) {
    const range = writePageRange(spans)
    throw new OperationError('watermark_pages_missing', { of: 'PDF', pages: pages.length, range })
  }
  const mark = await prepareMark(watermark, {
    path: join(folder, 'mark'),
    load: (url) => fetchWatermark(url, { fetch, signal }),
    signal,
  })
  const { layer } = placed(watermark)
  const places = chosen.flatMap((number) => {
    const page = pages[number - 1]
    return page === undefined ? [] : [{ page, place: placeOn(page, mark, watermark) }]
  })
  await stampPdf(markedPath, { form: mark.form, layer, places }, signal)
  return markedPath
}

const IN_THE_MIDDLE = {
  layer: 'above',
  horizontal: 'center',
  vertical: 'center',
  marginHorizontal: 0,
  marginVertical: 0,
  rotation: 0,
} as const

function placed(watermark: Watermark): Omit<PlacedMark, 'mark' | 'opacity'> {
  return 'image' in watermark ? IN_THE_MIDDLE : watermark
}

/** Takes a mark to its place on a page, counted from the lower left. */
function placeOn(page: Size, mark: Mark, watermark: Watermark): Matrix {
  const { rotation } = placed(watermark)
  const { width, height } = sizeOn(page, mark, watermark)
  const turn = (rotation * Math.PI) / 180
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)]
  // What it takes up once it is turned.
  const room = {
    width: Math.abs(width * cosine) + Math.abs(height * sine),
    height: Math.abs(width * sine) + Math.abs(height * cosine),
  }
  const { left, top } = placeMark(room, placed(watermark), page)
  const [boxLeft, boxBottom, boxRight, boxTop] = mark.form.box
  const [x, y] = [width / (boxRight - boxLeft), height / (boxTop - boxBottom)]
  const inMiddle: Matrix = [x, 0, 0, y, -boxLeft * x - width / 2, -boxBottom * y - height / 2]
  const turned: Matrix = [cosine, -sine, sine, cosine, 0, 0]
  const moved = [left + room.width / 2, page.height - top - room.height / 2] as const
  return multiply([1, 0, 0, 1, ...moved], multiply(turned, inMiddle))
}

function sizeOn(page: Size, { natural }: Mark, watermark: Watermark): Size {
  if ('image' in watermark) return fitMark(natural, watermark, page)
  const { mark } = watermark
  if ('image' in mark) return sizeMark(natural, mark, page)
  if (mark.widthPercent === undefined) return natural
  const width = (page.width * mark.widthPercent) / 100
  return { width, height: (natural.height * width) / natural.width }
}
