import { inflateRawSync } from 'node:zlib'
import type { ReadableFile, ReadBytes } from '../../../../sources/open-file.ts'
import { damagedDicom } from './damaged.ts'

/** More elements than any file has that is not made to keep its reader busy. */
const MOST_ELEMENTS = 200_000

/** The most that a deflated file may hold, in bytes. */
const MOST_INFLATED_BYTES = 350_000_000

/** As much is read of a value that is no picture, in bytes: a palette has 128 KB. */
const MOST_VALUE_BYTES = 1_000_000

/** Behind what anybody may write there and four letters (PS3.10, 7.1). */
const META_START = 132

/** How elements are written where nothing else is said. */
const IMPLICIT = '1.2.840.10008.1.2'
const BIG_ENDIAN = '1.2.840.10008.1.2.2'
const DEFLATED = '1.2.840.10008.1.2.1.99'

/** Tags as one number, of group and element. */
export const TAGS = {
  transferSyntax: 0x0002_0010,
  samples: 0x0028_0002,
  photometric: 0x0028_0004,
  planar: 0x0028_0006,
  frames: 0x0028_0008,
  rows: 0x0028_0010,
  columns: 0x0028_0011,
  bitsAllocated: 0x0028_0100,
  bitsStored: 0x0028_0101,
  highBit: 0x0028_0102,
  signed: 0x0028_0103,
  padding: 0x0028_0120,
  windowCentre: 0x0028_1050,
  windowWidth: 0x0028_1051,
  intercept: 0x0028_1052,
  slope: 0x0028_1053,
  windowFunction: 0x0028_1056,
  redDescriptor: 0x0028_1101,
  greenDescriptor: 0x0028_1102,
  blueDescriptor: 0x0028_1103,
  red: 0x0028_1201,
  green: 0x0028_1202,
  blue: 0x0028_1203,
  pixels: 0x7fe0_0010,
} as const

const SOUGHT: ReadonlySet<number> = new Set(Object.values(TAGS))

const ITEM = 0xfffe_e000
const ITEM_END = 0xfffe_e00d
const SEQUENCE_END = 0xfffe_e0dd

/** The length of what ends with a mark of its own. */
const UNTOLD = 0xffff_ffff

/** Types of values of which the length has four bytes, behind two that are reserved (PS3.5, table 7.1-1). */
const LONG_TYPES = new Set([
  'OB',
  'OD',
  'OF',
  'OL',
  'OV',
  'OW',
  'SQ',
  'SV',
  'UC',
  'UN',
  'UR',
  'UT',
  'UV',
])

/** Where the pixels of a file are. */
export interface PixelData {
  readonly read: ReadBytes
  readonly start: number
  /** In bytes; undefined when they are in pieces, each compressed by itself (PS3.5, A.4). */
  readonly length: number | undefined
  /** Where the last piece ends at the latest. */
  readonly end: number
}

/** What a DICOM file says of its pixels, and where they are. */
export interface DataSet {
  readonly transferSyntax: string
  readonly isBigEndian: boolean
  readonly pixels: PixelData | undefined
  /** A whole number in binary; undefined when it is not there. */
  readonly number: (tag: number) => number | undefined
  /** Numbers in letters, the first of several. */
  readonly decimal: (tag: number) => number | undefined
  readonly text: (tag: number) => string
  /** Numbers of 16 bits. */
  readonly words: (tag: number) => number[]
}

interface Element {
  readonly tag: number
  readonly type: string
  readonly length: number
  /** Where its value begins. */
  readonly start: number
}

/**
 * Reads the elements of a DICOM file that are about its picture (PS3.5, 7, and PS3.10, 7).
 *
 * @throws {@link OperationError} source_corrupt when it is damaged
 */
export function readDataSet(file: ReadableFile): DataSet {
  const values = new Map<number, Buffer>()
  const { at, transferSyntax } = readMeta(file)
  const isBigEndian = transferSyntax === BIG_ENDIAN
  const body = transferSyntax === DEFLATED ? inflate(file, at) : { ...file, at }
  const form = { isImplicit: transferSyntax === IMPLICIT, isBigEndian }
  let pixels: PixelData | undefined
  for (const element of walk(body, form)) {
    const { tag, start, length } = element
    if (tag === TAGS.pixels) {
      const told = length === UNTOLD ? undefined : length
      pixels = { read: body.read, start, length: told, end: body.size }
    } else if (SOUGHT.has(tag) && length <= MOST_VALUE_BYTES && !values.has(tag)) {
      values.set(tag, body.read(start, length))
    }
  }
  const shortAt = (bytes: Buffer, place: number): number =>
    isBigEndian ? bytes.readUInt16BE(place) : bytes.readUInt16LE(place)
  const words = (tag: number): number[] => {
    const bytes = values.get(tag) ?? Buffer.alloc(0)
    return Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) =>
      shortAt(bytes, index * 2),
    )
  }
  const text = (tag: number): string =>
    (values.get(tag) ?? Buffer.alloc(0)).toString('latin1').replaceAll('\0', '').trim()
  return {
    transferSyntax,
    isBigEndian,
    pixels,
    number: (tag) => words(tag)[0],
    decimal(tag) {
      const [first = ''] = text(tag).split('\\')
      const value = Number.parseFloat(first)
      return Number.isFinite(value) ? value : undefined
    },
    text,
    words,
  }
}

