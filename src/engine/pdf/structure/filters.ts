import { constants, inflateRawSync, inflateSync } from 'node:zlib'
import { isDictionary, nameOf, type PdfDictionary, type PdfValue } from './values.ts'

/** What a stream is kept with: its filters in the order in which they are undone, and the parameters of each. */
export interface StreamFilter {
  readonly name: string
  readonly parameters: PdfDictionary
}

/** The filters of a stream of which the values are there already. */
export function filtersOf(
  dictionary: PdfDictionary,
  resolve: (value: PdfValue | undefined) => PdfValue | undefined,
): StreamFilter[] {
  const toList = (...names: string[]): readonly (PdfValue | undefined)[] => {
    const value = names.map((name) => resolve(dictionary.get(name))).find((each) => each)
    return Array.isArray(value) ? value.map(resolve) : [value]
  }
  const parameters = toList('DecodeParms', 'DP')
  return toList('Filter', 'F').flatMap((value, index) => {
    const name = nameOf(value)
    const given = parameters[index]
    return name === undefined ? [] : [{ name, parameters: isDictionary(given) ? given : new Map() }]
  })
}

type Decode = (bytes: Buffer, most: number, parameters: PdfDictionary) => Buffer | undefined

const DECODERS: Readonly<Record<string, Decode>> = {
  FlateDecode: (bytes, most, parameters) => undoPredictor(inflate(bytes, most), parameters),
  LZWDecode: (bytes, most, parameters) =>
    undoPredictor(undoLzw(bytes, most, parameters.get('EarlyChange') !== 0), parameters),
  ASCIIHexDecode: (bytes) => undoHexadecimal(bytes),
  ASCII85Decode: (bytes) => undoBase85(bytes),
  RunLengthDecode: (bytes, most) => undoRunLength(bytes, most),
  // What it says was said to whoever decrypts.
  Crypt: (bytes) => bytes,
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  Fl: 'FlateDecode',
  LZW: 'LZWDecode',
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  RL: 'RunLengthDecode',
}

/**
 * Undoes the filters of a stream.
 *
 * @param most - the most that may come of it, in bytes
 * @returns undefined when it is damaged from the beginning, too large, or kept in a way that only pictures are
 */
export function undoFilters(
  bytes: Buffer,
  filters: readonly StreamFilter[],
  most: number,
): Buffer | undefined {
  let decoded: Buffer | undefined = bytes
  for (const { name, parameters } of filters) {
    if (decoded === undefined) return undefined
    decoded = DECODERS[SHORT_NAMES[name] ?? name]?.(decoded, most, parameters)
  }
  return decoded
}

/** What comes before the damage counts, as with every reader; many streams end without their checksum. */
function inflate(bytes: Buffer, most: number): Buffer | undefined {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most }
  try {
    return inflateSync(bytes, options)
  } catch {
    return inflateInPart(bytes, most)
  }
}

/** So much of a damaged stream is looked at, in bytes, and so often. */
const MOST_DAMAGED_BYTES = 4_000_000
const MOST_TRIES = 16

/** Half as much each time, until what is left is whole: zlib tells nothing of what it had before the damage. */
function inflateInPart(bytes: Buffer, most: number): Buffer | undefined {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most }
  let [low, high] = [0, Math.min(bytes.length, MOST_DAMAGED_BYTES)]
  let found: Buffer | undefined
  for (let tries = 0; tries < MOST_TRIES && low < high; tries += 1) {
    const middle = Math.ceil((low + high) / 2)
    try {
      // Without the two bytes in front, which may be what is wrong.
      found = inflateRawSync(bytes.subarray(2, middle), options)
      low = middle
    } catch {
      high = middle - 1
    }
  }
  return found !== undefined && found.length > 0 ? found : undefined
}

/** ISO 32000-2, 7.4.4.4, and the filters of PNG. */
function undoPredictor(bytes: Buffer | undefined, parameters: PdfDictionary): Buffer | undefined {
  const predictor = numberIn(parameters, 'Predictor', 1)
  if (bytes === undefined || predictor < 2) return bytes
  const sampleBits = numberIn(parameters, 'Colors', 1) * numberIn(parameters, 'BitsPerComponent', 8)
  const step = Math.max(1, Math.ceil(sampleBits / 8))
  const rowBytes = Math.ceil((sampleBits * numberIn(parameters, 'Columns', 1)) / 8)
  if (rowBytes < 1) return undefined
  // TIFF's way is for pictures, of bytes here.
  return predictor === 2 ? undoDifferences(bytes, rowBytes, step) : undoPng(bytes, rowBytes, step)
}

function undoDifferences(bytes: Buffer, rowBytes: number, step: number): Buffer {
  const plain = Buffer.from(bytes)
  for (let at = 0; at < plain.length; at += 1) {
    if (at % rowBytes >= step) plain[at] = ((plain[at] ?? 0) + (plain[at - step] ?? 0)) & 0xff
  }
  return plain
}

