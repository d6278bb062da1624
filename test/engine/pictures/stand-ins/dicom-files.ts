import { deflateRawSync } from 'node:zlib'

/** A value of an element: letters, a number of 16 bits, or bytes. */
type Value = string | number | Buffer

/** An element by its tag, and the type of its value. */
export type Element = readonly [tag: number, type: string, value: Value]

/** What a DICOM file is like; the picture is 16 samples wide and 12 high. */
export interface DicomFile {
  readonly transferSyntax?: string
  /** In the order of their tags, of those that are not about the size of the picture. */
  readonly elements?: readonly Element[]
  readonly photometric?: string
  readonly allocated?: number
  readonly stored?: number
  readonly signed?: boolean
  readonly samples?: 1 | 3
  readonly planar?: boolean
  readonly pixels: Buffer
  /** Pieces of frames that are compressed, in place of the pixels as they are. */
  readonly pieces?: readonly Buffer[]
}

export const WIDTH = 16
export const HEIGHT = 12

const EXPLICIT = '1.2.840.10008.1.2.1'
const LONG_TYPES = new Set(['OB', 'OW', 'SQ', 'UN'])

/** Writes a DICOM file of one picture. */
export function dicomOf(file: DicomFile): Buffer {
  const { transferSyntax = EXPLICIT, samples = 1, allocated = 16, pieces } = file
  const stored = file.stored ?? allocated
  const isBig = transferSyntax === '1.2.840.10008.1.2.2'
  const isImplicit = transferSyntax === '1.2.840.10008.1.2'
  const meta = write([[0x0002_0010, 'UI', transferSyntax]], { isBig: false, isImplicit: false })
  const facts: Element[] = [
    [0x0010_0010, 'PN', 'Doe^Jane'],
    [0x0028_0002, 'US', samples],
    [0x0028_0004, 'CS', file.photometric ?? (samples === 3 ? 'RGB' : 'MONOCHROME2')],
    ...(samples === 3 ? [[0x0028_0006, 'US', file.planar === true ? 1 : 0] as const] : []),
    [0x0028_0010, 'US', HEIGHT],
    [0x0028_0011, 'US', WIDTH],
    [0x0028_0100, 'US', allocated],
    [0x0028_0101, 'US', stored],
    [0x0028_0102, 'US', stored - 1],
    [0x0028_0103, 'US', file.signed === true ? 1 : 0],
    ...(file.elements ?? []),
  ]
  const head = write(facts, { isBig, isImplicit })
  const pixels =
    pieces === undefined
      ? write([[0x7fe0_0010, 'OW', file.pixels]], { isBig, isImplicit })
      : Buffer.concat([
          Buffer.from('e07f10004f420000ffffffff', 'hex'),
          ...[Buffer.alloc(0), ...pieces].map((piece) =>
            Buffer.concat([Buffer.from('feff00e0', 'hex'), longOf(piece.length, false), piece]),
          ),
          Buffer.from('feffdde000000000', 'hex'),
        ])
  const body = Buffer.concat([head, pixels])
  const isDeflated = transferSyntax === '1.2.840.10008.1.2.1.99'
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    meta,
    isDeflated ? deflateRawSync(body) : body,
  ])
}

interface Form {
  readonly isBig: boolean
  readonly isImplicit: boolean
}

function write(elements: readonly Element[], { isBig, isImplicit }: Form): Buffer {
  return Buffer.concat(
    elements.flatMap(([tag, type, value]) => {
      const bytes = bytesOf(value, isBig)
      const number = [tag >>> 16, tag & 0xffff].map((each) => shortOf(each, isBig))
      if (isImplicit) return [...number, longOf(bytes.length, isBig), bytes]
      const head = LONG_TYPES.has(type)
        ? [Buffer.from(`${type}\0\0`), longOf(bytes.length, isBig)]
        : [Buffer.from(type), shortOf(bytes.length, isBig)]
      return [...number, ...head, bytes]
    }),
  )
}

function bytesOf(value: Value, isBig: boolean): Buffer {
  if (typeof value === 'number') return shortOf(value, isBig)
  const bytes = Buffer.from(value)
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(' ')])
}

function shortOf(value: number, isBig: boolean): Buffer {
  const bytes = Buffer.alloc(2)
  if (isBig) bytes.writeUInt16BE(value & 0xffff)
  else bytes.writeUInt16LE(value & 0xffff)
  return bytes
}

