/** Reads numbers of Intel's order one after the other, from within a record. */
export interface RecordReader {
  readonly bytes: Buffer
  /** How many bytes have been read. */
  readonly at: () => number
  readonly skip: (bytes: number) => void
  readonly short: () => number
  readonly word: () => number
  readonly long: () => number
  readonly double: () => number
  readonly float: () => number
}

/**
 * Reads a record, which may end before what is looked for.
 *
 * @throws {RangeError} from its functions, when it does
 */
export function readRecord(bytes: Buffer, from = 0): RecordReader {
  let at = from
  const take = (length: number): number => {
    at += length
    return at - length
  }
  return {
    bytes,
    at: () => at,
    skip: take,
    short: () => bytes.readInt16LE(take(2)),
    word: () => bytes.readUInt16LE(take(2)),
    long: () => bytes.readInt32LE(take(4)),
    double: () => bytes.readUInt32LE(take(4)),
    float: () => bytes.readFloatLE(take(4)),
  }
}
