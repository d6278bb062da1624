import { type FileHandle, open, rm } from 'node:fs/promises'
import type { Metadata } from 'sharp'
import { FAIL_ON, sharp } from '../libvips.ts'
import { BANDS, type Samples } from '../meaning/samples.ts'
import { createToSrgb } from '../meaning/to-srgb.ts'
import { turnLabIntoRgb } from './samples.ts'
import { openTiffWriter, PHOTOMETRIC } from './tiff.ts'

/** A picture that libvips decodes, and what its samples mean. */
export interface MisreadPicture {
  readonly path: string
  /** Which picture of the file, as libvips counts, from 0. */
  readonly page: number
  readonly samples: Samples
}

/** The numbers in which libvips gives samples: what they are read with, and what the least and the greatest are. */
interface Numbers {
  readonly bytes: 1 | 2 | 4 | 8
  readonly over: (pixels: ArrayBuffer, length: number) => ArrayLike<number>
  readonly least: number
  readonly greatest: number
}

const NUMBERS: Readonly<Record<string, Numbers>> = {
  uchar: { bytes: 1, over: (...of) => new Uint8Array(of[0], 0, of[1]), ...ranged(0, 8) },
  char: { bytes: 1, over: (...of) => new Int8Array(of[0], 0, of[1]), ...ranged(-1, 7) },
  ushort: { bytes: 2, over: (...of) => new Uint16Array(of[0], 0, of[1]), ...ranged(0, 16) },
  short: { bytes: 2, over: (...of) => new Int16Array(of[0], 0, of[1]), ...ranged(-1, 15) },
  uint: { bytes: 4, over: (...of) => new Uint32Array(of[0], 0, of[1]), ...ranged(0, 32) },
  int: { bytes: 4, over: (...of) => new Int32Array(of[0], 0, of[1]), ...ranged(-1, 31) },
  float: { bytes: 4, over: (...of) => new Float32Array(of[0], 0, of[1]), least: 0, greatest: 1 },
  double: { bytes: 8, over: (...of) => new Float64Array(of[0], 0, of[1]), least: 0, greatest: 1 },
}

/** @param sign - -1 where half of the numbers are below 0 */
function ranged(sign: 0 | -1, bits: number): { readonly least: number; readonly greatest: number } {
  return { least: sign * 2 ** bits, greatest: 2 ** bits - 1 }
}

/**
 * Writes a TIFF file of 8 bits a sample that has the pixels of a picture as they are meant, and its profile where that says
 * what they mean. Through a file, so that no more than a few rows are in memory.
 *
 * @param plainPath - the file to write; another one beside it is written and removed
 * @throws what libvips says of the picture, and what the system says of the files
 */
export async function writePlainSamples(
  { path, page, samples }: MisreadPicture,
  plainPath: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const rawPath = `${plainPath}.v`
  try {
    const given = await decodeInto(rawPath, path, page)
    signal?.throwIfAborted()
    await rewrite(rawPath, plainPath, { given, samples, signal })
  } finally {
    await rm(rawPath, { force: true })
  }
}

/** What comes before the samples in a file of libvips' own format, in bytes. */
const HEADER_BYTES = 64

/** Has libvips write the samples as it finds them, with no thought of what they mean. */
async function decodeInto(rawPath: string, path: string, page: number): Promise<Metadata> {
  const image = sharp(path, { failOn: FAIL_ON, limitInputPixels: false, ignoreIcc: true, page })
  const given = await image.metadata()
  const kept = image.pipelineColourspace(given.space).toColourspace(given.space)
  await kept.toFile(rawPath)
  return given
}

/** As what colours are written. */
const WRITTEN_AS = { grey: 'grey', rgb: 'rgb', cmyk: 'cmyk', lab: 'rgb' } as const

/** Whether the colours are turned into those of sRGB, whatever a profile in the file says of them. */
function isSrgb({ colours, space }: Samples): boolean {
  return space !== undefined || colours === 'lab'
}

