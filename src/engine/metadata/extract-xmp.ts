import { writeFile } from 'node:fs/promises'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { describeSource } from './describe-source.ts'
import { wrapPacket } from './packet/packet.ts'
import { findSourceKind } from './sources/source-kind.ts'
import { resultIn, type Tools } from './tools.ts'

/** A source to read. */
export interface XmpExtraction {
  readonly source: IdentifiedSource
}

/**
 * Writes {@link describeSource what a source says of itself} as one document of XMP.
 *
 * @throws {@link OperationError} when the source is damaged, or nothing that metadata are read from
 */
export async function extract(
  { source }: XmpExtraction,
  tools: Tools,
): Promise<{ mediaType: string }> {
  const kind = await findSourceKind(source)
  const { packet, mediaType } = await describeSource({ ...tools, kind, sourcePath: source.path })
  await writeFile(resultIn(tools.folder), wrapPacket(packet))
  return { mediaType }
}
