import { OperationError } from '../../base/operation-error.ts'
import { identifyPackage } from '../../packages/package-format.ts'
import { type IdentifiedSource, identifySource } from '../../sources/identify.ts'
import type { JobSource } from '../operation.ts'

/** The files that are shown as pages. */
export const DOCUMENT_KINDS = [
  'html',
  'xhtml',
  'markdown',
  'svg',
  'epub',
  'zip',
  'docx',
  'xlsx',
  'ods',
  'csv',
  'text',
] as const

/** A kind of {@link DOCUMENT_KINDS}. */
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** What a source is by its content.
 *
 * @throws {@link OperationError} source_no_picture when it is nothing that can be shown as a page
 */
export async function documentKindOf({ path, name, mediaType }: JobSource): Promise<DocumentKind> {
  const identified = await identifySource(path, { name, mimetype: mediaType })
  const found = await identify(identified)
  const kind = DOCUMENT_KINDS.find((each) => each === found)
  if (kind === undefined) throw new OperationError('source_no_picture', { taken: TAKEN })
  return kind
}

const TAKEN = ['HTML', 'Markdown', 'EPUB', 'SVG', 'a ZIP of a site', 'DOCX', 'XLSX', 'ODS', 'CSV']

async function identify({ path, content }: IdentifiedSource): Promise<string | undefined> {
  if (content !== 'package') return content
  // What is no document is an archive of files.
  return (await identifyPackage(path)) ?? 'zip'
}
