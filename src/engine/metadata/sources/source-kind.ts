import { extname } from 'node:path'
import { OperationError } from '../../../base/operation-error.ts'
import { readLegacy } from '../../../packages/compound.ts'
import { identifyPackage } from '../../../packages/package-format.ts'
import type { FormatId } from '../../../sources/formats.ts'
import type { IdentifiedSource } from '../../../sources/identify.ts'
import { kindOf, type SourceKind, TITLES } from './kinds.ts'

/**
 * Tells how the metadata of a source are read.
 *
 * @throws {@link OperationError} when the file is empty, a damaged package, or none that metadata are read from
 */
export async function findSourceKind(source: IdentifiedSource): Promise<SourceKind> {
  if (source.start.length === 0) throw new OperationError('source_empty', {})
  const format = await formatOf(source)
  const kind = format && kindOf(format)
  if (kind) return kind
  throw new OperationError('source_no_metadata', { taken: TITLES })
}

async function formatOf({ content, path }: IdentifiedSource): Promise<FormatId | undefined> {
  if (content === 'package') return identifyPackage(path)
  if (content === 'compound') return readLegacy(path)?.id
  // Nothing in its content tells a table from another text.
  return content === 'text' && extname(path).toLowerCase() === '.csv' ? 'csv' : content
}
