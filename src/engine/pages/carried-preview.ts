import { findMainPart, findPackagePart } from '../../packages/opc.ts'
import { type Package, readWhole, withPackage } from '../../packages/package.ts'
import { isFormatId } from '../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { identifyContent } from '../../sources/identify.ts'
import { readDrawnOdf } from './odf/drawn-odf.ts'
import { isDrawn } from './page-tools.ts'

/** Where OpenDocument files have a picture of their first page (OpenDocument 1.2, part 3, 3.7). */
const OPEN_DOCUMENT_PREVIEW = 'Thumbnails/thumbnail.png'

/** More than any preview has, in bytes. */
const MAX_BYTES = 16_000_000

/** A picture of the first page of a document, in one of the formats that pictures are made of, or as a PDF. */
export interface CarriedPreview {
  readonly picture: Buffer
  /** Whether it is of a document whose pages can be drawn as they look. */
  readonly isDrawn: boolean
}

/**
 * Reads the picture of its first page that an office document may carry: OpenDocument files of LibreOffice do, those of
 * PowerPoint mostly, those of Word and Excel when they were saved with one.
 *
 * @param source - path or bytes of a file that is a zip file
 * @returns undefined when there is none, or one in a format that only Windows draws
 */
export function readCarriedPreview(source: string | Buffer): Promise<CarriedPreview | undefined> {
  return withPackage(source, async (parts) => {
    const name = await findPreview(parts)
    if (name === undefined || !parts.has(name)) return undefined
    const picture = await readWhole(parts, name, MAX_BYTES)
    if (picture === undefined || !(await isPicture(picture))) return undefined
    const isOffice = parts.has('[Content_Types].xml')
    const main = isOffice ? await findMainPart(parts) : undefined
    const isDrawnOdf = (await readDrawnOdf(parts)) !== undefined
    return { picture, isDrawn: isDrawnOdf || isDrawn(main?.format) }
  })
}

/** Whether it is of a format that pictures are made of. */
async function isPicture(bytes: Buffer): Promise<boolean> {
  const content = await identifyContent(bytes)
  return (
    content === 'pdf' ||
    (content !== undefined && isFormatId(content) && KNOWN_FORMATS[content].group === 'picture')
  )
}

async function findPreview(parts: Package): Promise<string | undefined> {
  if (parts.has(OPEN_DOCUMENT_PREVIEW)) return OPEN_DOCUMENT_PREVIEW
  // ECMA-376, part 2, annex E.
  return findPackagePart(parts, 'thumbnail')
}