async function rewrite(
  rawPath: string,
  plainPath: string,
  {
    given,
    samples,
    signal,
  }: {
    readonly given: Metadata
    readonly samples: Samples
    readonly signal: AbortSignal | undefined
  },
): Promise<void> {
  const { width, height, channels: bands } = given
  const numbers = NUMBERS[given.depth]
  if (numbers === undefined) throw new RangeError(`there are no samples of ${given.depth}`)
  const written = BANDS[samples.colours] + (samples.alpha === undefined ? 0 : 1)
  const tiff = openTiffWriter(plainPath, {
    width,
    height,
    photometric: PHOTOMETRIC[WRITTEN_AS[samples.colours]],
    samples: written,
    alpha: samples.alpha !== undefined,
    resolution: undefined,
    profile: isSrgb(samples) ? undefined : given.icc,
  })
  try {
    const file = await open(rawPath)
    try {
      const turn = createPixelTurner(samples, numbers, bands)
      let at = HEADER_BYTES
      for (const { count } of tiff.strips) {
        signal?.throwIfAborted()
        const pixels = width * count
        const bytes = new Uint8Array(pixels * bands * numbers.bytes)
        await readWhole(file, bytes, at)
        at += bytes.length
        const rows = new Uint8Array(pixels * written)
        turn(numbers.over(bytes.buffer, pixels * bands), rows, pixels)
        tiff.write(rows)
      }
    } finally {
      await file.close()
    }
    tiff.finish()
  } finally {
    tiff.close()
  }
}

async function readWhole(file: FileHandle, bytes: Uint8Array, from: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, from + done)
    if (bytesRead === 0) throw new RangeError('libvips has written fewer pixels than there are')
    done += bytesRead
  }
}

type PixelTurner = (from: ArrayLike<number>, to: Uint8Array, pixels: number) => void

function createPixelTurner(
  samples: Samples,
  { least, greatest }: Numbers,
  bands: number,
): PixelTurner {
  const { colours, blueFirst = false, alpha, premultiplied = false, space } = samples
  const { signed = false, whiteIsLeast = false } = samples
  const count = BANDS[colours]
  const written = count + (alpha === undefined ? 0 : 1)
  const toSrgb = space && createToSrgb(space)
  const scale = 1 / (greatest - least)
  const half = (greatest + 1) / 2
  const shown = new Uint8Array(3)
  const values = [0, 0, 0, 0]
  const turnRow = createBandTurner(samples, written)
  return (from, to, pixels) => {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const start = pixel * bands
      const at = pixel * written
      const read = (band: number): number => {
        const given = from[start + band] ?? 0
        return clip(((signed ? (given + half) % (2 * half) : given) - least) * scale)
      }
      const covers = alpha === undefined ? 1 : read(alpha)
      for (let band = 0; band < count; band += 1) {
        const given = read(blueFirst ? count - 1 - band : band)
        const value = whiteIsLeast ? 1 - given : given
        values[band] = premultiplied && covers > 0 ? clip(value / covers) : value
      }
      const [first = 0, second = first, third = first] = values
      if (toSrgb === undefined) {
        for (let band = 0; band < count; band += 1) to[at + band] = toByte(values[band] ?? 0)
      } else if (count === 1) {
        toSrgb(first, first, first, shown, 0)
        to[at] = shown[0] ?? 0
      } else toSrgb(first, second, third, to, at)
      if (alpha !== undefined) to[at + count] = toByte(covers)
    }
    turnRow?.(to)
  }
}

/**
 * Makes what turns bytes of other colours into red, green and blue, in place.
 *
 * @param written - how many samples a pixel has
 * @returns undefined for colours that are written as they are
 */
function createBandTurner(
  { colours, labFromZero = false }: Samples,
  written: number,
): ((pixels: Uint8Array) => void) | undefined {
  if (colours !== 'lab') return undefined
  return (pixels) => {
    if (!labFromZero) beginAtZero(pixels, written)
    turnLabIntoRgb(pixels, written)
  }
}

/** Writes a* and b*, which are numbers with a sign, as from -128 on. */
function beginAtZero(pixels: Uint8Array, written: number): void {
  for (let at = 0; at < pixels.length; at += written) {
    pixels[at + 1] = (pixels[at + 1] ?? 0) ^ 0x80
    pixels[at + 2] = (pixels[at + 2] ?? 0) ^ 0x80
  }
}

/** What is no number is black. */
function clip(value: number): number {
  return value > 0 ? Math.min(1, value) : 0
}

function toByte(value: number): number {
  return Math.round(value * 255)
}
