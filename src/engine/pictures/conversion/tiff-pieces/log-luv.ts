import { numberOf, TIFF_TAGS, type TiffDirectory } from '../../../../sources/tiff-directory.ts'
import { SRGB_PRIMARIES } from '../../meaning/colour-space.ts'
import { LIGHT_BYTES, showLight } from '../light/light.ts'
import { turnXyz } from '../light/xyz.ts'
import { IncompleteFile, type SourceBytes, UnknownFeature } from '../magick-source.ts'
import type { OpenedRaster, Raster } from '../raster.ts'
import { LOG_LUV } from './piece-codings.ts'
import { walkPieces } from './pieces.ts'

/** The value of `Compression` for runs of the bytes of numbers; that of 24 bits is not read here. */
const RUNS = 34_676

/** How many steps the logarithm has for each time that light doubles, and how often it is halved at the first. */
const STEPS = 256
const HALVED = 64

/** How many steps the coordinates of a colour have from 0 to 1. */
const COLOUR_STEPS = 410

/**
 * Opens a picture of light in logarithms (Ward, "LogLuv Encoding for Full-Gamut, High-Dynamic Range Images").
 *
 * @throws {@link UnknownFeature} when its numbers have 24 bits
 */
export function openLogLuv(file: SourceBytes, directory: TiffDirectory): OpenedRaster {
  const number = (tag: number, usual: number): number => numberOf(directory, tag) ?? usual
  const width = number(TIFF_TAGS.width, 0)
  const height = number(TIFF_TAGS.height, 0)
  if (number(TIFF_TAGS.compression, 1) !== RUNS)
    throw new UnknownFeature('light in logarithms of 24 bits (LogLuv), which is not read here')
  if (width === 0 || height === 0) throw new IncompleteFile('The picture has no size.')
  const tile = numberOf(directory, TIFF_TAGS.tileWidth)
  const piece =
    tile === undefined
      ? { width, height: Math.min(height, number(TIFF_TAGS.rowsPerStrip, height)), isTile: false }
      : { width: tile, height: number(TIFF_TAGS.tileLength, 0), isTile: true }
  const isGrey = number(TIFF_TAGS.photometric, 0) === LOG_LUV.light
  const bytes = isGrey ? 2 : 4
  return {
    width,
    height,
    bytesAPixel: LIGHT_BYTES,
    decode(): Raster {
      const planes = Array.from({ length: isGrey ? 1 : 3 }, () => new Float32Array(width * height))
      const [x, y = x, z = x] = planes
      if (x === undefined || y === undefined || z === undefined) throw new RangeError()
      const layout = { width, height, piece, inPlanes: false, samples: 1, format: format(bytes) }
      for (const { place, left, top, rows } of walkPieces(directory, layout)) {
        const packed = file.read([place])
        const row = new Uint32Array(piece.width)
        for (let index = 0, from = 0; index < rows; index += 1) {
          from = unpackRow(packed, from, row, bytes)
          if (top + index >= height) break
          const to = (top + index) * width + left
          for (let at = 0; at < Math.min(piece.width, width - left); at += 1) {
            const told = row[at] ?? 0
            if (isGrey) x[to + at] = lightOf(told)
            else [x[to + at], y[to + at], z[to + at]] = toXyz(told)
          }
        }
      }
      const size = { width, height, primaries: SRGB_PRIMARIES }
      if (isGrey) return showLight({ ...size, colours: [x] })
      turnXyz(x, y, z)
      return showLight({ ...size, colours: [x, y, z] })
    },
  }
}

function format(bytes: number) {
  return { bits: 8 * bytes, kind: 'unsigned', isLittle: false } as const
}

/**
 * Unpacks a row of numbers, of which the highest bytes of all come first, each as runs or as they are.
 *
 * @returns where the next one begins
 */
function unpackRow(packed: Buffer, start: number, row: Uint32Array, bytes: number): number {
  row.fill(0)
  let from = start
  for (let byte = bytes - 1; byte >= 0; byte -= 1) {
    const unit = 2 ** (8 * byte)
    for (let at = 0; at < row.length;) {
      const head = packed[from] ?? 0
      const isRun = head >= 128
      const count = isRun ? head - 126 : head
      const needed = isRun ? 2 : 1 + count
      if (count === 0 || at + count > row.length || from + needed > packed.length)
        throw new IncompleteFile('A row is damaged.')
      for (let index = 0; index < count; index += 1, at += 1)
        row[at] = (row[at] ?? 0) + (packed[from + 1 + (isRun ? 0 : index)] ?? 0) * unit
      from += needed
    }
  }
  return from
}

/** The light that 16 bits tell, the highest of which is its sign. */
function lightOf(told: number): number {
  const steps = told & 0x7fff
  if (steps === 0) return 0
  const light = 2 ** ((steps + 0.5) / STEPS - HALVED)
  return told >= 0x8000 ? -light : light
}

/** The colour of CIE 1931 that 32 bits tell: its light, and two coordinates of CIE 1976. */
function toXyz(told: number): [number, number, number] {
  const light = lightOf(told >>> 16)
  if (light <= 0) return [0, 0, 0]
  const u = (((told >>> 8) & 0xff) + 0.5) / COLOUR_STEPS
  const v = ((told & 0xff) + 0.5) / COLOUR_STEPS
  return [(light * 9 * u) / (4 * v), light, (light * (12 - 3 * u - 20 * v)) / (4 * v)]
}
