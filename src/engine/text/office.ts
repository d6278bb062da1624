import { unreadKind } from '../../packages/document-errors.ts'
import { findMainPart } from '../../packages/opc.ts'
import { type Package, withPackage } from '../../packages/package.ts'
import { readDocx } from './docx.ts'
import { EPUB_CONTAINER, readEpub } from './epub.ts'
import type { Flow } from './flow.ts'
import { readOdf, readOdfTitle } from './odf.ts'
import { readPptx } from './pptx.ts'
import { readXlsx } from './xlsx.ts'

/** A media type is no longer, in characters. */
const MEDIA_TYPE_CHARACTERS = 255

/**
 * Writes the text of a document that is a zip file, whichever it is.
 *
 * @param source - its path or its bytes
 * @throws {@link OperationError} when it is no document, is encrypted or is too large, or
 *   when it is damaged
 */
export async function readPackage(
  source: string | Buffer,
  flow: Flow,
  password: string | undefined,
): Promise<void> {
  return withPackage(source, async (parts) => {
    const mediaType = await readMediaType(parts)
    const title = readOdfTitle(mediaType)
    if (title !== undefined) return readOdf(parts, { title, password }, flow)
    if (mediaType === 'application/epub+zip' || parts.has(EPUB_CONTAINER)) {
      return readEpub(parts, flow)
    }
    if (!parts.has('[Content_Types].xml')) throw unreadKind('a zip file that is no document')
    return readOffice(parts, flow)
  })
}

/** OpenDocument and EPUB files have a part that tells what they are. */
async function readMediaType(parts: Package): Promise<string> {
  if (!parts.has('mimetype')) return ''
  for await (const chunk of parts.read('mimetype')) {
    return chunk.toString('latin1', 0, MEDIA_TYPE_CHARACTERS).trim()
  }
  return ''
}

async function readOffice(parts: Package, flow: Flow): Promise<void> {
  const main = await findMainPart(parts)
  if (main === undefined) throw unreadKind('a package that is no office document')
  const { name, type } = main
  if (/wordprocessingml|ms-word/.test(type)) return readDocx(parts, name, flow)
  if (/presentationml|ms-powerpoint/.test(type)) return readPptx(parts, name, flow)
  if (/binary/.test(type)) {
    throw unreadKind('a binary Excel workbook (.xlsb)', '.xlsx')
  }
  if (/spreadsheetml|ms-excel/.test(type)) return readXlsx(parts, name, flow)
  throw unreadKind('a package that is no office document')
}
