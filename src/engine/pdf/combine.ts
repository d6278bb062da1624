import { rm } from 'node:fs/promises'
import { OperationError } from '../../base/operation-error.ts'
import type { PdfFile } from './document.ts'
import type { BoundPart } from './outline/bind-pages.ts'
import type { Outline } from './outline/read-outline.ts'
import type { PdfInfo } from './pdf-info.ts'
import { bindPdf, mergePages, readPdfInfo, readPdfOutline } from './pdf.ts'
import { qpdf } from './qpdf/qpdf.ts'
import type { QpdfArgument } from './qpdf/run-qpdf.ts'

/** A document that is put together with others. */
export interface PdfPart extends PdfFile {
  /** What a bookmark to it is called; there is none unless given. */
  readonly title?: string | undefined
  /** What is known of it already; it is read unless given. */
  readonly outline?: Outline | undefined
}

/**
 * Puts documents together, in their order, with their bookmarks, forms and links. There is no file when it fails.
 *
 * @throws {@link OperationError} file_unusable naming the one that is at fault
 */
export async function mergePdfs(
  files: readonly PdfPart[],
  mergedPath: string,
  signal?: AbortSignal,
): Promise<void> {
  const parts: BoundPart[] = []
  for (const [index, file] of files.entries()) {
    const outline =
      file.outline ??
      (await readPdfOutline(file, signal).catch((error: unknown) => {
        if (!(error instanceof OperationError)) throw error
        const fields = { index, failure: error.message }
        throw new OperationError('file_unusable', fields, { cause: error })
      }))
    const pages = Array.from({ length: outline.pages }, (_, page) => page + 1)
    parts.push({ outline, pages, title: file.title })
  }
  await combine(files, parts, {}, { path: mergedPath, signal })
}

/**
 * Takes pages out of a document, with the bookmarks and links that go to them.
 *
 * @param pages - from 1
 */
export async function takePages(
  file: PdfFile,
  pages: readonly number[],
  takenPath: string,
  signal?: AbortSignal,
): Promise<void> {
  const outline = await readPdfOutline(file, signal)
  const { texts } = await readPdfInfo(file, signal)
  const parts = [{ outline, pages, title: undefined }]
  await combine([file], parts, texts, { path: takenPath, signal })
}

async function combine(
  files: readonly PdfFile[],
  parts: readonly BoundPart[],
  texts: PdfInfo['texts'],
  { path, signal }: { readonly path: string; readonly signal: AbortSignal | undefined },
): Promise<void> {
  try {
    const named = files.flatMap(({ path: from, password }, index): QpdfArgument[] => [
      { path: from },
      ...(password === undefined ? [] : [`--password=${password}`]),
      writeRange(parts[index]?.pages ?? []),
    ])
    const plainly = ['--empty', '--object-streams=disable', '--pages']
    await qpdf([...plainly, ...named, '--', { path }], undefined, signal)
    await bindPdf(path, parts, texts, signal)
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    await rm(path, { force: true })
    // What is damaged in a way that qpdf does not repair has pages all the same.
    const taken = files.map((file, index) => ({ ...file, pages: parts[index]?.pages }))
    await mergePages(taken, path, signal)
  }
}

/** Pages as qpdf reads them, such as `1-3,5`. */
export function writeRange(pages: readonly number[]): string {
  const spans: { from: number; to: number }[] = []
  for (const page of pages) {
    const last = spans.at(-1)
    if (last !== undefined && last.to + 1 === page) last.to = page
    else spans.push({ from: page, to: page })
  }
  return spans.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(',')
}
