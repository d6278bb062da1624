import { crc32 } from 'node:zlib'

/** A file of a ZIP as it says of itself. */
interface ToldFile {
  /** In bytes, when it does not say in which encoding. */
  readonly name: string | Buffer
  readonly data: string
  /** As POSIX has it. */
  readonly mode: number
  /** In bytes, when it is not the truth. */
  readonly size?: number
}

/** A ZIP of files that are stored as they are; it says what it is told to. */
export function zipOf(files: readonly ToldFile[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data, mode, size } of files) {
    const path = typeof name === 'string' ? Buffer.from(name) : name
    const bytes = Buffer.from(data)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    if (typeof name === 'string') fields.writeUInt16LE(0x800, 2)
    fields.writeUInt16LE(0x21, 8)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(bytes.length, 14)
    fields.writeUInt32LE(size ?? bytes.length, 18)
    fields.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, path, bytes])
    const more = Buffer.alloc(14)
    more.writeUInt32LE((mode << 16) >>> 0, 6)
    more.writeUInt32LE(offset, 10)
    // Made on Unix, so that there is a mode.
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), fields, more, path)
    locals.push(local)
    offset += local.length
  }
  const table = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(table.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, table, Buffer.from('PK\x05\x06'), end])
}
