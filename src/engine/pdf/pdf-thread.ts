import { serveThread } from '../../tasks/serve-thread.ts'
import type { PdfFailure, PdfFile } from './document.ts'
import {
  type DrawnPage,
  drawPageHere,
  measurePageHere,
  type PageSize,
  type PageView,
  type PdfPage,
} from './draw-page.ts'
import { type Merging, mergeFiles } from './merge-files.ts'
import { type PdfInfo, readInfo } from './pdf-info.ts'
import { type WrittenText, writeText } from './pdf-text.ts'

/** What this thread does. */
export type PdfTask =
  | { readonly task: 'measure'; readonly page: PdfPage }
  | { readonly task: 'draw'; readonly page: PdfPage; readonly view: PageView }
  | { readonly task: 'info'; readonly file: PdfFile }
  | { readonly task: 'merge'; readonly files: readonly PdfFile[]; readonly mergedPath: string }
  | { readonly task: 'text'; readonly file: PdfFile; readonly textPath: string }

/** Does a task. */
export function work(
  task: PdfTask,
): Promise<PageSize | DrawnPage | PdfInfo | Merging | WrittenText | PdfFailure> {
  if (task.task === 'measure') return measurePageHere(task.page)
  if (task.task === 'draw') return drawPageHere(task.page, task.view)
  if (task.task === 'info') return readInfo(task.file)
  if (task.task === 'merge') return mergeFiles(task.files, task.mergedPath)
  return writeText(task.file, task.textPath)
}

serveThread({
  work,
  transferred: (result) => (result.outcome === 'drawn' ? [result.pixels.buffer] : []),
})
