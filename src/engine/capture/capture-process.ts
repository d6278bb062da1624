/* The process of one capture: it drives Chromium, and ends with whoever has started it. */
import { OperationError } from '../../base/operation-error.ts'
import { captureDocument } from './capture-document.ts'
import { capturePage } from './capture-page.ts'
import { launch } from './launch.ts'
import { PageUnreachable } from './page-errors.ts'
import type { Captured } from './run-capture.ts'
import type { CaptureNews, CaptureTask } from './task.ts'

function tell(news: CaptureNews): void {
  process.send?.(news)
}

async function capture(task: CaptureTask): Promise<Captured> {
  const browser = await launch(task)
  return task.subject.kind === 'page'
    ? capturePage(browser, task, task.subject, () => tell({ told: 'loaded' }))
    : captureDocument(browser, task, task.subject)
}

function toNews(error: unknown): CaptureNews {
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

process.once('disconnect', () => process.exit(1))
process.once('message', (task: CaptureTask) => {
  void capture(task).then(
    (made) => tell({ told: 'made', ...made }),
    (error: unknown) => tell(toNews(error)),
  )
})
