import { isFrame, START_OF_SCAN, walkJpegSegments } from '../../../../sources/jpeg-segments.ts'
import type { Size } from '../../dimensions.ts'
import { damagedDicom } from './damaged.ts'

/** The markers of tables and restarts (ITU-T T.81, table B.1). */
const HUFFMAN = 0xc4
const RESTARTS = 0xdd

/** A picture of one sample a pixel. */
export interface LosslessPicture extends Size {
  readonly samples: Uint16Array
}

/** A table of codes: for each length how the codes of it begin, and the values in the order of their codes. */
interface CodeTable {
  readonly counts: readonly number[]
  readonly values: Buffer
}

/**
 * Decodes a JPEG of the lossless process with Huffman codes and one sample a pixel (ITU-T T.81, annex H), which scanners of
 * hospitals write and no library here reads.
 *
 * @param expected - the size that the picture must have, so that nothing larger is unpacked
 * @throws {@link OperationError} source_corrupt when it is damaged, or another JPEG than that
 */
export function decodeLosslessJpeg(jpeg: Buffer, expected: Size): LosslessPicture {
  const file = {
    size: jpeg.length,
    read: (at: number, length: number) => jpeg.subarray(at, at + length),
  }
  const tables = new Map<number, CodeTable>()
  let precision = 0
  let restarts = 0
  for (const segment of walkJpegSegments(file)) {
    const { marker, start, end } = segment
    const content = jpeg.subarray(start, end)
    if (marker === HUFFMAN) readTables(content, tables)
    else if (marker === RESTARTS) restarts = content.readUInt16BE(0)
    else if (isFrame(segment)) {
      precision = content.readUInt8(0)
      const size = { height: content.readUInt16BE(1), width: content.readUInt16BE(3) }
      const isExpected = size.width === expected.width && size.height === expected.height
      if (content.readUInt8(5) !== 1 || precision > 16 || !isExpected) throw damagedDicom()
    } else if (marker === START_OF_SCAN) {
      const table = tables.get(content.readUInt8(2) >> 4)
      if (table === undefined || precision === 0 || content.readUInt8(0) !== 1) throw damagedDicom()
      const predictor = content.readUInt8(3)
      const shift = content.readUInt8(5) & 15
      const bits = createBits(jpeg, end)
      const samples = decodeScan(bits, table, {
        ...expected,
        predictor,
        shift,
        precision,
        restarts,
      })
      return { ...expected, samples }
    }
  }
  throw damagedDicom()
}

function readTables(content: Buffer, tables: Map<number, CodeTable>): void {
  let at = 0
  while (at + 17 <= content.length) {
    const counts = [...content.subarray(at + 1, at + 17)]
    const total = counts.reduce((sum, count) => sum + count, 0)
    tables.set(content.readUInt8(at) & 15, {
      counts,
      values: content.subarray(at + 17, at + 17 + total),
    })
    at += 17 + total
  }
}

interface Bits {
  readonly bit: () => number
  /** Goes to the next byte, and behind the marker of a restart. */
  readonly restart: () => void
}

function createBits(jpeg: Buffer, start: number): Bits {
  let at = start
  let byte = 0
  let left = 0
  return {
    bit() {
      if (left === 0) {
        byte = jpeg[at] ?? 0
        // A zero behind such a byte says that it is no marker. What is missing at the end is told by what comes of it.
        if (byte === 0xff && jpeg[at + 1] !== 0) byte = 0
        else at += byte === 0xff ? 2 : 1
        if (at > jpeg.length + 64) throw damagedDicom()
        left = 8
      }
      left -= 1
      return (byte >> left) & 1
    },
    restart() {
      left = 0
      if (jpeg[at] === 0xff) at += 2
    },
  }
}

interface Scan extends Size {
  readonly predictor: number
  /** By how many bits all samples were shifted to the right. */
  readonly shift: number
  readonly precision: number
  /** After how many pixels it begins anew; 0 for never. */
  readonly restarts: number
}

function decodeScan(bits: Bits, table: CodeTable, scan: Scan): Uint16Array {
  const { width, height, predictor, shift, precision, restarts } = scan
  const samples = new Uint16Array(width * height)
  const middle = 2 ** (precision - shift - 1)
  let begin = 0
  for (let at = 0; at < samples.length; at++) {
    if (restarts > 0 && at > 0 && at % restarts === 0) {
      bits.restart()
      begin = at
    }
    const x = at % width
    const before = at - begin
    const predicted =
      before === 0
        ? middle
        : before < width || at < width
          ? (samples[x === 0 ? at - width : at - 1] ?? middle)
          : x === 0
            ? (samples[at - width] ?? 0)
            : predict(
                predictor,
                samples[at - 1] ?? 0,
                samples[at - width] ?? 0,
                samples[at - width - 1] ?? 0,
              )
    samples[at] = predicted + readDifference(bits, table)
  }
  if (shift > 0) for (const [at, sample] of samples.entries()) samples[at] = sample << shift
  return samples
}

/** ITU-T T.81, table H.1. */
function predict(predictor: number, left: number, above: number, corner: number): number {
  switch (predictor) {
    case 1:
      return left
    case 2:
      return above
    case 3:
      return corner
    case 4:
      return left + above - corner
    case 5:
      return left + ((above - corner) >> 1)
    case 6:
      return above + ((left - corner) >> 1)
    case 7:
      return (left + above) >> 1
    default:
      throw damagedDicom()
  }
}

/** A code says how many bits of the difference follow; those of a negative one begin with 0. */
function readDifference({ bit }: Bits, { counts, values }: CodeTable): number {
  let code = 0
  let first = 0
  let index = 0
  for (const count of counts) {
    code = code * 2 + bit()
    if (code - first < count) return readBits(bit, values[index + code - first] ?? 0)
    index += count
    first = (first + count) * 2
  }
  throw damagedDicom()
}

function readBits(bit: () => number, length: number): number {
  if (length === 0) return 0
  if (length === 16) return 32_768
  if (length > 16) throw damagedDicom()
  let value = 0
  for (let left = length; left > 0; left--) value = value * 2 + bit()
  return value < 2 ** (length - 1) ? value - 2 ** length + 1 : value
}
