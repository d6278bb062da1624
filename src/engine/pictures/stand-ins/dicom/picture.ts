import { writeFileSync } from 'node:fs'
import { OperationError } from '../../../../base/operation-error.ts'
import { withOpenFile } from '../../../../sources/open-file.ts'
import { openTiffWriter, PHOTOMETRIC } from '../../conversion/tiff.ts'
import { countPixels, type Size } from '../../dimensions.ts'
import { tooManyPixels } from '../../source.ts'
import type { StandInRequest } from '../stand-in.ts'
import { readPalette, type ShowColour, toRgb } from './colours.ts'
import { damagedDicom } from './damaged.ts'
import { type DataSet, readDataSet, readFirstFrame, TAGS } from './data-set.ts'
import { decodeDeepFrame } from './deep-frame.ts'
import { decodeJpeg2000Frame } from './jpeg-2000-frame.ts'
import { depthOfJpeg, toPlainJpeg } from './jpeg-frame.ts'
import { unpackRunLengths } from './run-lengths.ts'
import { createShades, type StoredBits } from './shades.ts'

/** The most that the samples of a frame may take, in bytes. */
const MOST_BYTES = 350_000_000

/** Ways to compress frames (PS3.5, A.4), by what follows the root of all of them. */
const ROOT = '1.2.840.10008.1.2'
const RUN_LENGTHS = '.5'
const JPEG: ReadonlySet<string> = new Set(['.4.50', '.4.51', '.4.53', '.4.55'])
const LOSSLESS_JPEG: ReadonlySet<string> = new Set(['.4.57', '.4.70', '.4.80', '.4.81'])
const JPEG_2000: ReadonlySet<string> = new Set(['.4.90', '.4.91'])
const UNREAD: readonly (readonly [start: string, title: string])[] = [
  ['.4.9', 'JPEG 2000 of several components at a time'],
  ['.4.20', 'HTJ2K'],
  ['.4.10', 'MPEG'],
  ['.4.11', 'JPEG XL'],
]

/**
 * Writes the first frame of a DICOM file as it is to be seen: in its first window, colours as RGB.
 *
 * @throws {@link OperationError} source_corrupt, source_too_many_pixels, or source_feature_unsupported when its frames are compressed
 *   in a way that is not read here
 */
export async function writeDicomPicture({
  path,
  standInPath,
  maxPixels,
}: StandInRequest): Promise<boolean> {
  const frame = withOpenFile(path, (file) => {
    const set = readDataSet(file)
    return set.pixels === undefined ? undefined : readFrame(set, maxPixels)
  })
  // A report, or a plan of a treatment.
  if (frame === undefined) return false
  const { set, size, bytes, coding } = frame
  if (coding === 'jpeg 2000') {
    const decoded = await decodeJpeg2000Frame(bytes, size, frame.samples)
    writePicture(standInPath, { ...frame, bytes: decoded })
    return true
  }
  if (coding === 'jpeg') {
    if (frame.samples === 3) {
      writeFileSync(standInPath, toPlainJpeg(bytes, isRgb(set)))
      return true
    }
    writePicture(standInPath, { ...frame, bytes: await decodeGreyJpeg(bytes, size) })
    return true
  }
  writePicture(standInPath, frame)
  return true
}

/** A frame, and how its samples are stored unless it is a JPEG. */
interface Frame {
  readonly set: DataSet
  readonly size: Size
  readonly samples: 1 | 3
  readonly bits: StoredBits
  readonly bytes: Buffer
  readonly coding: 'plain' | 'jpeg' | 'jpeg 2000'
  /** Whether all samples of a channel come one after the other. */
  readonly isPlanar: boolean
  readonly isBigEndian: boolean
}

function isRgb(set: DataSet): boolean {
  return set.text(TAGS.photometric) === 'RGB'
}

