import { readFileSync, writeFileSync } from 'node:fs'
import { PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef } from '@cantoo/pdf-lib'
import { serveThread } from '../../../tasks/serve-thread.ts'
import { type PdfPicture, replacePicture, writePictures } from './pictures-of-pdf.ts'
import { shareEqual } from './share-equal.ts'

/** A picture that has become smaller. */
export interface NewPicture {
  readonly object: number
  readonly generation: number
  /** Of a JPEG. */
  readonly path: string
  readonly width: number
  readonly height: number
}

/** What this thread does with a PDF that is not encrypted. */
export type OptimizeTask =
  | { readonly task: 'list'; readonly path: string; readonly picturesPath: string }
  | {
      readonly task: 'replace'
      readonly path: string
      readonly pictures: readonly NewPicture[]
      readonly writtenPath: string
    }

/** What comes of a task; what cannot be read is no error to this thread. */
export type OptimizeAnswer =
  | { readonly outcome: 'listed'; readonly pictures: readonly PdfPicture[] }
  | { readonly outcome: 'replaced' }
  | { readonly outcome: 'unreadable' }

/** What programs keep for themselves, and small pictures of pages. */
const SPARED = ['PieceInfo', 'Thumb'].map((each) => PDFName.of(each))
const METADATA = PDFName.of('Metadata')

/** Does a task. */
export async function work(task: OptimizeTask): Promise<OptimizeAnswer> {
  let document: PDFDocument
  try {
    document = await PDFDocument.load(readFileSync(task.path), { updateMetadata: false })
  } catch {
    return { outcome: 'unreadable' }
  }
  try {
    if (task.task === 'list') {
      return { outcome: 'listed', pictures: writePictures(document, task.picturesPath) }
    }
    for (const { object, generation, path, width, height } of task.pictures) {
      const ref = PDFRef.of(object, generation)
      replacePicture(document, ref, readFileSync(path), { width, height })
    }
    spare(document)
    shareEqual(document)
    writeFileSync(
      task.writtenPath,
      await document.save({
        useObjectStreams: false,
        addDefaultPage: false,
        updateFieldAppearances: false,
      }),
    )
    return { outcome: 'replaced' }
  } catch (error) {
    // Of a full disk the file system tells; what else there is, the document is not as it should be.
    if (error instanceof Error && 'syscall' in error) throw error
    return { outcome: 'unreadable' }
  }
}

/** Leaves out what nobody sees, and what the document says of itself not. */
function spare(document: PDFDocument): void {
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    const dict = object instanceof PDFRawStream ? object.dict : object
    if (!(dict instanceof PDFDict)) continue
    for (const each of SPARED) dict.delete(each)
    if (object instanceof PDFRawStream) dict.delete(METADATA)
  }
}

serveThread({ work })
