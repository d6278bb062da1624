import { join } from 'node:path'
import { OperationError } from '../../base/operation-error.ts'
import type { Language } from '../../programs/tesseract.ts'
import { createThread, type Thread } from '../../tasks/thread.ts'
import { writeRange } from '../pdf/combine.ts'
import type { PdfFile } from '../pdf/document.ts'
import { drawPage, surveyPdf } from '../pdf/pdf.ts'
import { opening, qpdf } from '../pdf/qpdf/qpdf.ts'
import type { QpdfArgument } from '../pdf/qpdf/run-qpdf.ts'
import type { Box, SurveyedPage } from '../pdf/survey-pages.ts'
import type { Turn } from './grey-picture.ts'
import { readPages } from './read-pages.ts'
import type { recognisePage } from './recognise-page.ts'
import { tellUnread } from './unread-pages.ts'

/** How text is recognised. */
export interface TextRecognition {
  /** The folder of Tesseract and of the languages. */
  readonly tesseract: string
  readonly languages: readonly Language[]
  readonly autoOrient: boolean
  /** Of one's own. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly progress: (done: number, sentence: string) => void
  /** Takes a sentence about pages that stay without text. */
  readonly remark: (sentence: string) => void
}

/** How finely pages are drawn, in dots per inch: letters of 10 points are then as high as Tesseract knows them best. */
const DPI = 300

/** The fewest dots per inch that Tesseract believes. */
const LEAST_DPI = 70

/** The most pixels of a drawn page, a little more than a sheet of A3 has. */
const MOST_PIXELS = 20_000_000

/** As many pages as are done within the time of an action. */
const MOST_PAGES = 1000

/** Some thirty times what a page full of text takes. */
const LONGEST_PAGE_MS = 180_000

/** As much memory as a thread may keep for the next page, in bytes. */
const MOST_HELD_BYTES = 512_000_000

const WHITE = { r: 255, g: 255, b: 255 }

/** As many pages at a time. */
const THREADS: readonly Thread<typeof recognisePage>[] = Array.from({ length: 2 }, () =>
  createThread<typeof recognisePage>({
    module: new URL('./ocr-thread.ts', import.meta.url),
    longestMs: LONGEST_PAGE_MS,
    mostHeldBytes: MOST_HELD_BYTES,
  }),
)

/** A page of which the text is known. */
interface RecognisedPage {
  readonly number: number
  /** The PDF of its text; undefined when there is none. */
  readonly text: string | undefined
  readonly turn: Turn
}

/**
 * Lays text that can be searched over the pages that are only pictures of it; those that have text already, and all
 * pictures, stay as they are. So do pages that cannot be drawn or recognised, unless that is all of them.
 *
 * @returns the path of a file in the folder, which is not encrypted; undefined when nothing is to be laid over it
 * @throws {@link OperationError} when it is damaged, encrypted, too large or too slow
 */
export async function addText(
  file: PdfFile,
  recognition: TextRecognition,
): Promise<string | undefined> {
  const { folder, signal } = recognition
  const surveyed = await surveyPdf(file, signal)
  const waiting = surveyed.flatMap((page, index) =>
    page.hasText ? [] : [{ ...page, number: index + 1 }],
  )
  if (waiting.length > MOST_PAGES) {
    const fields = { most: MOST_PAGES, of: 'pages whose text can be recognised at a time' }
    throw new OperationError('source_exceeds_limit', fields)
  }
  const readers = THREADS.map(
    (thread) => (page: (typeof waiting)[number], given: AbortSignal) =>
      readPage(file, page, thread, { ...recognition, signal: given }),
  )
  const progress = (done: number): void => {
    const sentence = `recognised the text of page ${done} of ${waiting.length}`
    recognition.progress(done / waiting.length, sentence)
  }
  const { read, unread } = await readPages(waiting, readers, { signal, progress })
  for (const sentence of tellUnread(unread)) recognition.remark(sentence)
  const changed = read
    .filter(({ text, turn }) => text !== undefined || turn !== 0)
    .toSorted((one, other) => one.number - other.number)
  if (changed.length === 0) return undefined
  const path = join(folder, 'searchable.pdf')
  const given: QpdfArgument[] = [
    ...opening(file.path, file.password),
    '--decrypt',
    ...([90, 180, 270] as const).flatMap((turn) => turning(changed, turn)),
    ...changed.flatMap(laying),
    { path },
  ]
  await qpdf(given, file.password, signal)
  return path
}

async function readPage(
  file: PdfFile,
  page: SurveyedPage & { readonly number: number },
  thread: Thread<typeof recognisePage>,
  { tesseract, languages, autoOrient, folder, signal }: TextRecognition,
): Promise<RecognisedPage> {
  const { number } = page
  const shown = sizeOf(page)
  const dpi = resolutionOf(shown)
  const width = Math.max(1, Math.round((shown.width * dpi) / 72))
  const height = Math.max(1, Math.round((shown.height * dpi) / 72))
  if (width * height > MOST_PIXELS) {
    throw new OperationError('source_too_many_pixels', { width, height, most: MOST_PIXELS })
  }
  const view = { drawnAt: { width, height }, left: 0, top: 0, width, height, background: WHITE }
  const { pixels } = await drawPage({ ...file, page: number }, view, signal)
  const textPath = join(folder, `text${number}.pdf`)
  const trimmed = trimmedOf(page)
  const task = { tesseract, languages, width, height, pixels, dpi, autoOrient, trimmed, textPath }
  const result = await thread.run(task, signal)
  if (result === undefined) {
    const seconds = LONGEST_PAGE_MS / 1000
    const title = `page ${number}`
    throw new OperationError('source_too_slow', { task: 'recognise', seconds, title })
  }
  if (result.outcome === 'out of memory') {
    throw new OperationError('source_out_of_memory', { task: 'recognise', title: 'PDF' })
  }
  return { number, text: result.hasText ? textPath : undefined, turn: result.turn }
}

function sizeOf({ shown: [left, bottom, right, top], turn }: SurveyedPage) {
  const [width, height] = [right - left, top - bottom]
  return turn % 180 === 0 ? { width, height } : { width: height, height: width }
}

/** A whole number of dots per inch. */
function resolutionOf({ width, height }: { width: number; height: number }): number {
  const most = Math.floor(Math.sqrt((MOST_PIXELS * 72 * 72) / (width * height)))
  return Math.max(LEAST_DPI, Math.min(DPI, most))
}

/** Where a page is that is cut to size on what is shown of it; undefined when both are one. */
function trimmedOf({ shown, trimmed, turn }: SurveyedPage): Box | undefined {
  if (shown.every((side, index) => side === trimmed[index])) return undefined
  const [left, bottom, right, top] = shown
  const [x0, y0, x1, y1] = trimmed
  if (turn === 90) return [y0 - bottom, right - x1, y1 - bottom, right - x0]
  if (turn === 180) return [right - x1, top - y1, right - x0, top - y0]
  if (turn === 270) return [top - y1, x0 - left, top - y0, x1 - left]
  return [x0 - left, y0 - bottom, x1 - left, y1 - bottom]
}

function turning(pages: readonly RecognisedPage[], degrees: Turn): string[] {
  const numbers = pages.filter(({ turn }) => turn === degrees).map(({ number }) => number)
  return numbers.length === 0 ? [] : [`--rotate=+${degrees}:${writeRange(numbers)}`]
}

function laying({ text, number }: RecognisedPage): QpdfArgument[] {
  return text === undefined ? [] : ['--overlay', { path: text }, `--to=${number}`, '--from=1', '--']
}
