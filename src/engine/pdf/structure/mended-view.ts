import { START_BYTES } from '../../../sources/identify.ts'
import { findPdfHeader, hasPdfHeader } from '../../../sources/pdf-header.ts'
import type { FileBytes } from './file-bytes.ts'
import { openStructure, type PdfStructure } from './open-structure.ts'
import { writeTrailer, writeUpdate } from './write-update.ts'

/** How PDFium is to see a file. */
export interface FileView {
  /** As many bytes of the file are left out at its beginning. */
  readonly skipped: number
  /** What is read before the file, and what behind it. */
  readonly front: Buffer
  readonly behind: Buffer
}

/** What stands in front of a file without a header; places of its objects are looked for then. */
const HEADER = Buffer.from('%PDF-1.7\n')
const NOTHING: Buffer = Buffer.alloc(0)

/**
 * What to show PDFium of a file that it does not open as it is: without what comes before its header, with a header where it has
 * none, and with a trailer where its end is cut off or its trailer leads elsewhere. PDFium looks for the objects of such a file
 * itself, but not for the one that leads to all others.
 *
 * @returns undefined when nothing of this is amiss, or there is nothing that a trailer could lead to
 */
export function mendView(file: FileBytes, password: string | undefined): FileView | undefined {
  const structure = openStructure(file, password)
  const start = file.read(0, START_BYTES)
  const isHeaded = hasPdfHeader(start)
  const isLost = structure.lostCatalog !== undefined
  if (structure.catalog === undefined || (isHeaded && !isLost)) return undefined
  const header = isHeaded ? 0 : findPdfHeader(start)
  return {
    skipped: header ?? 0,
    front: header === undefined ? HEADER : NOTHING,
    behind: isLost ? leadThere(file, structure) : NOTHING,
  }
}

/** PDFium looks for objects unless there is a table, even if that is empty. */
function leadThere({ size }: FileBytes, structure: PdfStructure): Buffer {
  const { newest } = structure
  return newest === undefined ? writeTrailer(structure) : writeUpdate(size, structure, new Map())
}
