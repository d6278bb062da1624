/** A field of a directory that is to be written, its numbers with the lowest byte first. */
export interface TiffValue {
  readonly tag: number
  /** As TIFF numbers them. */
  readonly type: number
  readonly count: number
  readonly bytes: Uint8Array
}

const ENTRY_BYTES = 12

/**
 * Writes a directory of a TIFF file (TIFF 6.0, section 2) that none follows, and behind it the values that do not fit into it;
 * its length is even.
 *
 * @param start - where in the file it begins
 */
export function directoryOf(start: number, fields: readonly TiffValue[]): Buffer {
  const sorted = fields.toSorted((one, other) => one.tag - other.tag)
  const directory = Buffer.alloc(2 + sorted.length * ENTRY_BYTES + 4)
  directory.writeUInt16LE(sorted.length)
  const values: Uint8Array[] = []
  let end = start + directory.length
  for (const [index, { tag, type, count, bytes }] of sorted.entries()) {
    const at = 2 + index * ENTRY_BYTES
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(type, at + 2)
    directory.writeUInt32LE(count, at + 4)
    if (bytes.length <= 4) {
      directory.set(bytes, at + 8)
    } else {
      directory.writeUInt32LE(end, at + 8)
      // Values begin at even places.
      const padding = bytes.length % 2
      values.push(bytes, Buffer.alloc(padding))
      end += bytes.length + padding
    }
  }
  return Buffer.concat([directory, ...values])
}
