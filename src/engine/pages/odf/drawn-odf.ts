import { readMediaType } from '../../../packages/package-format.ts'
import type { Package } from '../../../packages/package.ts'

const PREFIX = 'application/vnd.oasis.opendocument.'

/** The kinds of OpenDocument whose pages are drawn as they look, by the media type of a package. */
export type DrawnOdf = 'odt' | 'ods' | 'odp'

/** Tells which kind of OpenDocument a package is; undefined for those of which only the text is drawn. */
export async function readDrawnOdf(parts: Package): Promise<DrawnOdf | undefined> {
  const mediaType = await readMediaType(parts)
  if (!mediaType.startsWith(PREFIX)) return undefined
  const kind = mediaType.slice(PREFIX.length)
  if (kind.startsWith('text')) return 'odt'
  if (kind.startsWith('spreadsheet')) return 'ods'
  return /^(presentation|graphics)/.test(kind) ? 'odp' : undefined
}
