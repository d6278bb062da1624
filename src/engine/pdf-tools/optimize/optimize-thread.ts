import { readFileSync, writeFileSync } from 'node:fs'
import { PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef } from '@cantoo/pdf-lib'
import { serveThread } from '../../../tasks/serve-thread.ts'
import { archivalPart } from './archival-part.ts'
import { condense } from './condense.ts'
import { cutFonts } from './cut-fonts.ts'
import { type FoundPictures, writePictures } from './pictures-of-pdf.ts'
import {
  type LayeredPicture,
  layerPicture,
  type NewCompression,
  replacePicture,
} from './replace-picture.ts'
import { type SeparatedScan, separateInk } from './separate-ink.ts'
import { shareEqual } from './share-equal.ts'

/** A picture that has become smaller. */
export interface NewPicture {
  readonly object: number
  readonly generation: number
  readonly path: string
  readonly compression: NewCompression
  readonly width: number
  readonly height: number
}

/** A scan that has become ink over paper. */
export interface NewLayers extends LayeredPicture {
  readonly object: number
  readonly generation: number
}

/** What this thread does with a PDF that is not encrypted, and with the pixels of a scan in it. */
export type OptimizeTask =
  | {
      readonly task: 'separate'
      /** A file of the pixels. */
      readonly path: string
      readonly width: number
      readonly height: number
      readonly channels: 1 | 3
      /** How many of them an inch has. */
      readonly dots: number
    }
  | { readonly task: 'list'; readonly path: string; readonly picturesPath: string }
  | {
      readonly task: 'replace'
      readonly path: string
      readonly pictures: readonly (NewPicture | NewLayers)[]
      readonly writtenPath: string
    }

/** What comes of a task; what cannot be read is no error to this thread. */
export type OptimizeAnswer =
  | ({
      readonly outcome: 'listed'
      /** See {@link archivalPart}. */
      readonly archival: number | undefined
    } & FoundPictures)
  | { readonly outcome: 'replaced' }
  | { readonly outcome: 'separated'; readonly scan: SeparatedScan | undefined }
  | { readonly outcome: 'unreadable' }

/** What programs keep for themselves, and small pictures of pages. */
const SPARED = ['PieceInfo', 'Thumb'].map((each) => PDFName.of(each))
const METADATA = PDFName.of('Metadata')

/** Does a task. */
export async function work(task: OptimizeTask): Promise<OptimizeAnswer> {
  if (task.task === 'separate') {
    const { width, height, channels, dots } = task
    const pixels = readFileSync(task.path)
    return { outcome: 'separated', scan: separateInk({ width, height, channels, pixels }, dots) }
  }
  let document: PDFDocument
  try {
    document = await PDFDocument.load(readFileSync(task.path), { updateMetadata: false })
  } catch {
    return { outcome: 'unreadable' }
  }
  try {
    if (task.task === 'list') {
      const found = writePictures(document, task.picturesPath)
      return { outcome: 'listed', ...found, archival: archivalPart(document) }
    }
    for (const picture of task.pictures) {
      const ref = PDFRef.of(picture.object, picture.generation)
      if ('ink' in picture) layerPicture(document, ref, picture)
      else replacePicture(document, ref, readFileSync(picture.path), picture)
    }
    spare(document)
    shareEqual(document)
    // Of those that are equal all that any of them shows. PDF/A wants lists of letters that nobody here keeps up.
    if (archivalPart(document) === undefined) cutFonts(document)
    condense(document)
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
