import { type FormatId, KNOWN_FORMATS } from '../sources/formats.ts'
import { readArchive } from './read-parts.ts'

/** Office documents by their main part. */
const BY_PART: Readonly<Record<string, FormatId>> = {
  'word/document.xml': 'docx',
  'ppt/presentation.xml': 'pptx',
  'xl/workbook.xml': 'xlsx',
  'xl/workbook.bin': 'xlsb',
}

/** Formats whose packages name their media type. */
const NAMED = ['odt', 'ods', 'odp', 'odg', 'epub'] as const

/**
 * Tells what a package is by its parts.
 *
 * @returns undefined when it is no document
 * @throws {@link RenditionError} when it is damaged
 */
export async function identifyPackage(path: string): Promise<FormatId | undefined> {
  const parts = await readArchive(path, ['mimetype'])
  const named = parts.contents.get('mimetype')?.toString('latin1').trim() ?? ''
  // A template has the suffix, and is of the same kind for whoever reads it.
  const mediaType = named.replace(/-template$/, '')
  const main = parts.names.find((name) => Object.hasOwn(BY_PART, name))
  return (
    NAMED.find((id) => KNOWN_FORMATS[id].mediaType === mediaType) ??
    (main === undefined ? undefined : BY_PART[main])
  )
}
