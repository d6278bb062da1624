import { type Primaries, SRGB_PRIMARIES } from '../../meaning/colour-space.ts'
import { IncompleteFile, type SourceBytes } from '../magick-source.ts'
import type { OpenedRaster } from '../raster.ts'
import { LIGHT_BYTES, showLight } from './light.ts'
import { turnXyz } from './xyz.ts'

/** More than a header has, in bytes. */
const MOST_HEADER_BYTES = 65_536

/** How a file tells its size and in which order its pixels come: the axis of the rows before that within a row. */
const RESOLUTION = /^([-+])([XY]) (\d{1,9}) ([-+])([XY]) (\d{1,9})\n/

/** Rows are packed in the newer way when they are as long as these, in pixels. */
const PACKED = { least: 8, most: 32_767 }

interface RadianceHeader {
  /** How many rows the file has, and how many pixels each, in the order in which they come. */
  readonly rows: number
  readonly pixels: number
  /** Whether rows run across, as they mostly do, or down. */
  readonly across: boolean
  /** Whether the first row is the last of the picture, and the first pixel the last of a row. */
  readonly fromEnd: { readonly rows: boolean; readonly pixels: boolean }
  readonly isXyz: boolean
  readonly primaries: Primaries
  /** Where the pixels begin. */
  readonly start: number
}

/**
 * Opens a file of the Radiance renderer: pixels of three mantissas and an exponent that they share, packed row by row
 * (Ward, "Real Pixels"; the manual's filefmts). An exposure in the header has been put on the pixels already.
 */
export function openRadiance(file: SourceBytes): OpenedRaster {
  const header = readHeader(file)
  const { rows, pixels, across } = header
  const [width, height] = across ? [pixels, rows] : [rows, pixels]
  // However it is packed, each row has some bytes.
  const least = rows * 4
  if (header.start + least > file.size) throw new IncompleteFile('The file ends before its rows.')
  return {
    width,
    height,
    bytesAPixel: LIGHT_BYTES,
    decode() {
      const bytes = file.read([{ start: header.start, length: file.size - header.start }])
      const planes = [1, 2, 3].map(() => new Float32Array(width * height))
      const [red, green, blue] = planes
      if (red === undefined || green === undefined || blue === undefined) throw new RangeError()
      const row = new Uint8Array(pixels * 4)
      for (let index = 0, at = 0; index < rows; index += 1) {
        at = unpackRow(bytes, at, row)
        const r = header.fromEnd.rows ? rows - 1 - index : index
        for (let pixel = 0; pixel < pixels; pixel += 1) {
          const p = header.fromEnd.pixels ? pixels - 1 - pixel : pixel
          const to = across ? r * width + p : p * width + r
          const exponent = row[4 * pixel + 3] ?? 0
          const unit = exponent === 0 ? 0 : 2 ** (exponent - 136)
          red[to] = (row[4 * pixel] ?? 0) * unit
          green[to] = (row[4 * pixel + 1] ?? 0) * unit
          blue[to] = (row[4 * pixel + 2] ?? 0) * unit
        }
      }
      if (header.isXyz) turnXyz(red, green, blue)
      const colours = [red, green, blue] as const
      return showLight({ width, height, primaries: header.primaries, colours })
    },
  }
}

function readHeader(file: SourceBytes): RadianceHeader {
  const length = Math.min(file.size, MOST_HEADER_BYTES)
  const text = file.read([{ start: 0, length }]).toString('latin1')
  const end = text.indexOf('\n\n')
  const resolution = end === -1 ? null : RESOLUTION.exec(text.slice(end + 2, end + 82))
  if (resolution === null) throw new IncompleteFile('The header of the file is damaged.')
  const [line, rowSign, rowAxis, rows, pixelSign, pixelAxis, pixels] = resolution
  if (rowAxis === pixelAxis) throw new IncompleteFile('The file has one axis only.')
  const fields = text.slice(0, end)
  const across = rowAxis === 'Y'
  return {
    rows: Number(rows),
    pixels: Number(pixels),
    across,
    fromEnd: { rows: isLast(rowAxis, rowSign), pixels: isLast(pixelAxis, pixelSign) },
    isXyz: /^FORMAT=32-bit_rle_xyze\s*$/m.test(fields),
    primaries: readPrimaries(fields),
    start: end + 2 + line.length,
  }
}

/** Y runs up and X to the right. */
function isLast(axis: string | undefined, sign: string | undefined): boolean {
  return axis === 'Y' ? sign === '+' : sign === '-'
}

function readPrimaries(fields: string): Primaries {
  const told = /^PRIMARIES=\s*(.*)$/m.exec(fields)?.[1]?.trim().split(/\s+/).map(Number) ?? []
  const [rx, ry, gx, gy, bx, by, wx, wy] = told
  const isWhole = told.length === 8 && told.every((value) => value > 0 && value < 1)
  if (!isWhole || rx === undefined || ry === undefined || gx === undefined || gy === undefined)
    return SRGB_PRIMARIES
  if (bx === undefined || by === undefined || wx === undefined || wy === undefined)
    return SRGB_PRIMARIES
  return { red: [rx, ry], green: [gx, gy], blue: [bx, by], white: [wx, wy] }
}

/**
 * Unpacks a row of pixels of four bytes.
 *
 * @param row - where it is put
 * @returns where the next one begins
 */
function unpackRow(bytes: Buffer, at: number, row: Uint8Array): number {
  const pixels = row.length / 4
  const isPacked =
    pixels >= PACKED.least &&
    pixels <= PACKED.most &&
    bytes[at] === 2 &&
    bytes[at + 1] === 2 &&
    (bytes[at + 2] ?? 0xff) < 0x80
  if (!isPacked) return unpackOldRow(bytes, at, row)
  if (bytes.readUInt16BE(at + 2) !== pixels) throw new IncompleteFile('A row has another length.')
  let from = at + 4
  for (let component = 0; component < 4; component += 1) {
    for (let pixel = 0; pixel < pixels;) {
      const head = bytes[from] ?? 0
      const isRun = head > 128
      const count = isRun ? head - 128 : head
      const needed = isRun ? 2 : 1 + count
      if (count === 0 || pixel + count > pixels || from + needed > bytes.length)
        throw new IncompleteFile('A row is damaged.')
      for (let index = 0; index < count; index += 1)
        row[4 * (pixel + index) + component] = bytes[from + 1 + (isRun ? 0 : index)] ?? 0
      pixel += count
      from += needed
    }
  }
  return from
}

/** The older way: pixels one by one, and 1, 1, 1 with how many times the last one comes again. */
function unpackOldRow(bytes: Buffer, at: number, row: Uint8Array): number {
  let from = at
  let shift = 0
  for (let to = 0; to < row.length; from += 4) {
    if (from + 4 > bytes.length) throw new IncompleteFile('The file ends within its rows.')
    const isRun = bytes[from] === 1 && bytes[from + 1] === 1 && bytes[from + 2] === 1
    if (!isRun || to === 0) {
      row.set(bytes.subarray(from, from + 4), to)
      to += 4
      shift = 0
      continue
    }
    const count = (bytes[from + 3] ?? 0) * 2 ** shift
    if (to + 4 * count > row.length) throw new IncompleteFile('A row has another length.')
    for (let index = 0; index < count; index += 1, to += 4) row.copyWithin(to, to - 4, to)
    shift += 8
  }
  return from
}
