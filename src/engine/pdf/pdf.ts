import { rm } from 'node:fs/promises'
import { RenditionError } from '../../base/errors.ts'
import { createThread } from '../../tasks/thread.ts'
import type { PdfFile } from './document.ts'
import type { DrawnPage, PageSize, PageView, PdfPage } from './draw-page.ts'
import type { work } from './pdf-thread.ts'

/** Ten times what the most intricate maps take on two cores of a cloud machine. */
const LONGEST_TASK_MS = 60_000

/** As much memory as the thread may keep for the next document, in bytes. */
const MOST_HELD_BYTES = 256_000_000

const { run } = createThread<typeof work>({
  module: new URL('./pdf-thread.ts', import.meta.url),
  longestMs: LONGEST_TASK_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

/**
 * Tells the size of a page as it is shown, cropped and turned, in points of 1/72 inch.
 *
 * @throws {@link RenditionError} SourceCorrupt, SourceUnsupported when it is encrypted or takes too long, GenericError
 *   when it has no such page; so do the others of this file
 */
export async function measurePage(page: PdfPage): Promise<PageSize> {
  const result = await run({ task: 'measure', page })
  if (result?.outcome === 'measured') return result
  throw explain(result, page)
}

/** Draws a page, or a part of it, with its annotations and what is filled into its form. */
export async function drawPage(page: PdfPage, view: PageView): Promise<DrawnPage> {
  const result = await run({ task: 'draw', page, view })
  if (result?.outcome === 'drawn') return result
  throw explain(result, page)
}

/** Writes the text of a document into a file, see {@link writeText}; there is no file when it fails. */
export async function writePdfText(file: PdfFile, textPath: string): Promise<void> {
  let written = false
  try {
    const result = await run({ task: 'text', file, textPath })
    if (result?.outcome !== 'written') throw explain(result, file)
    written = true
  } finally {
    if (!written) await rm(textPath, { force: true })
  }
}

function explain(
  result: Awaited<ReturnType<typeof run>>,
  { password, page }: { password: string | undefined; page?: number },
): RenditionError {
  switch (result?.outcome) {
    case 'corrupt':
      return new RenditionError('SourceCorrupt', 'The source is a damaged or incomplete PDF file.')
    case 'encrypted':
      return new RenditionError(
        'SourceUnsupported',
        password === undefined
          ? 'The source is an encrypted PDF file; set password to open it.'
          : 'The source is an encrypted PDF file, and password does not open it.',
      )
    case 'unknown encryption':
      return new RenditionError(
        'SourceUnsupported',
        'The source is a PDF file encrypted in a way that no password opens, such as with a certificate.',
      )
    case 'no such page': {
      const pages = result.pages === 1 ? 'one page' : `${result.pages} pages`
      return new RenditionError(
        'GenericError',
        `page must be one of the PDF file, which has ${pages}, but it is ${page}.`,
      )
    }
    case 'out of memory':
      return new RenditionError(
        'SourceUnsupported',
        'The PDF source takes more memory to draw than this worker has.',
      )
    case undefined:
      return new RenditionError(
        'SourceUnsupported',
        `The PDF source could not be read within ${LONGEST_TASK_MS / 1000} seconds.`,
      )
    case 'measured':
    case 'drawn':
    case 'written':
      break
  }
  throw new TypeError(`the thread has answered another task: ${result.outcome}`)
}
