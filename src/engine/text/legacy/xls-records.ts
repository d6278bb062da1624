/** A record of a workbook, and where the next one is. */
export interface XlsRecord {
  readonly type: number
  readonly data: Buffer
  readonly next: number
}

const HEAD_BYTES = 4
const CONTINUE = 0x3c

/** Between these records is all of a workbook, or of a sheet; what lies on a sheet may have them as well ([MS-XLS] 2.4.21). */
export const XLS_BEGIN = 0x809
export const XLS_END = 0x0a

/** Reads the records of a stream from a place on ([MS-XLS] 2.1.4). What is cut off at the end is no record. */
export function* readRecords(stream: Buffer, start: number): Generator<XlsRecord> {
  let at = start
  while (at + HEAD_BYTES <= stream.length) {
    const next = at + HEAD_BYTES + stream.readUInt16LE(at + 2)
    if (next > stream.length) return
    yield { type: stream.readUInt16LE(at), data: stream.subarray(at + HEAD_BYTES, next), next }
    at = next
  }
}

/** The data of a record, and of those that continue it. */
export function withContinued(stream: Buffer, { data, next }: XlsRecord): Buffer[] {
  const parts = [data]
  for (const record of readRecords(stream, next)) {
    if (record.type !== CONTINUE) break
    parts.push(record.data)
  }
  return parts
}
