import { crc32 } from 'node:zlib'

/** A RAR of version 5 of files that are stored as they are (https://www.rarlab.com/technote.htm). */
export function rarOf(files: readonly { readonly name: string; readonly data: string }[]): Buffer {
  return Buffer.concat([
    Buffer.from('526172211a070100', 'hex'),
    block([1, 0, 0]),
    ...files.flatMap(({ name, data }) => {
      const path = Buffer.from(name)
      const bytes = Buffer.from(data)
      const crc = Buffer.alloc(4)
      crc.writeUInt32LE(crc32(bytes))
      // Has data behind it; has a checksum; stored; made on Unix.
      const fields = [2, 2, ...vint(bytes.length), 4, ...vint(bytes.length), ...vint(0o100644)]
      return [block([...fields, ...crc, 0, 1, ...vint(path.length), ...path]), bytes]
    }),
    block([5, 0, 0]),
  ])
}

/** A header with its checksum and length. */
function block(fields: readonly number[]): Buffer {
  const header = Buffer.from([...vint(fields.length), ...fields])
  const crc = Buffer.alloc(4)
  crc.writeUInt32LE(crc32(header))
  return Buffer.concat([crc, header])
}

/** Seven bits a byte, the lowest first. */
function vint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...vint(value >>> 7)]
}
