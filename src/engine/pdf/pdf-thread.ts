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
import { type MergedFile, type Merging, mergeFiles } from './merge-files.ts'
import { type Binding, type BoundPart, bindPages } from './outline/bind-pages.ts'
import { type Outline, readOutline } from './outline/read-outline.ts'
import { type PdfInfo, readInfo } from './pdf-info.ts'
import {
  rewriteHere,
  type Stamp,
  type StampableFile,
  type Stamped,
  stampHere,
} from './stamp/stamp-pages.ts'
import { type Survey, surveyPages } from './survey-pages.ts'
import { type ReadTags, writeTags } from './tags/write-tags.ts'
import type { ReadPages } from './text/shown-pages.ts'
import { writePositions } from './text/write-positions.ts'
import { writeText } from './text/write-text.ts'

/** What this thread does. */
export type PdfTask =
  | { readonly task: 'measure'; readonly page: PdfPage }
  | { readonly task: 'draw'; readonly page: PdfPage; readonly view: PageView }
  | { readonly task: 'info'; readonly file: PdfFile }
  | { readonly task: 'survey'; readonly file: PdfFile }
  | { readonly task: 'merge'; readonly files: readonly MergedFile[]; readonly mergedPath: string }
  | { readonly task: 'outline'; readonly file: PdfFile }
  | {
      readonly task: 'bind'
      readonly path: string
      readonly parts: readonly BoundPart[]
      readonly texts: PdfInfo['texts']
    }
  | {
      readonly task: 'text' | 'positions' | 'tags'
      readonly file: PdfFile
      readonly textPath: string
    }
  | { readonly task: 'rewrite'; readonly file: PdfFile; readonly rewrittenPath: string }
  | { readonly task: 'stamp'; readonly path: string; readonly stamp: Stamp }

/** What comes of a task. */
type Answer =
  | PageSize
  | DrawnPage
  | PdfInfo
  | Survey
  | Merging
  | Outline
  | Binding
  | ReadPages
  | ReadTags
  | StampableFile
  | Stamped
  | PdfFailure

/** Does a task. */
export async function work(task: PdfTask): Promise<Answer> {
  if (task.task === 'measure') return measurePageHere(task.page)
  if (task.task === 'draw') return drawPageHere(task.page, task.view)
  if (task.task === 'info') return readInfo(task.file)
  if (task.task === 'survey') return surveyPages(task.file)
  if (task.task === 'merge') return mergeFiles(task.files, task.mergedPath)
  if (task.task === 'outline') return readOutline(task.file)
  if (task.task === 'bind') return bindPages(task.path, task.parts, task.texts)
  if (task.task === 'rewrite') return rewriteHere(task.file, task.rewrittenPath)
  if (task.task === 'stamp') return stampHere(task.path, task.stamp)
  if (task.task === 'positions') return writePositions(task.file, task.textPath)
  if (task.task === 'tags') return writeTags(task.file, task.textPath)
  return writeText(task.file, task.textPath)
}

serveThread({
  work,
  transferred: (result) => (result.outcome === 'drawn' ? [result.pixels.buffer] : []),
})
