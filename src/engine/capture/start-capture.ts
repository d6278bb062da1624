import { OperationError } from '../../base/operation-error.ts'
import type { BrowserProcess } from './browser-process.ts'
import { connectBrowser } from './connect.ts'
import type { CaptureNews } from './news.ts'
import { PageUnreachable } from './page-errors.ts'
import type { Captured } from './run-capture.ts'
import { type CaptureTask, placeOf } from './task.ts'

/** Does a task, and tells how it goes and how it ends. */
export async function startCapture(
  task: CaptureTask,
  started: BrowserProcess,
  tell: (news: CaptureNews) => void,
): Promise<void> {
  try {
    tell({ told: 'made', ...(await capture(task, started, () => tell({ told: 'loaded' }))) })
  } catch (error) {
    tell(toNews(error, task))
  }
}

async function capture(
  task: CaptureTask,
  started: BrowserProcess,
  loaded: () => void,
): Promise<Captured> {
  const { subject } = task
  // What is needed besides is loaded while Chromium starts.
  if (subject.kind === 'page') {
    const [browser, { capturePage }] = await Promise.all([
      connectBrowser(task, started),
      import('./capture-page.ts'),
    ])
    return capturePage(browser, task, subject, loaded)
  }
  const [browser, { captureDocument }] = await Promise.all([
    connectBrowser(task, started),
    import('./capture-document.ts'),
  ])
  return captureDocument(browser, task, subject)
}

/** What a page has that ends the process of Chromium which shows it. */
const CRASHING = 'the memory, or the depth of elements, that a page may have in Chromium'

function toNews(error: unknown, { subject }: CaptureTask): CaptureNews {
  if (error instanceof Error && /\b(?:Page|Target) crashed/.test(error.message)) {
    const place = placeOf(subject)
    return { told: 'failed', failure: { code: 'page_too_large', fields: { place, of: CRASHING } } }
  }
  if (error instanceof PageUnreachable) {
    const { place, problem, at } = error
    return { told: 'failed', failure: { code: 'page_unreachable', fields: { place, problem } }, at }
  }
  if (error instanceof OperationError) {
    const { code, fields } = error
    return { told: 'failed', failure: { code, fields } }
  }
  return { told: 'broken', message: error instanceof Error ? (error.stack ?? '') : String(error) }
}
