import { existsSync } from 'node:fs'
import type { Source } from '@adobe/asset-compute-sdk'
import { RenditionError } from './rendition-error.ts'

/**
 * The file of a source.
 *
 * @param what - what cannot be made without it, such as "An image rendition"
 * @throws {@link RenditionError} SourceUnsupported when the request has no source, SourceCorrupt when that is empty
 */
export function requireSource(source: Source | undefined, what: string): string {
  if (source === undefined) {
    throw new RenditionError('SourceUnsupported', `${what} needs a source; the request has none.`)
  }
  // The SDK fails a download that fails, but makes no file of one that brings no bytes.
  if (!existsSync(source.path))
    throw new RenditionError('SourceCorrupt', 'The source file is empty.')
  return source.path
}