function undoPng(bytes: Buffer, rowBytes: number, step: number): Buffer {
  const rows = Math.ceil(bytes.length / (rowBytes + 1))
  const plain = Buffer.alloc(rows * rowBytes)
  let written = 0
  for (let row = 0; row < rows; row += 1) {
    const from = row * (rowBytes + 1)
    const kind = bytes[from] ?? 0
    const start = row * rowBytes
    const length = Math.min(rowBytes, bytes.length - from - 1)
    for (let column = 0; column < length; column += 1) {
      const left = column >= step ? (plain[start + column - step] ?? 0) : 0
      const up = row > 0 ? (plain[start + column - rowBytes] ?? 0) : 0
      const corner = row > 0 && column >= step ? (plain[start + column - rowBytes - step] ?? 0) : 0
      const guess = guessByte(kind, left, up, corner)
      plain[start + column] = ((bytes[from + 1 + column] ?? 0) + guess) & 0xff
    }
    written += Math.max(0, length)
  }
  return plain.subarray(0, written)
}

function guessByte(kind: number, left: number, up: number, corner: number): number {
  if (kind === 1) return left
  if (kind === 2) return up
  if (kind === 3) return (left + up) >> 1
  if (kind !== 4) return 0
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs)
  if ((a ?? 0) <= (b ?? 0) && (a ?? 0) <= (c ?? 0)) return left
  return (b ?? 0) <= (c ?? 0) ? up : corner
}

const LZW_CLEAR = 256
const LZW_END = 257
const LZW_MOST_CODES = 4096

/** ISO 32000-2, 7.4.4.2. */
function undoLzw(bytes: Buffer, most: number, isEarly: boolean): Buffer | undefined {
  const pieces: Buffer[] = []
  let table: Buffer[] = []
  let previous: Buffer | undefined
  let length = 0
  let [bits, width, held] = [0, 9, 0]
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xff_ffff
    bits += 8
    if (bits < width) continue
    bits -= width
    const code = (held >> bits) & ((1 << width) - 1)
    if (code === LZW_END) break
    if (code === LZW_CLEAR) {
      table = []
      width = 9
      previous = undefined
      continue
    }
    const known: Buffer | undefined = code < LZW_CLEAR ? Buffer.of(code) : table[code - 258]
    const piece: Buffer | undefined =
      known ?? (previous && Buffer.concat([previous, previous.subarray(0, 1)]))
    if (piece === undefined) break
    if (previous !== undefined && table.length + 258 < LZW_MOST_CODES) {
      table.push(Buffer.concat([previous, piece.subarray(0, 1)]))
    }
    previous = piece
    pieces.push(piece)
    length += piece.length
    if (length > most) return undefined
    const next = table.length + 258 + (isEarly ? 1 : 0)
    width = next < 512 ? 9 : next < 1024 ? 10 : next < 2048 ? 11 : 12
  }
  return Buffer.concat(pieces)
}

function undoHexadecimal(bytes: Buffer): Buffer {
  const [text = ''] = bytes.toString('latin1').split('>')
  const digits = text.replaceAll(/[^\dA-Fa-f]/g, '')
  return Buffer.from(digits + (digits.length % 2 ? '0' : ''), 'hex')
}

function undoBase85(bytes: Buffer): Buffer {
  const [text = ''] = bytes
    .toString('latin1')
    .replace(/^\s*<~/, '')
    .split('~')
  const out: number[] = []
  let group: number[] = []
  const flush = (): void => {
    const count = group.length
    if (count < 2) return
    while (group.length < 5) group.push(84)
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0)
    out.push(
      ...[24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).slice(0, count - 1),
    )
    group = []
  }
  for (const letter of text) {
    const digit = letter.charCodeAt(0) - 33
    if (letter === 'z' && group.length === 0) out.push(0, 0, 0, 0)
    else if (digit >= 0 && digit < 85) group.push(digit)
    if (group.length === 5) flush()
  }
  flush()
  return Buffer.from(out)
}

function undoRunLength(bytes: Buffer, most: number): Buffer | undefined {
  const pieces: Buffer[] = []
  let length = 0
  for (let at = 0; at < bytes.length;) {
    const count = bytes[at] ?? 128
    if (count === 128) break
    const isRun = count > 128
    pieces.push(
      isRun ? Buffer.alloc(257 - count, bytes[at + 1]) : bytes.subarray(at + 1, at + 2 + count),
    )
    length += isRun ? 257 - count : count + 1
    if (length > most) return undefined
    at += isRun ? 2 : count + 2
  }
  return Buffer.concat(pieces)
}

function numberIn(parameters: PdfDictionary, name: string, usual: number): number {
  const value = parameters.get(name)
  return typeof value === 'number' ? value : usual
}