function longOf(value: number, isBig: boolean): Buffer {
  const bytes = Buffer.alloc(4)
  if (isBig) bytes.writeUInt32BE(value)
  else bytes.writeUInt32LE(value)
  return bytes
}

/** Samples of 16 bits, one after the other. */
export function words(values: readonly number[], isBig = false): Buffer {
  return Buffer.concat(values.map((value) => shortOf(value, isBig)))
}

/** What a picture has at each of its places. */
export function samplesOf<Sample>(valueAt: (x: number, y: number) => Sample): Sample[] {
  return Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
    valueAt(at % WIDTH, Math.floor(at / WIDTH)),
  )
}

/** Segments of bytes as they are, as the run lengths of DICOM have them. */
export function runLengthsOf(...segments: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(64)
  header.writeUInt32LE(segments.length)
  const packed = segments.map((segment) =>
    Buffer.concat(
      Array.from({ length: Math.ceil(segment.length / 128) }, (_, index) => {
        const piece = segment.subarray(index * 128, index * 128 + 128)
        return Buffer.concat([Buffer.from([piece.length - 1]), piece])
      }),
    ),
  )
  let at = 64
  for (const [index, segment] of packed.entries()) {
    header.writeUInt32LE(at, 4 + index * 4)
    at += segment.length
  }
  return Buffer.concat([header, ...packed])
}

/**
 * A lossless JPEG of 16 × 12 samples of 12 bits that each are 16 times their column and 5 times their row, by dcmcjpeg of DCMTK
 * 3.6.7 (`+e1`).
 */
export const LOSSLESS_JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAMABABAREA/8QAFgABAQEAAAAAAAAAAAAAAAAABQMQ/9oACAEBAAEAAMgggggggggggggghVBBBBBBBBBBBBBBCqCCCCCCCCCCCCCCFUEEEEEEEEEEEEEEKoIIIIIIIIIIIIIIVQQQQQQQQQQQQQQQqgggggggggggggghVBBBBBBBBBBBBBBCqCCCCCCCCCCCCCCFUEEEEEEEEEEEEEEKoIIIIIIIIIIIIIIVQQQQQQQQQQQQQQQ//9k=',
  'base64',
)

/** Codestreams without loss that OpenJPEG has written: 200 more each column in 12 bits. */
export const GREY_JPEG_2000 = Buffer.from(
  '/0//UQApAAAAAAAQAAAADAAAAAAAAAAAAAAAEAAAAAwAAAAAAAAAAAABCwEB/1IADAAAAAEAAgQEAAH/XAAKQGBoaHBoaHD/' +
    'ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAAzAAH/k9/gOAlOucPLZOpEgJjwuY8dwfmC' +
    'gBvtfgG1wPwBwDac/RWZMh//2Q==',
  'base64',
)

/** Likewise, from -1000 on in 16 bits with a sign. */
export const SIGNED_JPEG_2000 = Buffer.from(
  '/0//UQApAAAAAAAQAAAADAAAAAAAAAAAAAAAEAAAAAwAAAAAAAAAAAABjwEB/1IADAAAAAEAAgQEAAH/XAAKQICIiJCIiJD/' +
    'ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAAA2AAH/k8D+RAAb1r6JJkZxUhgsB5nWcSgA' +
    'wB+YKBvtfgG1wA/AHDac/RWZMh//2Q==',
  'base64',
)

/** Likewise, two colours side by side. */
export const COLOURED_JPEG_2000 = Buffer.from(
  '/0//UQAvAAAAAAAQAAAADAAAAAAAAAAAAAAAEAAAAAwAAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEBAQQEAAH/XAAHQEBI' +
    'SFD/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjD/kAAKAAAAAACYAAH/k8fUQBFQVKhXUAYEEuvz6fXT' +
    'B223DDCiMQG4phc3EEqAwK6f34DwJzUM19diKqUlE62FEORdfMBQhKSyCom0n9VALuJH34EgFABKd3j4axiZQlXnACJM7Cso' +
    'BH1U3Rh+nucCaiKQG4phc3GbwHwiACFt2r/H2g4AIW3LwUcK78faEAAiGd0FpcT4R//Z',
  'base64',
)
