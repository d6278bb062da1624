/* The process of one capture: it drives Chromium, and ends with whoever has started it. */
import { rmSync } from 'node:fs'
import { useCompileCache } from '../../base/compile-cache.ts'
import type { CaptureNews, CaptureTask } from './task.ts'

useCompileCache()
const { startCapture } = await import('./start-capture.ts')

function tell(news: CaptureNews): void {
  process.send?.(news)
}

process.once('disconnect', () => process.exit(1))
process.once('message', (task: CaptureTask) => {
  process.prependOnceListener('disconnect', () => {
    // Behind the listener that ends Chromium, which still writes into it.
    process.once('exit', () => rmSync(task.folder, { recursive: true, force: true, maxRetries: 3 }))
  })
  void startCapture(task, tell)
})
