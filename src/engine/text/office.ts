import { unreadKind } from '../../packages/document-errors.ts'
import { findMainPart } from '../../packages/opc.ts'
import { readMediaType } from '../../packages/package-format.ts'
import { type Package, withPackage } from '../../packages/package.ts'
import { type ReadWithin, readDocx } from './docx.ts'
import { EPUB_CONTAINER, readEpub } from './epub.ts'
import type { Flow } from './flow.ts'
import { readOdf, readOdfTitle } from './odf.ts'
import { readPptx } from './pptx.ts'
import { readXlsx } from './xlsx.ts'

/** What else the text of a package is read with. */
export interface PackageOptions {
  readonly password: string | undefined
  /** Writes the text of files that are in it. */
  readonly readWithin: ReadWithin
}

/**
 * Writes the text of a document of parts, whichever it is.
 *
 * @param source - its path or its bytes
 * @throws {@link OperationError} when it is no document, is encrypted or is too large, or
 *   when it is damaged
 */
export async function readPackage(
  source: string | Buffer,
  flow: Flow,
  { password, readWithin }: PackageOptions,
): Promise<void> {
  return withPackage(source, async (parts) => {
    const mediaType = await readMediaType(parts)
    const title = readOdfTitle(mediaType)
    if (title !== undefined) return readOdf(parts, { title, password }, flow)
    if (mediaType === 'application/epub+zip' || parts.has(EPUB_CONTAINER)) {
      return readEpub(parts, flow)
    }
    if (!parts.has('[Content_Types].xml')) throw unreadKind('a zip file that is no document')
    return readOffice(parts, flow, readWithin)
  })
}

async function readOffice(parts: Package, flow: Flow, readWithin: ReadWithin): Promise<void> {
  const main = await findMainPart(parts)
  if (main === undefined) throw unreadKind('a package that is no office document')
  const { name, format } = main
  switch (format) {
    case 'docx':
      return readDocx(parts, name, flow, readWithin)
    case 'pptx':
      return readPptx(parts, name, flow)
    case 'xlsx':
      return readXlsx(parts, name, flow, readWithin.remark)
    case 'xlsb':
      throw unreadKind('a binary Excel workbook (.xlsb)', '.xlsx')
    case undefined:
      throw unreadKind('a package that is no office document')
  }
}
