import { writeFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { OperationError } from '../../base/operation-error.ts'
import { nameUrl } from '../../base/redact.ts'
import { openPage } from './browser-page.ts'
import { netErrorOf, PageUnreachable } from './page-errors.ts'
import { sendHeaders } from './page-headers.ts'
import type { Captured } from './run-capture.ts'
import { settle } from './settle.ts'
import { draw, print } from './shoot.ts'
import type { CaptureTask, Subject } from './task.ts'
import { countRequests, waitForWanted } from './waiting.ts'

/**
 * Captures a page of the web.
 *
 * @param loaded - is told when the page has loaded, and only goes on
 * @throws {@link OperationError}, and {@link PageUnreachable} when there is no such page
 */
export async function capturePage(
  browser: Browser,
  task: CaptureTask,
  subject: Extract<Subject, { kind: 'page' }>,
  loaded: () => void,
): Promise<Captured> {
  const { options, limits } = task
  const { url } = subject
  const place = nameUrl(url)
  const { context, page } = await openPage(browser, task)
  await sendHeaders(context, page, subject, task.proxy)
  const requests = countRequests(page)
  const isOver = limitRequests(context, page, limits.requests)
  const shown = watchShown(page)
  const tooMany = (): OperationError =>
    new OperationError('page_too_large', { place, of: `${limits.requests} requests` })
  try {
    const until = options.waitUntil === 'domcontentloaded' ? options.waitUntil : 'load'
    // The whole capture has a limit of time, which ends this too.
    await page.goto(url, { waitUntil: until, timeout: 0 })
  } catch (error) {
    if (isOver()) throw tooMany()
    const code = netErrorOf(String(error))
    if (code === undefined) throw error
    throw new PageUnreachable(shown.failedAt() ?? url, code)
  }
  shown.check()
  if (isOver()) throw tooMany()
  loaded()
  if (options.waitUntil === 'networkidle0') await requests.idle(0)
  if (options.waitUntil === 'networkidle2') await requests.idle(2)
  await waitForWanted(page, task, place)
  await settle(page, limits.side)
  shown.check()
  if (options.format !== 'pdf') return draw(page, task)
  await writeFile(task.output, await print(page, options, place))
  return {}
}

/** Takes the network away from a page that has made more requests than it may; tells whether it did. */
function limitRequests(context: BrowserContext, page: Page, most: number): () => boolean {
  let count = 0
  page.on('request', () => {
    count += 1
    if (count === most + 1) void context.setOffline(true).catch(() => undefined)
  })
  return () => count > most
}

/** What the window shows, which a page may change as often as it likes. */
interface Shown {
  /** The last URL that could not be opened. */
  failedAt(): string | undefined
  /** @throws {@link OperationError} or {@link PageUnreachable} when that is an error in place of a page */
  check(): void
}

function watchShown(page: Page): Shown {
  let failed: { url: string; code: string } | undefined
  let failedAt: string | undefined
  let answered: { url: string; status: number } | undefined
  page.on('response', (response) => {
    if (!isOfWindow(page, response.request())) return
    failed = undefined
    answered = { url: response.url(), status: response.status() }
  })
  page.on('requestfailed', (request) => {
    if (!isOfWindow(page, request)) return
    const code = netErrorOf(request.failure()?.errorText ?? '') ?? ''
    failedAt = request.url()
    // What is saved, or given up for another page, leaves what is shown as it is.
    if (code !== 'ERR_ABORTED') failed = { url: failedAt, code }
  })
  return {
    failedAt: () => failedAt,
    check() {
      if (failed !== undefined) throw new PageUnreachable(failed.url, failed.code)
      if (answered === undefined || answered.status < 400) return
      const { url, status } = answered
      throw new OperationError('page_refused', { place: nameUrl(url), status })
    },
  }
}

function isOfWindow(page: Page, request: Request): boolean {
  return request.isNavigationRequest() && request.frame() === page.mainFrame()
}
