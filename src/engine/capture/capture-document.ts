import { writeFile } from 'node:fs/promises'
import type { PDFDocument } from '@cantoo/pdf-lib'
import type { Browser, Page, Route } from 'playwright-core'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { PAGE_RANGE, pagesWithin, parsePageRange } from '../../base/page-range.ts'
import { tooLarge } from '../../packages/document-errors.ts'
import { openPage } from './browser-page.ts'
import type { Captured } from './run-capture.ts'
import { MOST_FILE_BYTES, type ServedDocument, withDocument } from './served-document.ts'
import { settle } from './settle.ts'
import { draw, print } from './shoot.ts'
import type { CaptureTask, Subject } from './task.ts'
import { waitForWanted } from './waiting.ts'

/** Where a document seems to be; nobody is there (RFC 2606). */
const ORIGIN = 'https://document.invalid/'

const PLACE = 'The source'

/**
 * Captures a file: what is in it is served from memory, and nothing else is there for it.
 *
 * @throws {@link OperationError}
 */
export async function captureDocument(
  browser: Browser,
  task: CaptureTask,
  subject: Extract<Subject, { kind: 'document' }>,
): Promise<Captured> {
  return withDocument(subject, async (served) => {
    const { context, page } = await openPage(browser, task)
    await context.route('**/*', (route) => serve(route, served))
    await context.routeWebSocket('**/*', (socket) => socket.close())
    const [first = '', ...others] = served.pages
    if (task.options.format !== 'pdf' || others.length === 0) {
      await show(page, task, served, first)
      if (task.options.format !== 'pdf') return draw(page, task)
      await writeFile(task.output, await print(page, task.options, PLACE))
      return {}
    }
    const { PDFDocument: Pdf } = await import('@cantoo/pdf-lib')
    const { pages, ...options } = task.options
    const book = await Pdf.create()
    for (const path of served.pages) {
      await show(page, task, served, path)
      const chapter = await Pdf.load(await print(page, options, PLACE))
      for (const copy of await book.copyPages(chapter, chapter.getPageIndices())) book.addPage(copy)
    }
    choosePages(book, pages)
    await writeFile(task.output, await book.save())
    return {}
  })
}

/** @throws {@link OperationError} when a page of it is damaged or too large */
async function show(
  page: Page,
  task: CaptureTask,
  served: ServedDocument,
  path: string,
): Promise<void> {
  // Of what the browser asks for, nothing but that it is not there could be told.
  if ((await served.read(path)) === undefined)
    throw tooLarge(MOST_FILE_BYTES, 'that one page may have')
  const url = `${ORIGIN}${path.split('/').map(encodeURIComponent).join('/')}`
  const until = task.options.waitUntil === 'domcontentloaded' ? 'domcontentloaded' : 'load'
  await page.goto(url, { waitUntil: until, timeout: 0 })
  // In place of a page that is not well-formed XML.
  if ((await page.locator('css=parsererror').count()) > 0) throw corruptSource('XHTML')
  await waitForWanted(page, task, PLACE)
  await settle(page, task.limits.side)
}

async function serve(route: Route, served: ServedDocument): Promise<void> {
  const url = route.request().url()
  // What is damaged is not there, either.
  const file = url.startsWith(ORIGIN)
    ? await served.read(pathOf(url)).catch(() => undefined)
    : undefined
  if (file !== undefined) await route.fulfill(file)
  // Nothing to go to leaves what is shown as it is, where an error would be shown in its place.
  else if (route.request().isNavigationRequest()) await route.fulfill({ status: 204 })
  else await route.abort()
}

function pathOf(url: string): string {
  const { pathname } = new URL(url)
  try {
    return decodeURIComponent(pathname.slice(1))
  } catch {
    return pathname.slice(1)
  }
}

/** @throws {@link OperationError} page_range_missing */
function choosePages(book: PDFDocument, range: string | undefined): void {
  if (range === undefined || !PAGE_RANGE.test(range)) return
  const count = book.getPageCount()
  const kept = new Set(pagesWithin(parsePageRange(range), count))
  if (kept.size === 0) throw new OperationError('page_range_missing', { place: PLACE, range })
  for (let page = count; page >= 1; page -= 1) if (!kept.has(page)) book.removePage(page - 1)
}
