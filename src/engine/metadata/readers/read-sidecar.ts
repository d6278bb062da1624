import { corruptSource } from '../../../base/operation-error.ts'
import { readPart } from '../../../sources/open-file.ts'
import { MOST_PACKET_BYTES, tryParsePacket } from '../packet/packet.ts'
import type { SourceMetadata } from './source-metadata.ts'

/**
 * Reads a packet that is a file of its own, as Lightroom and exporters write it beside a photo. What it says of the format and the
 * size of that photo is not true of the file.
 *
 * @throws {@link OperationError} when it is not well-formed
 */
export function readSidecar(path: string): SourceMetadata {
  const packet = tryParsePacket(readPart(path, 0, MOST_PACKET_BYTES + 1))
  if (packet === undefined) throw corruptSource('XMP')
  return { packet }
}
