import type { ReadBytes } from './open-file.ts'

/** The fields that are asked for here, by the names that TIFF 6.0 and its supplements give them. */
export const TIFF_TAGS = {
  newSubfileType: 254,
  oldSubfileType: 255,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  make: 271,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  resolutionUnit: 296,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  subDirectories: 330,
  extraSamples: 338,
  sampleFormat: 339,
  largestSample: 341,
  jpegTables: 347,
  jpegInterchange: 513,
  jpegInterchangeLength: 514,
  ycbcrCoefficients: 529,
  ycbcrSubsampling: 530,
  referenceBlackWhite: 532,
  profile: 34_675,
  dngVersion: 50_706,
} as const

/** How long a value of each type is, in bytes (TIFF 6.0, section 2; BigTIFF). */
export const TIFF_TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
}

/** Where TIFF and BigTIFF keep things, in bytes. */
const CLASSIC = { firstAt: 4, offsetBytes: 4, countBytes: 2, entryBytes: 12, valueAt: 8 }
const BIG = { firstAt: 8, offsetBytes: 8, countBytes: 8, entryBytes: 20, valueAt: 12 }

/** No real file has more entries, so a damaged count does not have megabytes read. */
const MOST_ENTRIES = 4096

/** As many directories as libtiff counts to. */
const MOST_DIRECTORIES = 65_535

/** As many values are read of a field unless more are asked for. */
const USUAL_VALUES = 64

/** A field of a directory. */
export interface TiffField {
  /** As TIFF numbers them: 3 is a short number of two bytes, 4 a long one of four. */
  readonly type: number
  readonly count: number
  /** Where its value begins in the file. */
  readonly position: number
  /** Its numbers, fractions as what they come to; as many of the first as are asked for and there. */
  readonly numbers: (most?: number) => readonly number[]
}

/** A directory of a TIFF file, which says what one of its pictures is. */
export interface TiffDirectory {
  /** Where it begins. */
  readonly at: number
  readonly fields: ReadonlyMap<number, TiffField>
  /** Where the next one begins; 0 behind the last, and where the file ends before it is told. */
  readonly next: number
  /** Whether the file has all of it. */
  readonly whole: boolean
}

/** A TIFF or BigTIFF file, or data that are built like one, such as Exif. */
export interface TiffFile {
  readonly isLittle: boolean
  readonly isBig: boolean
  /** Where the first directory begins. */
  readonly first: number
  readonly directoryAt: (at: number) => TiffDirectory
}

/**
 * Opens a TIFF file by its header. Damage only makes its directories say less: whether a file can be used is for its decoder
 * to tell.
 *
 * @returns undefined when there is no header
 */
export function openTiff(read: ReadBytes): TiffFile | undefined {
  const head = read(0, 16)
  const order = head.toString('latin1', 0, 2)
  if (head.length < 8 || (order !== 'II' && order !== 'MM')) return undefined
  const isLittle = order === 'II'
  const isBig = wholeAt(head, 2, 2, isLittle) === 43
  const layout = isBig ? BIG : CLASSIC
  return {
    isLittle,
    isBig,
    first: wholeAt(head, layout.firstAt, layout.offsetBytes, isLittle) ?? 0,
    directoryAt: (at) => readDirectory(read, at, { layout, isLittle }),
  }
}

/** The directories of a file that follow each other, as far as they are whole. */
export function* walkDirectories(file: TiffFile): Generator<TiffDirectory> {
  const seen = new Set<number>()
  for (let at = file.first; at > 0 && !seen.has(at) && seen.size < MOST_DIRECTORIES;) {
    seen.add(at)
    const directory = file.directoryAt(at)
    if (!directory.whole) return
    yield directory
    at = directory.next
  }
}

/** The first number of a field; undefined when there is no such field. */
export function numberOf({ fields }: TiffDirectory, tag: number): number | undefined {
  return fields.get(tag)?.numbers(1)[0]
}

/** The numbers of a field; none when there is no such field. */
export function numbersOf(
  { fields }: TiffDirectory,
  tag: number,
  most?: number,
): readonly number[] {
  return fields.get(tag)?.numbers(most) ?? []
}

interface Layout {
  readonly layout: typeof CLASSIC
  readonly isLittle: boolean
}

function readDirectory(read: ReadBytes, at: number, how: Layout): TiffDirectory {
  const { layout, isLittle } = how
  const { countBytes, entryBytes, offsetBytes, valueAt } = layout
  const count = wholeAt(read(at, countBytes), 0, countBytes, isLittle)
  const first = at + countBytes
  const length = Math.min(count ?? 0, MOST_ENTRIES) * entryBytes
  const bytes = read(first, length + offsetBytes)
  const fields = new Map<number, TiffField>()
  for (let entry = 0; entry + entryBytes <= Math.min(length, bytes.length); entry += entryBytes) {
    const tag = wholeAt(bytes, entry, 2, isLittle)
    const type = wholeAt(bytes, entry + 2, 2, isLittle)
    const values = wholeAt(bytes, entry + 4, offsetBytes, isLittle)
    if (tag === undefined || type === undefined || values === undefined) continue
    const size = TIFF_TYPE_BYTES[type] ?? 1
    // What does not fit into the entry stands elsewhere.
    const elsewhere = values * size > offsetBytes
    const position = elsewhere
      ? wholeAt(bytes, entry + valueAt, offsetBytes, isLittle)
      : first + entry + valueAt
    if (position === undefined) continue
    fields.set(tag, {
      type,
      count: values,
      position,
      numbers: (most = USUAL_VALUES) => {
        const wanted = Math.min(values, most)
        const content = read(position, wanted * size)
        return Array.from({ length: Math.floor(content.length / size) }, (_, index) =>
          valueOf(content, index * size, type, isLittle),
        )
      },
    })
  }
  const next = wholeAt(bytes, length, offsetBytes, isLittle)
  const whole = count !== undefined && count <= MOST_ENTRIES && next !== undefined
  return { at, fields, next: next ?? 0, whole }
}

/** The value of a number that is there. */
function valueOf(bytes: Buffer, at: number, type: number, isLittle: boolean): number {
  switch (type) {
    case 5:
      return fractionOf(wholeAt(bytes, at, 4, isLittle), wholeAt(bytes, at + 4, 4, isLittle))
    case 6:
      return bytes.readInt8(at)
    case 8:
      return isLittle ? bytes.readInt16LE(at) : bytes.readInt16BE(at)
    case 9:
      return isLittle ? bytes.readInt32LE(at) : bytes.readInt32BE(at)
    case 10:
      return isLittle
        ? fractionOf(bytes.readInt32LE(at), bytes.readInt32LE(at + 4))
        : fractionOf(bytes.readInt32BE(at), bytes.readInt32BE(at + 4))
    case 11:
      return isLittle ? bytes.readFloatLE(at) : bytes.readFloatBE(at)
    case 12:
      return isLittle ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at)
    default:
      return wholeAt(bytes, at, TIFF_TYPE_BYTES[type] ?? 1, isLittle) ?? Number.NaN
  }
}

/** What a fraction comes to: no number when it has nothing below. */
function fractionOf(above = Number.NaN, below = Number.NaN): number {
  return below === 0 ? Number.NaN : above / below
}

/** A whole number without a sign; undefined where the bytes end before it does, and when it is too large to count with. */
function wholeAt(bytes: Buffer, at: number, size: number, isLittle: boolean): number | undefined {
  if (at + size > bytes.length) return undefined
  if (size < 8) return isLittle ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size)
  const long = isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at)
  return long <= Number.MAX_SAFE_INTEGER ? Number(long) : undefined
}
