import type { ReadBytes } from '../../../sources/open-file.ts'

/** A chunk of a PNG file (PNG specification, section 5.3). */
export interface PngChunk {
  readonly type: string
  /** Where its data starts in the file, in bytes. */
  readonly position: number
  /** How many bytes of data it has. */
  readonly length: number
}

const SIGNATURE_BYTES = 8
/** Length and type before the data. */
const HEAD_BYTES = 8
const CHECKSUM_BYTES = 4

/**
 * Walks through the chunks of a PNG file, from the first to IEND or to the end of what is there. ImageMagick puts Exif
 * data behind the picture, so a reader has to come by all of it.
 */
export function* walkPngChunks(read: ReadBytes): Generator<PngChunk> {
  let position = SIGNATURE_BYTES
  for (;;) {
    const head = read(position, HEAD_BYTES)
    if (head.length < HEAD_BYTES) return
    const length = head.readUInt32BE(0)
    const type = head.toString('latin1', 4, 8)
    yield { type, position: position + HEAD_BYTES, length }
    if (type === 'IEND') return
    position += HEAD_BYTES + length + CHECKSUM_BYTES
  }
}
