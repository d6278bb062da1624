/** The resources of Photoshop that are asked for here, by their numbers (Photoshop File Formats, "Image Resource IDs"). */
export const RESOURCES = { iptc: 0x0404, exif: 0x0422, xmp: 0x0424 } as const

const MARK = '8BIM'

/**
 * Finds a resource of Photoshop, of which PSD files and some segments of JPEGs have several behind each other.
 *
 * @returns undefined when there is none of it
 */
export function findResource(bytes: Buffer, id: number): Buffer | undefined {
  for (let at = bytes.indexOf(MARK); at !== -1 && at + 8 <= bytes.length;) {
    if (bytes.toString('latin1', at, at + 4) !== MARK) return undefined
    const nameBytes = 1 + (bytes[at + 6] ?? 0)
    const lengthAt = at + 6 + nameBytes + (nameBytes % 2)
    if (lengthAt + 4 > bytes.length) return undefined
    const length = bytes.readUInt32BE(lengthAt)
    const start = lengthAt + 4
    if (start + length > bytes.length) return undefined
    if (bytes.readUInt16BE(at + 4) === id) return bytes.subarray(start, start + length)
    at = start + length + (length % 2)
  }
  return undefined
}

/** Writes a resource that has no name. */
export function resourceOf(id: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(12)
  head.write(MARK, 'latin1')
  head.writeUInt16BE(id, 4)
  head.writeUInt32BE(content.length, 8)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

/** The first bytes of every dataset of the IPTC, of which those of records 1 and 2 are about a picture. */
const DATASET = 0x1c

/** Whether bytes are datasets of the IPTC. */
export function isIptc(bytes: Uint8Array): boolean {
  return bytes.length > 5 && bytes[0] === DATASET
}
