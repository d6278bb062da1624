import { readFile, rm, writeFile } from 'node:fs/promises'
import type { IdentifiedSource } from '../../sources/identify.ts'
import type { Content } from '../../sources/signatures.ts'
import { extractText } from '../text/extract-text.ts'
import { readCarriedPreview } from './carried-preview.ts'
import { writeTextPage } from './text-page.ts'

/** What only a {@link writePreview preview} is shown of: office documents, and what Word calls one. */
const SHOWN_BY_PREVIEW: ReadonlySet<Content | undefined> = new Set([
  'package',
  'compound',
  'rtf',
  'mhtml',
])

/** Whether a file is a document of which only a {@link writePreview preview} can be shown. */
export function needsPreview({ content }: Pick<IdentifiedSource, 'content'>): boolean {
  return SHOWN_BY_PREVIEW.has(content)
}

/**
 * Writes what pictures of an office document are made of, a picture or a PDF file: the preview that the document carries, if
 * that shows anything, or else a page of its text. To lay a document out as its program does takes that program.
 *
 * @throws {@link OperationError} as {@link extractText} does; then there is no file
 */
export async function writePreview({
  source,
  previewPath,
  password,
  isBlank,
  signal,
}: {
  source: IdentifiedSource
  previewPath: string
  password: string | undefined
  /** Whether a picture shows nothing. */
  isBlank: (picture: Buffer) => Promise<boolean>
  signal?: AbortSignal
}): Promise<void> {
  // Whatever is wrong with the document, the text says better.
  const carried = await readCarriedPreview(source.path).catch(() => undefined)
  if (carried !== undefined && (isPdf(carried) || !(await isBlank(carried)))) {
    return writeFile(previewPath, carried)
  }
  const textPath = `${previewPath}.txt`
  await extractText({ source, textPath, password }, signal)
  try {
    await writeFile(previewPath, writeTextPage(await readFile(textPath, 'utf8')))
  } finally {
    await rm(textPath)
  }
}

function isPdf(preview: Buffer): boolean {
  return preview.toString('latin1', 0, 5) === '%PDF-'
}
