import { rm } from 'node:fs/promises'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { encryptedDocument } from '../../packages/document-errors.ts'
import { createThread } from '../../tasks/thread.ts'
import type { PdfFile } from './document.ts'
import type { DrawnPage, PageSize, PageView, PdfPage } from './draw-page.ts'
import type { MergedFile } from './merge-files.ts'
import { MOST_MEMORY } from './most-memory.ts'
import type { BoundPart } from './outline/bind-pages.ts'
import type { Outline } from './outline/read-outline.ts'
import type { PdfInfo } from './pdf-info.ts'
import type { PdfTask, work } from './pdf-thread.ts'
import type { Stamp, StampablePage } from './stamp/stamp-pages.ts'
import type { SurveyedPage } from './survey-pages.ts'
import { tellUnreadPages } from './text/unread-pages.ts'

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
 * @throws {@link OperationError} when it is damaged, encrypted or takes too long, or has no such page; so do the others
 *   of this file
 */
export async function measurePage(page: PdfPage, signal?: AbortSignal): Promise<PageSize> {
  const result = await run({ task: 'measure', page }, signal)
  if (result?.outcome === 'measured') return result
  throw explain(result, page)
}

/** Draws a page, or a part of it, with its annotations and what is filled into its form. */
export async function drawPage(
  page: PdfPage,
  view: PageView,
  signal?: AbortSignal,
): Promise<DrawnPage> {
  const result = await run({ task: 'draw', page, view }, signal)
  if (result?.outcome === 'drawn') return result
  throw explain(result, page)
}

/** Tells how many pages a document has, and what its dictionary `Info` says. */
export async function readPdfInfo(file: PdfFile, signal?: AbortSignal): Promise<PdfInfo> {
  const result = await run({ task: 'info', file }, signal)
  if (result?.outcome === 'told') return result
  throw explain(result, file)
}

/** Looks at each page of a document, in their order. */
export async function surveyPdf(
  file: PdfFile,
  signal?: AbortSignal,
): Promise<readonly SurveyedPage[]> {
  const result = await run({ task: 'survey', file }, signal)
  if (result?.outcome === 'surveyed') return result.pages
  throw explain(result, file)
}

/**
 * Merges pages of some documents into a new file, and nothing that belongs to a whole document; there is none when it fails.
 *
 * @throws {@link OperationError} file_unusable naming the one that is at fault
 */
export async function mergePages(
  files: readonly MergedFile[],
  mergedPath: string,
  signal?: AbortSignal,
): Promise<void> {
  const result = await run({ task: 'merge', files, mergedPath }, signal)
  if (result?.outcome === 'merged') return
  await rm(mergedPath, { force: true })
  if (result?.outcome !== 'not merged') throw explain(result, { password: undefined })
  const { index, failure } = result
  const cause = explain(failure, files[index] ?? { password: undefined })
  throw new OperationError('file_unusable', { index, failure: cause.message }, { cause })
}

/** Reads the bookmarks of a document, and the names that its links go by. */
export async function readPdfOutline(file: PdfFile, signal?: AbortSignal): Promise<Outline> {
  const result = await run({ task: 'outline', file }, signal)
  if (result?.outcome === 'outlined') return result
  throw explain(result, file)
}

/** Gives a file that qpdf has put together what belongs to whole documents, see {@link bindPages}. */
export async function bindPdf(
  path: string,
  parts: readonly BoundPart[],
  texts: PdfInfo['texts'],
  signal?: AbortSignal,
): Promise<void> {
  const result = await run({ task: 'bind', path, parts, texts }, signal)
  if (result?.outcome !== 'bound') throw explain(result, { password: undefined })
}

/**
 * Writes a document anew, so that it can be stamped, and tells how its pages are shown; there is no file when it fails.
 *
 * @param file - which is not encrypted
 * @throws {@link OperationError} when it is damaged
 */
export async function rewritePdf(
  file: PdfFile,
  rewrittenPath: string,
  signal?: AbortSignal,
): Promise<readonly StampablePage[]> {
  const result = await run({ task: 'rewrite', file, rewrittenPath }, signal)
  if (result?.outcome === 'rewritten') return result.pages
  await rm(rewrittenPath, { force: true })
  throw explain(result, file)
}

/** Puts something on pages of a file that {@link rewritePdf} has written; its text stays text, and its lines lines. */
export async function stampPdf(path: string, stamp: Stamp, signal?: AbortSignal): Promise<void> {
  const result = await run({ task: 'stamp', path, stamp }, signal)
  if (result?.outcome !== 'stamped') throw explain(result, { password: undefined })
}

/**
 * Writes the text of a document into a file, see {@link writeText}; there is no file when it fails.
 *
 * @returns what of it could not be read, a sentence each
 */
export async function writePdfText(
  file: PdfFile,
  textPath: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  return (await writeReading({ task: 'text', file, textPath }, signal)) ?? []
}

/** Writes the text of a document with where it stands, see {@link writePositions}, and as {@link writePdfText} does. */
export async function writePdfPositions(
  file: PdfFile,
  textPath: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  return (await writeReading({ task: 'positions', file, textPath }, signal)) ?? []
}

/**
 * Writes the text of a document by its tags, see {@link writeTags}, and as {@link writePdfText} does.
 *
 * @returns undefined, without a file, where it has no tags that tell of its text
 */
export function writePdfTags(
  file: PdfFile,
  textPath: string,
  signal?: AbortSignal,
): Promise<readonly string[] | undefined> {
  return writeReading({ task: 'tags', file, textPath }, signal)
}

/** @returns undefined when there are no tags to read by */
async function writeReading(
  task: PdfTask & { readonly task: 'text' | 'positions' | 'tags' },
  signal: AbortSignal | undefined,
): Promise<readonly string[] | undefined> {
  const { file, textPath } = task
  let written = false
  try {
    const result = await run(task, signal)
    if (result?.outcome === 'untagged') return undefined
    if (result?.outcome !== 'written') throw explain(result, file)
    written = true
    return tellUnreadPages(result)
  } finally {
    if (!written) await rm(textPath, { force: true })
  }
}

function explain(
  result: Awaited<ReturnType<typeof run>>,
  { password, page }: { password: string | undefined; page?: number },
): OperationError {
  const title = 'PDF'
  switch (result?.outcome) {
    case 'corrupt':
      return corruptSource(title)
    case 'encrypted':
      return encryptedDocument(title, password)
    case 'unknown encryption':
      return new OperationError('source_encryption_unknown', { title })
    case 'no such page':
      return new OperationError('page_missing', { title, pages: result.pages, page })
    case 'out of memory':
      return new OperationError('source_out_of_memory', {
        task: 'draw',
        title,
        megabytes: MOST_MEMORY / 1024 ** 2,
      })
    case undefined: {
      const seconds = LONGEST_TASK_MS / 1000
      return new OperationError('source_too_slow', { task: 'draw', seconds, title })
    }
    case 'measured':
    case 'drawn':
    case 'told':
    case 'surveyed':
    case 'rewritten':
    case 'stamped':
    case 'merged':
    case 'outlined':
    case 'bound':
    case 'not merged':
    case 'written':
    case 'untagged':
      break
  }
  throw new TypeError(`the thread has answered another task: ${result.outcome}`)
}
