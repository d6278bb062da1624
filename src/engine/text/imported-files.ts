import { readContentTypes, type Relationship } from '../../packages/opc.ts'
import { type Package, readWhole } from '../../packages/package.ts'
import type { Hints } from '../../sources/format-lookup.ts'

/** What is said of files that a document imports and that cannot be read. */
export const UNREAD_IMPORT =
  'Not read: a file that the document imports, which is damaged or of no kind that is read.'

/** See {@link UNREAD_IMPORT}; of one whose pages are not those of the document. */
export const IMPORTED_PDF = 'The document imports a PDF file, of which there is no text.'

const MISSING_IMPORT =
  'A file that the document imports is missing, so that there is no text of it.'

/** The most of a file that a document imports, in bytes; a page has its pictures in it. */
const MOST_BYTES = 64_000_000
const TOO_LARGE = `Not read: a file that the document imports, which has more than ${MOST_BYTES / 1_000_000} MB.`

/** A file that a document imports (ECMA-376, part 1, 17.17.2). */
export interface ImportedFile {
  /** That of the relationship by which it is imported. */
  readonly id: string
  readonly bytes: Buffer
  /** What the document calls it, by which Word tells a text from a page. */
  readonly hints: Hints
}

/**
 * Reads the files that a part of a document imports.
 *
 * @param links - all relationships of the part
 * @param remark - takes a sentence about one that is left out
 */
export async function* readImportedFiles(
  parts: Package,
  links: readonly Relationship[],
  remark: (sentence: string) => void,
): AsyncGenerator<ImportedFile> {
  const imports = links.filter(({ type }) => type === 'aFChunk')
  if (imports.length === 0) return
  const typeOf = await readContentTypes(parts)
  for (const { id, target } of imports) {
    if (!parts.has(target)) {
      remark(MISSING_IMPORT)
      continue
    }
    const bytes = await readWhole(parts, target, MOST_BYTES)
    if (bytes === undefined) remark(TOO_LARGE)
    else yield { id, bytes, hints: { name: target, mimetype: typeOf(target) } }
  }
}
