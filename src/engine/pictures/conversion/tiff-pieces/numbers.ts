import { halfToFloat } from '../half.ts'

/** How the numbers of samples are written. */
export interface NumberFormat {
  /** Bits a sample. */
  readonly bits: number
  readonly kind: 'unsigned' | 'signed' | 'float'
  readonly isLittle: boolean
}

/** Reads the sample at a place of a row, counted in samples, as a share of the greatest there is. */
export type ReadShare = (row: Buffer, index: number) => number

/** Whether samples of a format can be read. */
export function isReadable({ bits, kind }: NumberFormat): boolean {
  if (kind === 'float') return [16, 24, 32, 64].includes(bits)
  return bits <= 32 || bits === 64
}

/** Of whole numbers of 64 bits the higher half is read, which is as much as anybody sees. */
const COUNTED_BITS = 32

/** Makes what reads samples: whole numbers within the range of their type, others as they are. */
export function shareReader(format: NumberFormat): ReadShare {
  const { bits, kind } = format
  const read = numberReader(format)
  if (kind === 'float') return read
  const counted = Math.min(bits, COUNTED_BITS)
  const most = 2 ** counted - 1
  return kind === 'unsigned'
    ? (row, index) => read(row, index) / most
    : (row, index) => ((read(row, index) + 2 ** (counted - 1)) % 2 ** counted) / most
}

/** Makes what reads samples as they are, of which whole numbers count as such without a sign. */
export function numberReader({ bits, kind, isLittle }: NumberFormat): ReadShare {
  const bytes = bits / 8
  if (kind === 'float') return floatReader(bytes, isLittle)
  if (bits % 8 !== 0) return (row, index) => bitsOf(row, index * bits, bits)
  const [read, at] = [Math.min(bytes, COUNTED_BITS / 8), isLittle ? bytes - Math.min(bytes, 4) : 0]
  return isLittle
    ? (row, index) => row.readUIntLE(index * bytes + at, read)
    : (row, index) => row.readUIntBE(index * bytes + at, read)
}

function floatReader(bytes: number, isLittle: boolean): ReadShare {
  switch (bytes) {
    case 2:
      return isLittle
        ? (row, index) => halfToFloat(row.readUInt16LE(index * 2))
        : (row, index) => halfToFloat(row.readUInt16BE(index * 2))
    case 3:
      return isLittle
        ? (row, index) => floatOf24(row.readUIntLE(index * 3, 3))
        : (row, index) => floatOf24(row.readUIntBE(index * 3, 3))
    case 4:
      return isLittle
        ? (row, index) => row.readFloatLE(index * 4)
        : (row, index) => row.readFloatBE(index * 4)
    default:
      return isLittle
        ? (row, index) => row.readDoubleLE(index * 8)
        : (row, index) => row.readDoubleBE(index * 8)
  }
}

/** A number with a sign, 7 bits of exponent and 16 behind the point (Adobe Photoshop TIFF Technical Note 3). */
function floatOf24(bits: number): number {
  const sign = bits >= 2 ** 23 ? -1 : 1
  const exponent = (bits >> 16) & 0x7f
  const fraction = (bits & 0xffff) / 65_536
  return sign * (exponent === 0 ? fraction * 2 ** -62 : (1 + fraction) * 2 ** (exponent - 63))
}

/** Samples that are no bytes stand one behind the other, the highest bit first. */
function bitsOf(row: Buffer, start: number, count: number): number {
  let value = 0
  for (let bit = start; bit < start + count;) {
    const [within, left] = [8 - (bit & 7), start + count - bit]
    const taken = Math.min(within, left)
    const part = ((row[bit >> 3] ?? 0) >> (within - taken)) & (2 ** taken - 1)
    value = value * 2 ** taken + part
    bit += taken
  }
  return value
}
