import { closeSync, openSync, writeFileSync } from 'node:fs'
import type { Size } from '../dimensions.ts'
import { directoryOf } from '../headers/write-directory.ts'

/** How the samples of a pixel make up its colour, by the numbers of the tag PhotometricInterpretation. */
export const PHOTOMETRIC = { grey: 1, rgb: 2, cmyk: 5, lab: 8 } as const

/** What a TIFF file says of its pixels. */
export interface TiffHeader extends Size {
  readonly photometric: (typeof PHOTOMETRIC)[keyof typeof PHOTOMETRIC]
  /** How many samples of 8 bits a pixel has, that of its transparency among them. */
  readonly samples: number
  /** Whether the last sample is transparency; the colours are not multiplied by it. */
  readonly alpha: boolean
  /** How the picture is to be turned (TIFF 6.0, Orientation); undefined where it is upright. */
  readonly orientation?: number | undefined
  /** Pixels per inch; undefined when nobody knows. */
  readonly resolution: { readonly x: number; readonly y: number } | undefined
  /** An ICC profile. */
  readonly profile: Uint8Array | undefined
}

/** As many rows as fit into it are written, and later read, at a time. */
const STRIP_BYTES = 1024 ** 2

const FILE_HEADER_BYTES = 8
const SHORT = { number: 3, bytes: 2 }
const LONG = { number: 4, bytes: 4 }
const RATIONAL = { number: 5, bytes: 8 }
const UNDEFINED = { number: 7, bytes: 1 }
const RATIONAL_DENOMINATOR = 1000

/** An uncompressed TIFF file that is being written. */
export interface TiffWriter {
  /** The rows to write, some at a time: `count` of them from row `y` on. */
  readonly strips: readonly { readonly y: number; readonly count: number }[]
  /** Writes the samples of the next of them. */
  readonly write: (rows: Uint8Array) => void
  /** Writes what is behind the last of them. */
  readonly finish: () => void
  /** Closes the file, whether it is finished or not. */
  readonly close: () => void
}

/** Opens an uncompressed TIFF file of 8 bits a sample for writing. */
export function openTiffWriter(path: string, header: TiffHeader): TiffWriter {
  const { width, height, samples } = header
  const rowBytes = width * samples
  const rowsPerStrip = Math.max(1, Math.floor(STRIP_BYTES / rowBytes))
  const strips = Array.from({ length: Math.ceil(height / rowsPerStrip) }, (_, index) => {
    const y = index * rowsPerStrip
    const count = Math.min(rowsPerStrip, height - y)
    return { y, count, offset: FILE_HEADER_BYTES + y * rowBytes, bytes: count * rowBytes }
  })
  const pixelsEnd = FILE_HEADER_BYTES + height * rowBytes
  const padding = pixelsEnd % 2
  const directory = (): Buffer =>
    encodeDirectory(pixelsEnd + padding, [
      { tag: 256, type: LONG, bytes: longs(width) },
      { tag: 257, type: LONG, bytes: longs(height) },
      { tag: 258, type: SHORT, bytes: shorts(...Array<number>(samples).fill(8)) },
      { tag: 259, type: SHORT, bytes: shorts(1) },
      { tag: 262, type: SHORT, bytes: shorts(header.photometric) },
      { tag: 273, type: LONG, bytes: longs(...strips.map(({ offset }) => offset)) },
      ...(header.orientation === undefined
        ? []
        : [{ tag: 274, type: SHORT, bytes: shorts(header.orientation) }]),
      { tag: 277, type: SHORT, bytes: shorts(samples) },
      { tag: 278, type: LONG, bytes: longs(rowsPerStrip) },
      { tag: 279, type: LONG, bytes: longs(...strips.map(({ bytes }) => bytes)) },
      ...encodeResolution(header.resolution),
      ...(header.alpha ? [{ tag: 338, type: SHORT, bytes: shorts(2) }] : []),
      ...(header.profile ? [{ tag: 34_675, type: UNDEFINED, bytes: header.profile }] : []),
    ])

  const file = openSync(path, 'w')
  // Given a descriptor, writeFileSync writes on where it is.
  writeFileSync(file, Buffer.concat([Buffer.from('II*\0'), longs(pixelsEnd + padding)]))
  return {
    strips,
    write: (rows) => writeFileSync(file, rows),
    finish: () => writeFileSync(file, Buffer.concat([Buffer.alloc(padding), directory()])),
    close: () => closeSync(file),
  }
}

interface Field {
  readonly tag: number
  readonly type: { readonly number: number; readonly bytes: number }
  readonly bytes: Uint8Array
}

function encodeResolution(resolution: TiffHeader['resolution']): Field[] {
  if (resolution === undefined) return []
  return [
    { tag: 282, type: RATIONAL, bytes: rational(resolution.x) },
    { tag: 283, type: RATIONAL, bytes: rational(resolution.y) },
    { tag: 296, type: SHORT, bytes: shorts(2) },
  ]
}

function encodeDirectory(start: number, fields: readonly Field[]): Buffer {
  const values = fields.map(({ tag, type, bytes }) => {
    return { tag, type: type.number, count: bytes.length / type.bytes, bytes }
  })
  return directoryOf(start, values)
}

function shorts(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * SHORT.bytes)
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * SHORT.bytes)
  return bytes
}

function rational(value: number): Buffer {
  return longs(Math.round(value * RATIONAL_DENOMINATOR), RATIONAL_DENOMINATOR)
}

function longs(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * LONG.bytes)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * LONG.bytes)
  return bytes
}