function readFrame(set: DataSet, maxPixels: number): Frame | undefined {
  const { pixels } = set
  const height = set.number(TAGS.rows) ?? 0
  const width = set.number(TAGS.columns) ?? 0
  const size = { width, height }
  if (pixels === undefined || countPixels(size) === 0) throw damagedDicom()
  if (countPixels(size) > maxPixels) throw tooManyPixels(size, maxPixels)
  const samples = set.number(TAGS.samples) === 3 ? 3 : 1
  const allocated = set.number(TAGS.bitsAllocated) ?? 8
  const stored = Math.min(allocated, set.number(TAGS.bitsStored) ?? allocated)
  const bits = { allocated, stored, signed: set.number(TAGS.signed) === 1 }
  if (![1, 8, 16, 32].includes(allocated) || stored === 0) {
    throw new OperationError('source_feature_unsupported', {
      feature: `samples of ${allocated} bits, which are not read here`,
    })
  }
  const isPlanar = set.number(TAGS.planar) === 1
  const { isBigEndian } = set
  const facts = { set, size, samples, bits, isPlanar, isBigEndian, coding: 'plain' } as const
  const needed = Math.ceil((countPixels(size) * sampleCount(set, samples) * allocated) / 8)
  if (needed > MOST_BYTES)
    throw tooManyPixels(size, Math.floor(MOST_BYTES / (allocated / 8) / samples))
  if (pixels.length !== undefined) {
    if (pixels.length < needed) throw damagedDicom()
    const bytes = pixels.read(pixels.start, needed)
    if (bytes.length < needed) throw damagedDicom()
    return { ...facts, bytes }
  }
  const frames = Number.parseInt(set.text(TAGS.frames), 10) || 1
  const syntax = set.transferSyntax.startsWith(ROOT) ? set.transferSyntax.slice(ROOT.length) : ''
  requireRead(syntax, set.transferSyntax)
  const packed = readFirstFrame(pixels, frames)
  if (syntax === RUN_LENGTHS) {
    const shape = { pixels: countPixels(size), samples, bytes: allocated / 8 }
    return { ...facts, bytes: unpackRunLengths(packed, shape), isPlanar: false }
  }
  if (JPEG_2000.has(syntax)) {
    const deep = { ...bits, allocated: 16 }
    return {
      ...facts,
      bytes: packed,
      bits: deep,
      isPlanar: false,
      isBigEndian: false,
      coding: 'jpeg 2000',
    }
  }
  if (LOSSLESS_JPEG.has(syntax) || depthOfJpeg(packed) > 8) {
    const bytes = decodeDeepFrame(packed, size, samples)
    const deep = { ...bits, allocated: 16 }
    return { ...facts, bytes, bits: deep, isPlanar: false, isBigEndian: false }
  }
  return { ...facts, bytes: packed, coding: 'jpeg' }
}

/** How many samples a pixel has in the mean: two of four share their colour where it is said so. */
function sampleCount(set: DataSet, samples: number): number {
  return set.text(TAGS.photometric) === 'YBR_FULL_422' ? 2 : samples
}

/** @throws {@link OperationError} source_feature_unsupported */
function requireRead(syntax: string, whole: string): void {
  const isRead = [JPEG, LOSSLESS_JPEG, JPEG_2000].some((each) => each.has(syntax))
  if (syntax === RUN_LENGTHS || isRead) return
  const [, title] = UNREAD.find(([start]) => syntax.startsWith(start)) ?? []
  const feature = `frames compressed with ${title ?? `the transfer syntax ${whole.slice(0, 64)}`}, which is not read here`
  throw new OperationError('source_feature_unsupported', { feature })
}

async function decodeGreyJpeg(jpeg: Buffer, size: Size): Promise<Buffer> {
  // Most files have none, and libvips takes longer to load than a frame to be decoded.
  const { FAIL_ON, sharp } = await import('../../libvips.ts')
  try {
    const { data, info } = await sharp(jpeg, {
      failOn: FAIL_ON,
      limitInputPixels: countPixels(size),
    })
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true })
    if (info.width !== size.width || info.height !== size.height) throw damagedDicom()
    return data
  } catch (error) {
    if (error instanceof OperationError) throw error
    throw damagedDicom({ cause: error })
  }
}

