import { writeFile } from 'node:fs/promises'
import type { IdentifiedSource } from '../../sources/identify.ts'
import type { Content } from '../../sources/signatures.ts'
import type { CarriedPreview } from './carried-preview.ts'
import type { LoadPicture } from './write-document-pages.ts'

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

/** What a preview is made of, and for. */
export interface PreviewOrder {
  readonly source: IdentifiedSource
  readonly previewPath: string
  readonly password: string | undefined
  /** The last page that is wanted. */
  readonly page: number
  /** Whether the picture that the document carries does as well as its pages. */
  readonly does: (carried: CarriedPreview) => Promise<boolean>
  readonly loadPicture: LoadPicture
  /** Where there are fonts besides those that are shipped: those of the machine, unless told. */
  readonly folders?: readonly string[]
  readonly signal?: AbortSignal
}

/**
 * Writes what pictures of an office document are made of: a PDF file of its pages, laid out here, or the preview that the
 * document carries where that does as well. To lay a document out exactly as its program does takes that program.
 *
 * @returns what is not on it as the document has it, a sentence each
 * @throws {@link OperationError} when the document is damaged, encrypted, too large or has nothing to be shown; then there is no
 *   file
 */
export async function writePreview({
  source,
  previewPath,
  password,
  page,
  does,
  loadPicture,
  folders,
  signal,
}: PreviewOrder): Promise<readonly string[]> {
  // Loaded only now: what reads documents is half as much as what makes pictures, and most sources are pictures.
  const [{ readCarriedPreview }, { writeDocumentPages }] = await Promise.all([
    import('./carried-preview.ts'),
    import('./write-document-pages.ts'),
  ])
  // Whatever is wrong with the document, its pages say better.
  const carried =
    page > 1 ? undefined : await readCarriedPreview(source.path).catch(() => undefined)
  if (carried !== undefined && (isPdf(carried.picture) || (await does(carried)))) {
    await writeFile(previewPath, carried.picture)
    return []
  }
  const order = { source, pdfPath: previewPath, password, count: page, loadPicture }
  return writeDocumentPages({ ...order, ...(folders && { folders }) }, signal)
}

function isPdf(preview: Buffer): boolean {
  return preview.toString('latin1', 0, 5) === '%PDF-'
}
