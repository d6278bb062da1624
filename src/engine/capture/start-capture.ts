import { OperationError } from '../../base/operation-error.ts'
import { launch } from './launch.ts'
import { PageUnreachable } from './page-errors.ts'
import type { Captured } from './run-capture.ts'
import type { CaptureNews, CaptureTask } from './task.ts'

/** Does a task, and tells how it goes and how it ends. */
export async function startCapture(
  task: CaptureTask,
  tell: (news: CaptureNews) => void,
): Promise<void> {
  try {
    tell({ told: 'made', ...(await capture(task, () => tell({ told: 'loaded' }))) })
  } catch (error) {
    tell(toNews(error))
  }
}

async function capture(task: CaptureTask, loaded: () => void): Promise<Captured> {
  const { subject } = task
  // What is needed besides is loaded while Chromium starts.
  if (subject.kind === 'page') {
    const [browser, { capturePage }] = await Promise.all([
      launch(task),
      import('./capture-page.ts'),
    ])
    return capturePage(browser, task, subject, loaded)
  }
  const [browser, { captureDocument }] = await Promise.all([
    launch(task),
    import('./capture-document.ts'),
  ])
  return captureDocument(browser, task, subject)
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
