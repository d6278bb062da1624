import { writeFile } from 'node:fs/promises'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { describeSource } from './describe-source.ts'
import { wrapPacket } from './packet/packet.ts'
import { openEncrypted } from './sources/open-encrypted.ts'
import { findSourceKind } from './sources/source-kind.ts'
import { type Done, resultIn, type Tools } from './tools.ts'

/** A source to read. */
export interface XmpExtraction {
  readonly source: IdentifiedSource
  /** What opens an encrypted source. */
  readonly password?: string | undefined
}

/**
 * Writes {@link describeSource what a source says of itself} as one document of XMP.
 *
 * @throws {@link OperationError} when the source is damaged, or nothing that metadata are read from, or the password
 *   does not open it
 */
export async function extract(
  { source: given, password }: XmpExtraction,
  tools: Tools,
): Promise<Done> {
  const source = await openEncrypted(given, password, tools.folder)
  const kind = await findSourceKind(source)
  const job = { ...tools, kind, sourcePath: source.path, password }
  const { packet, mediaType, remarks } = await describeSource(job)
  await writeFile(resultIn(tools.folder), wrapPacket(packet))
  return { mediaType, remarks }
}
