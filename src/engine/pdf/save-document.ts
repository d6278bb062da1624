import { closeSync, openSync, writeSync } from 'node:fs'
import type { Library } from './library.ts'

/** `FPDF_NO_INCREMENTAL` of fpdf_save.h. */
const WRITE_ALL = 2

/**
 * Writes a document into a file, all of it anew: each object by itself, and none compressed but streams.
 *
 * @param version - that of PDF, such as 17; by itself the document has its own
 */
export function saveDocument(
  { pdfium, memory }: Library,
  document: number,
  path: string,
  version?: number,
): void {
  const descriptor = openSync(path, 'w')
  let failure: unknown
  const writeBlock = (_self: number, data: number, length: number): number => {
    const bytes = memory()
    try {
      for (let done = 0; done < length;) {
        done += writeSync(descriptor, bytes, (data >>> 0) + done, length - done)
      }
      return 1
    } catch (error) {
      // PDFium must not be left in the middle of its work.
      failure = error
      return 0
    }
  }
  const { wasmExports } = pdfium.pdfium
  const callback: number = pdfium.pdfium.addFunction(writeBlock, 'iiii')
  const fileWrite = wasmExports.malloc(8)
  memory().writeUInt32LE(1, fileWrite)
  memory().writeUInt32LE(callback, fileWrite + 4)
  try {
    const isSaved =
      version === undefined
        ? pdfium.FPDF_SaveAsCopy(document, fileWrite, WRITE_ALL)
        : pdfium.FPDF_SaveWithVersion(document, fileWrite, WRITE_ALL, version)
    if (!isSaved) throw new Error('The document could not be written.', { cause: failure })
  } finally {
    wasmExports.free(fileWrite)
    pdfium.pdfium.removeFunction(callback)
    closeSync(descriptor)
  }
}
