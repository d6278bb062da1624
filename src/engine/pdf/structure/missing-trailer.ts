import type { FileBytes } from './file-bytes.ts'
import { openStructure } from './open-structure.ts'

/**
 * A trailer for a file whose end is cut off, or whose trailer leads elsewhere, to be read behind it: PDFium looks for the objects of
 * such a file, but not for the one that leads to all others.
 *
 * @returns undefined when the file has a trailer that leads there, or there is nothing that it could lead to
 */
export function writeMissingTrailer(
  file: FileBytes,
  password: string | undefined,
): Buffer | undefined {
  const { lostCatalog } = openStructure(file, password)
  if (lostCatalog === undefined) return undefined
  return Buffer.from(`\ntrailer\n<</Root ${lostCatalog} 0 R>>\n`)
}
