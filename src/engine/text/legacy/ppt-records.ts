import { corruptSource } from '../../../base/operation-error.ts'

/** A record of a presentation ([MS-PPT] 2.3.1), which may have others in it. */
export interface PptRecord {
  readonly type: number
  /** Tells records of one type apart. */
  readonly instance: number
  readonly isContainer: boolean
  readonly data: Buffer
}

const HEAD_BYTES = 8

/** The version of those that have others in them. */
const CONTAINER = 0xf

/** Presentations have some ten records within each other, unless shapes are in groups of groups. */
const MOST_DEPTH = 100

/**
 * Reads a record at a place.
 *
 * @throws {@link OperationError} or a `RangeError` when it leads out of what it is in
 */
export function readRecord(bytes: Buffer, at: number): PptRecord {
  const head = bytes.readUInt16LE(at)
  const start = at + HEAD_BYTES
  const end = start + bytes.readUInt32LE(at + 4)
  if (end > bytes.length) throw corruptSource('PPT')
  return {
    type: bytes.readUInt16LE(at + 2),
    instance: head >> 4,
    isContainer: (head & 0xf) === CONTAINER,
    data: bytes.subarray(start, end),
  }
}

/** Reads the records that follow each other. */
export function* readPptRecords(bytes: Buffer): Generator<PptRecord> {
  let at = 0
  while (at + HEAD_BYTES <= bytes.length) {
    const record = readRecord(bytes, at)
    yield record
    at += HEAD_BYTES + record.data.length
  }
}

/** Reads all records, each before those that are in it. */
export function* readPptTree(bytes: Buffer, depth = 0): Generator<PptRecord> {
  if (depth > MOST_DEPTH) throw corruptSource('PPT')
  for (const record of readPptRecords(bytes)) {
    yield record
    if (record.isContainer) yield* readPptTree(record.data, depth + 1)
  }
}
