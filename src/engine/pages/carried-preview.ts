import { findPackagePart } from '../../packages/opc.ts'
import { type Package, readWhole, withPackage } from '../../packages/package.ts'
import { isFormatId } from '../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { identifyContent } from '../../sources/identify.ts'

/** Where OpenDocument files have a picture of their first page (OpenDocument 1.2, part 3, 3.7). */
const OPEN_DOCUMENT_PREVIEW = 'Thumbnails/thumbnail.png'

/** More than any preview has, in bytes. */
const MAX_BYTES = 16_000_000

/**
 * Reads the picture of its first page that an office document may carry: OpenDocument files of LibreOffice do, those of
 * PowerPoint mostly, those of Word and Excel when they were saved with one.
 *
 * @param source - path or bytes of a file that is a zip file
 * @returns undefined when there is none, or one in a format that only Windows draws
 */
export function readCarriedPreview(source: string | Buffer): Promise<Buffer | undefined> {
  return withPackage(source, async (parts) => {
    const name = await findPreview(parts)
    if (name === undefined || !parts.has(name)) return undefined
    const picture = await readWhole(parts, name, MAX_BYTES)
    return picture !== undefined && (await isPicture(picture)) ? picture : undefined
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
