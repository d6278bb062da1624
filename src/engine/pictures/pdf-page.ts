import type { PdfPage } from '../pdf/draw-page.ts'
import { drawPage, measurePage } from '../pdf/pdf.ts'
import type { DrawingView } from './drawing.ts'
import { openDecoded } from './memory.ts'
import type { SourceFormat } from './source-formats.ts'
import type { Source } from './source.ts'

/** The resolution at which a page is drawn when nobody says how large, in dots per inch: that of pdftoppm. */
const USUAL_RESOLUTION = 150

const POINTS_PER_INCH = 72

/** The most pixels that a page is drawn with: A0 in 240 dpi. It is held in memory, with three bytes a pixel. */
const MAX_PIXELS = 90_000_000

const WHITE = { r: 255, g: 255, b: 255 }

/**
 * Opens a page of a PDF file, or of an AI file that has one in it. What no page covers is paper: white, or the `pdfbgcolor`.
 *
 * @throws {@link OperationError} see {@link measurePage}
 */
export async function openPdfPage(
  page: PdfPage,
  format: SourceFormat,
  signal?: AbortSignal,
): Promise<Source> {
  const { width, height, absentFonts, absentLetters, takesScripts } = await measurePage(
    page,
    signal,
  )
  return {
    input: {
      usualScale: USUAL_RESOLUTION / POINTS_PER_INCH,
      unitsPerInch: POINTS_PER_INCH,
      maxPixels: MAX_PIXELS,
      draw: async (view) => draw(page, view, takesScripts, signal),
    },
    format,
    width,
    height,
    orientation: 1,
    resolution: undefined,
    page: 0,
    opaque: true,
    frames: 1,
    eightBit: true,
    replacedFonts: absentFonts,
    missingLetters: absentLetters,
  }
}

async function draw(
  page: PdfPage,
  { drawnAt, region, background }: DrawingView,
  takesScripts: boolean,
  signal: AbortSignal | undefined,
) {
  const { left, top, width, height } = region ?? { left: 0, top: 0, ...drawnAt }
  const shown = {
    drawnAt: { width: drawnAt.width, height: drawnAt.height },
    left,
    top,
    width,
    height,
    background: background ?? WHITE,
    takesScripts,
  }
  const { pixels } = await drawPage(page, shown, signal)
  return openDecoded({ pixels: Buffer.from(pixels.buffer), layout: { width, height, channels: 3 } })
}
