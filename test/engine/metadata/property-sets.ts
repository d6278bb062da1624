/** Writes a stream of one set of properties: values by their numbers, with their types ([MS-OLEPS] 2.21). */
export function propertySet(properties: readonly (readonly [id: number, value: Buffer])[]): Buffer {
  const head = Buffer.alloc(48)
  head.writeUInt16LE(0xfffe, 0)
  head.writeUInt32LE(1, 24)
  head.writeUInt32LE(48, 44)
  const table = Buffer.alloc(8 + properties.length * 8)
  table.writeUInt32LE(properties.length, 4)
  let at = table.length
  for (const [index, [id, value]] of properties.entries()) {
    table.writeUInt32LE(id, 8 + index * 8)
    table.writeUInt32LE(at, 12 + index * 8)
    at += value.length
  }
  table.writeUInt32LE(at, 0)
  return Buffer.concat([head, table, ...properties.map(([, value]) => value)])
}

export function codePage(number: number): Buffer {
  const value = Buffer.from('0200000000000000', 'hex')
  value.writeUInt16LE(number, 4)
  return value
}

export function long(number: number): Buffer {
  const value = Buffer.from('0300000000000000', 'hex')
  value.writeInt32LE(number, 4)
  return value
}

/** A text of bytes, in whatever code page. */
export function narrowText(text: string): Buffer {
  const bytes = Buffer.from(`${text}\0`, 'latin1')
  const head = Buffer.from('1e00000000000000', 'hex')
  head.writeUInt32LE(bytes.length, 4)
  return Buffer.concat([head, bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
}

/** @param date - undefined for none, which is written as 0 */
export function fileTime(date: string | undefined): Buffer {
  const value = Buffer.from('400000000000000000000000', 'hex')
  const ms = date === undefined ? undefined : BigInt(Date.parse(date))
  value.writeBigUInt64LE(ms === undefined ? 0n : (ms + 11_644_473_600_000n) * 10_000n, 4)
  return value
}
