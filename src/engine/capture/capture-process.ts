/* The process of one capture: it drives Chromium, and ends with whoever has started it. */
import { rmSync } from 'node:fs'
import { keepCompiledCode } from '../../base/compile-cache.ts'
import { isRecord } from '../../base/json.ts'
import { listenToParent } from '../../tasks/child.ts'
import { startBrowser } from './browser-process.ts'
import type { CaptureNews } from './news.ts'
import type { CaptureTask } from './task.ts'

function tell(news: CaptureNews): void {
  // It is killed as soon as it has told all.
  if (news.told !== 'loaded') keepCompiledCode()
  service.send(news)
}

/** What goes with this process. */
let folder: string | undefined

const service = listenToParent({
  hear(said) {
    if (isTask(said)) start(said)
  },
  ended() {
    // Behind the listener that ends Chromium, which still writes into it.
    process.once('exit', () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    })
    process.exit(1)
  },
})

function start(task: CaptureTask): void {
  folder = task.folder
  // What it is driven by is loaded while it starts.
  const browser = startBrowser(task.browser, task.environment)
  void import('./start-capture.ts').then(({ startCapture }) => startCapture(task, browser, tell))
}

/** Whoever started it says nothing else. */
function isTask(said: unknown): said is CaptureTask {
  return isRecord(said)
}
