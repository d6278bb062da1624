/* The process of one capture: it drives Chromium, and ends with whoever has started it. */
import { rmSync } from 'node:fs'
import { keepCompiledCode } from '../../base/compile-cache.ts'
import { startBrowser } from './browser-process.ts'
import type { CaptureNews, CaptureTask } from './task.ts'

function tell(news: CaptureNews): void {
  // It is killed as soon as it has told all.
  if (news.told !== 'loaded') keepCompiledCode()
  process.send?.(news)
}

process.once('disconnect', () => process.exit(1))
process.once('message', (task: CaptureTask) => {
  // What it is driven by is loaded while it starts.
  const browser = startBrowser(task.browser, task.environment)
  process.prependOnceListener('disconnect', () => {
    // Behind the listener that ends Chromium, which still writes into it.
    process.once('exit', () => rmSync(task.folder, { recursive: true, force: true, maxRetries: 3 }))
  })
  void import('./start-capture.ts').then(({ startCapture }) => startCapture(task, browser, tell))
})
