import type { Hints } from '../../sources/format-lookup.ts'
import { type IdentifiedSource, identifySource } from '../../sources/identify.ts'
import { findSourceFormat } from './source-formats.ts'

/**
 * Tells what a source is as {@link identifySource} does, and of packages which of them are documents that pictures are made of:
 * those of programs that draw, which have a picture in them.
 *
 * @throws {@link OperationError} source_unreadable when there is no such file
 */
export async function identifyPicture(path: string, hints?: Hints): Promise<IdentifiedSource> {
  const source = await identifySource(path, hints)
  if (source.content !== 'package') return source
  // Loaded only now, with what reads packages.
  const { identifyPackage } = await import('../../packages/package-format.ts')
  // Whoever reads a damaged one says more.
  const format = await identifyPackage(path).catch(() => undefined)
  return findSourceFormat(format) === undefined ? source : { ...source, content: format }
}