/** The elements before the data set, which are always written in the same way. */
function readMeta(file: ReadableFile): {
  readonly at: number
  readonly transferSyntax: string
} {
  let at = META_START
  let transferSyntax = IMPLICIT
  for (;;) {
    const element = readElement({ ...file, at }, { isImplicit: false, isBigEndian: false })
    if (element === undefined || element.tag >= 0x0003_0000) return { at, transferSyntax }
    const { tag, start, length } = element
    if (tag === TAGS.transferSyntax) {
      transferSyntax = file
        .read(start, Math.min(length, 64))
        .toString('latin1')
        .replaceAll(/[\0 ]/g, '')
    }
    at = start + length
  }
}

interface Body extends ReadableFile {
  readonly at: number
}

function inflate({ read, size }: ReadableFile, at: number): Body {
  let bytes: Buffer
  try {
    bytes = inflateRawSync(read(at, Math.min(size - at, MOST_INFLATED_BYTES)), {
      maxOutputLength: MOST_INFLATED_BYTES,
    })
  } catch (error) {
    throw damagedDicom({ cause: error })
  }
  return {
    at: 0,
    size: bytes.length,
    read: (start, length) => bytes.subarray(start, start + length),
  }
}

interface Form {
  readonly isImplicit: boolean
  readonly isBigEndian: boolean
}

/** The elements of a data set, up to its pixels; those within sequences are passed over. */
function* walk(body: Body, form: Form): Generator<Element> {
  let { at } = body
  let depth = 0
  for (let left = MOST_ELEMENTS; left > 0; left -= 1) {
    const element = readElement({ ...body, at }, form)
    if (element === undefined) return
    const { tag, type, start, length } = element
    if (tag === ITEM_END || tag === SEQUENCE_END) depth = Math.max(0, depth - 1)
    if (depth === 0 && tag < ITEM) yield element
    if (depth === 0 && tag === TAGS.pixels) return
    // What does not tell its length is walked through.
    const isOpen = length === UNTOLD
    if (isOpen && (tag === ITEM || type === 'SQ' || type === 'UN' || type === '')) depth += 1
    else if (isOpen && tag !== TAGS.pixels) throw damagedDicom()
    at = isOpen ? start : start + length
  }
}

function readElement({ read, at }: Body, { isImplicit, isBigEndian }: Form): Element | undefined {
  const head = read(at, 12)
  if (head.length < 8) return undefined
  const short = (place: number): number =>
    isBigEndian ? head.readUInt16BE(place) : head.readUInt16LE(place)
  const long = (place: number): number =>
    isBigEndian ? head.readUInt32BE(place) : head.readUInt32LE(place)
  const tag = short(0) * 0x1_0000 + short(2)
  const isMark = tag === ITEM || tag === ITEM_END || tag === SEQUENCE_END
  if (isImplicit || isMark) return { tag, type: '', length: long(4), start: at + 8 }
  const type = head.toString('latin1', 4, 6)
  if (!LONG_TYPES.has(type)) return { tag, type, length: short(6), start: at + 8 }
  if (head.length < 12) return undefined
  return { tag, type, length: long(8), start: at + 12 }
}

/**
 * The pieces of the first frame of pixels that are compressed, put together (PS3.5, A.4).
 *
 * @param frames - how many frames there are
 */
export function readFirstFrame({ read, start, end }: PixelData, frames: number): Buffer {
  const form = { isImplicit: true, isBigEndian: false }
  const items: { readonly at: number; readonly start: number; readonly length: number }[] = []
  let at = start
  let total = 0
  while (items.length < MOST_ELEMENTS) {
    const element = readElement({ read, size: end, at }, form)
    if (element === undefined || element.tag !== ITEM) break
    total += element.length
    if (total > MOST_INFLATED_BYTES || element.start + element.length > end) break
    items.push({ at, start: element.start, length: element.length })
    at = element.start + element.length
  }
  const [table, ...pieces] = items
  const [first] = pieces
  if (table === undefined || first === undefined) throw damagedDicom()
  const own = frames <= 1 ? pieces : piecesBefore(offsetOfSecond(read, table), first.at, pieces)
  return Buffer.concat(own.map((piece) => read(piece.start, piece.length)))
}

function offsetOfSecond(
  read: ReadBytes,
  { start, length }: { readonly start: number; readonly length: number },
): number | undefined {
  return length >= 8 ? read(start, 8).readUInt32LE(4) : undefined
}

/** Without a table of offsets each piece is a frame. */
function piecesBefore<Piece extends { readonly at: number }>(
  offset: number | undefined,
  first: number,
  pieces: readonly Piece[],
): readonly Piece[] {
  if (offset === undefined) return pieces.slice(0, 1)
  return pieces.filter(({ at }) => at < first + offset)
}