function writePicture(path: string, frame: Frame): void {
  const { set, size, samples } = frame
  const isColoured = samples === 3 || set.text(TAGS.photometric) === 'PALETTE COLOR'
  const row = isColoured ? colouredRows(frame) : greyRows(frame)
  const tiff = openTiffWriter(path, {
    ...size,
    photometric: isColoured ? PHOTOMETRIC.rgb : PHOTOMETRIC.grey,
    samples: isColoured ? 3 : 1,
    alpha: false,
    resolution: undefined,
    profile: undefined,
  })
  try {
    const rowBytes = size.width * (isColoured ? 3 : 1)
    for (const { y, count } of tiff.strips) {
      const rows = Buffer.alloc(rowBytes * count)
      for (let index = 0; index < count; index++) {
        row(y + index, rows.subarray(index * rowBytes, (index + 1) * rowBytes))
      }
      tiff.write(rows)
    }
    tiff.finish()
  } finally {
    tiff.close()
  }
}

/** Fills the bytes of a row. */
type FillRow = (y: number, row: Uint8Array) => void

function greyRows(frame: Frame): FillRow {
  const { set, size, bits } = frame
  const valueAt = openSamples(frame)
  const padding = set.number(TAGS.padding)
  const shadeOf = createShades(set, bits, () => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let at = 0; at < countPixels(size); at++) {
      const value = valueAt(at)
      if (value === padding) continue
      least = Math.min(least, value)
      most = Math.max(most, value)
    }
    return least > most ? { least: 0, most: 0 } : { least, most }
  })
  const known = new Map<number, number>()
  const remembered = (value: number): number => {
    const shade = known.get(value) ?? shadeOf(value)
    known.set(value, shade)
    return shade
  }
  // Samples of 32 bits may be as many as pixels.
  const toShade = bits.stored > 16 ? shadeOf : remembered
  return (y, row) => {
    for (let x = 0; x < size.width; x++) row[x] = toShade(valueAt(y * size.width + x))
  }
}

function colouredRows(frame: Frame): FillRow {
  const { set, size, samples, bits, isPlanar } = frame
  const { width } = size
  const valueAt = openSamples(frame)
  if (samples === 1) {
    const show: ShowColour = readPalette(set)
    return (y, row) => {
      for (let x = 0; x < width; x++) show(valueAt(y * width + x), row, x * 3)
    }
  }
  const shift = Math.max(0, bits.stored - 8)
  const photometric = set.text(TAGS.photometric)
  // Of JPEG 2000 those are red, green and blue again once it is decoded.
  const isYbr = photometric.startsWith('YBR') && !/^YBR_(?:RCT|ICT)$/.test(photometric)
  const total = countPixels(size)
  return (y, row) => {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x
      for (let channel = 0; channel < 3; channel++) {
        row[x * 3 + channel] =
          valueAt(placeOf(pixel, channel, { photometric, isPlanar, total })) >> shift
      }
      if (isYbr) toRgb(row, x * 3)
    }
  }
}

function placeOf(
  pixel: number,
  channel: number,
  {
    photometric,
    isPlanar,
    total,
  }: { readonly photometric: string; readonly isPlanar: boolean; readonly total: number },
): number {
  // Two brightnesses, and the colour of both.
  if (photometric === 'YBR_FULL_422') {
    return Math.floor(pixel / 2) * 4 + (channel === 0 ? pixel % 2 : channel + 1)
  }
  return isPlanar ? channel * total + pixel : pixel * 3 + channel
}

/** The value of each sample, by its number. */
function openSamples({ bytes, bits, set, isBigEndian }: Frame): (at: number) => number {
  const { allocated, stored, signed } = bits
  if (allocated === 1) return (at) => ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1
  const high = set.number(TAGS.highBit) ?? stored - 1
  const shift = Math.min(31, Math.max(0, high + 1 - stored))
  const away = 32 - stored
  const raw = rawSamples(bytes, allocated, isBigEndian)
  return signed
    ? (at) => ((raw(at) >>> shift) << away) >> away
    : (at) => ((raw(at) >>> shift) << away) >>> away
}

function rawSamples(
  bytes: Buffer,
  allocated: number,
  isBigEndian: boolean,
): (at: number) => number {
  if (allocated === 8) return (at) => bytes[at] ?? 0
  if (allocated === 16) {
    const [low, high] = isBigEndian ? [1, 0] : [0, 1]
    return (at) => (bytes[at * 2 + low] ?? 0) | ((bytes[at * 2 + high] ?? 0) << 8)
  }
  return (at) => (isBigEndian ? bytes.readUInt32BE(at * 4) : bytes.readUInt32LE(at * 4))
}
