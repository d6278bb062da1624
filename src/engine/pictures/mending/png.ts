import { deflateSync, inflateRawSync } from 'node:zlib'
import { corruptSource } from '../../../base/operation-error.ts'
import type { ReadBytes } from '../../../sources/open-file.ts'
import { walkPngChunks } from '../headers/header.ts'
import { pngChunk } from '../headers/png-chunk.ts'

/** The most that such a picture has when it is unpacked, in bytes: nobody makes larger ones for telephones. */
const MOST_BYTES = 512 * 1024 ** 2

const SIGNATURE_BYTES = 8

/**
 * Whether a PNG is one of those that Xcode rewrites for iOS: its first chunk is another one, its data have no header, its
 * colours begin with blue and are multiplied with what they cover (http://iphonedevwiki.net/index.php/CgBI_file_format).
 */
export function isForTelephones(read: ReadBytes): boolean {
  return read(SIGNATURE_BYTES + 4, 4).toString('latin1') === 'CgBI'
}

/**
 * Makes such a file a PNG, of which the order of colours is still another one.
 *
 * @throws {@link OperationError} source_corrupt when its data are none
 */
export function unpackForTelephones(read: ReadBytes): Buffer[] {
  const parts = [read(0, SIGNATURE_BYTES)]
  const data: Buffer[] = []
  for (const { type, position, length } of walkPngChunks(read)) {
    const content = read(position, length)
    if (type === 'IDAT') data.push(content)
    else if (type !== 'CgBI') {
      if (type === 'IEND') parts.push(pngChunk('IDAT', repack(Buffer.concat(data))))
      parts.push(pngChunk(type, content))
    }
  }
  return parts
}

function repack(data: Buffer): Buffer {
  try {
    return deflateSync(inflateRawSync(data, { maxOutputLength: MOST_BYTES }), { level: 1 })
  } catch (error) {
    throw corruptSource('PNG', { cause: error })
  }
}
