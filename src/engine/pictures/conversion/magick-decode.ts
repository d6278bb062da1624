import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  ColorSpace,
  type Density,
  DensityUnit,
  type IMagickImage,
  initializeImageMagick,
  MagickError,
  MagickErrorSeverity,
  MagickImage,
  MagickReadSettings,
  ResourceLimits,
} from '@imagemagick/magick-wasm'
import { countPixels, type Size } from '../dimensions.ts'
import { CENTIMETRES, MOST_RESOLUTION } from '../headers/resolution.ts'
import { readProfileSpace } from '../meaning/profile-space.ts'
import type { Conversion, ConversionRequest, MagickFormatName } from './conversion.ts'
import { findPicture } from './find-picture.ts'
import {
  HugeFile,
  IncompleteFile,
  type SourceBytes,
  UnknownFeature,
  withSourceBytes,
} from './magick-source.ts'
import type { Picture } from './picture.ts'
import { convertRaster, isRaster } from './rasters.ts'
import { createRowTurner, divideByAlpha, takeOffWhite, turnLabIntoRgb } from './samples.ts'
import { openTiffWriter, PHOTOMETRIC, type TiffHeader } from './tiff.ts'

/** The most that ImageMagick may take for pixels, in bytes. Layers that nobody has merged can be any number. */
const MAX_PIXEL_BYTES = 900_000_000n

/** The share of the largest picture that is decoded from more than 8 bits, for which libheif takes that much more. */
const DEEP_PIXELS = 2 / 3

/** How the colours of pixels are stored. */
interface Colours {
  readonly photometric: TiffHeader['photometric']
  /** The names that ImageMagick has for the channels. */
  readonly channels: string
  /** White, for pictures that are put on it; undefined where ImageMagick takes it off by itself. */
  readonly white: readonly number[] | undefined
}

const GREY: Colours = { photometric: PHOTOMETRIC.grey, channels: 'R', white: [255] }
const CMYK: Colours = { photometric: PHOTOMETRIC.cmyk, channels: 'CMYK', white: [0, 0, 0, 0] }
const LAB: Colours = { photometric: PHOTOMETRIC.rgb, channels: 'RGB', white: [255, 128, 128] }
const RGB: Colours = { photometric: PHOTOMETRIC.rgb, channels: 'RGB', white: undefined }

/** Loads ImageMagick, once and before {@link convertHere}. */
export async function loadDecoder(): Promise<void> {
  const wasm = import.meta.resolve('@imagemagick/magick-wasm/magick.wasm')
  await initializeImageMagick(await readFile(fileURLToPath(wasm)))
  ResourceLimits.memory = MAX_PIXEL_BYTES
  // Its disk would be in memory, too.
  ResourceLimits.disk = 0n
}

/**
 * Converts a file in this thread.
 *
 * @throws what the file system says when a file cannot be read or written
 */
export function convertHere(request: ConversionRequest): Conversion {
  try {
    return withSourceBytes(request.path, (file) => {
      const { format } = request
      return isRaster(format)
        ? convertRaster(file, format, request)
        : convert(file, format, request)
    })
  } catch (error) {
    if (isOutOfMemory(error)) return { outcome: 'out of memory' }
    if (error instanceof UnknownFeature) return { outcome: 'unsupported', feature: error.feature }
    if (error instanceof IncompleteFile || error instanceof MagickError) {
      return { outcome: 'corrupt', cause: error }
    }
    // What LibRaw, which is C++, throws at a photo that it cannot read comes through as it is.
    if (!(error instanceof Error)) return { outcome: 'corrupt', cause: 'LibRaw cannot read it.' }
    throw error
  }
}

function isOutOfMemory(error: unknown): boolean {
  if (error instanceof MagickError) return error.severity === MagickErrorSeverity.CacheError
  return error instanceof HugeFile
}

function convert(
  file: SourceBytes,
  format: MagickFormatName,
  { index = 0, maxPixels, tiffPath, space, inverted = false }: ConversionRequest,
): Conversion {
  const picture = findPicture(file, format)
  const { size, pieces } = picture
  if (size && countPixels(size) > maxPixels) return tooLarge(size, maxPixels)
  // The format is named, or ImageMagick would go by the bytes and run what looks like a script to it.
  const settings = new MagickReadSettings({
    format: picture.kind ?? format,
    frameIndex: index,
    frameCount: 1,
  })
  const image = MagickImage.create()
  try {
    if (size === undefined) {
      image.ping(file.read(pieces), settings)
      const limit = image.depth > 8 ? Math.floor(maxPixels * DEEP_PIXELS) : maxPixels
      if (countPixels(image) > limit) return tooLarge(image, limit)
    }
    read(image, file.read(pieces), settings)
    const isInverted = inverted || picture.inverted === true
    write(image, { ...picture, inverted: isInverted }, { tiffPath, space })
    return { outcome: 'converted' }
  } finally {
    image.dispose()
  }
}

function tooLarge({ width, height }: Size, limit: number): Conversion {
  return { outcome: 'too large', width, height, limit }
}

/** @throws {@link MagickError} when the picture is damaged, which to ImageMagick may be a warning */
function read(image: IMagickImage, bytes: Uint8Array, settings: MagickReadSettings): void {
  const warnings: MagickError[] = []
  image.onWarning = ({ error }) => warnings.push(error, ...error.relatedErrors)
  image.read(bytes, settings)
  const damage = warnings.find(
    ({ severity }) => severity === MagickErrorSeverity.CorruptImageWarning,
  )
  if (damage) throw damage
}

function write(
  image: IMagickImage,
  picture: Picture,
  { tiffPath, space }: Pick<ConversionRequest, 'tiffPath' | 'space'>,
): void {
  const { onWhite, opaque, isSrgb, inks, inverted, premultiplied, liesAsStored } = picture
  const { width, height } = image
  if (image.colorSpace === ColorSpace.Rec601YCbCr) image.colorSpace = ColorSpace.sRGB
  const colours = inks ? CMYK : coloursOf(image.colorSpace)
  const alpha = image.hasAlpha && opaque !== true && inks !== true
  const channels = alpha ? `${colours.channels}A` : colours.channels
  // A copy, since the memory that it is in moves when it grows.
  const profile = image.getColorProfile()?.data.slice()
  const told = space ?? (profile && readProfileSpace(Buffer.from(profile)))
  const turn =
    told && (colours === RGB || colours === GREY)
      ? createRowTurner(told, { samples: channels.length, isGrey: colours === GREY })
      : undefined
  const isTurned = colours === LAB || isSrgb === true || (turn !== undefined && space === undefined)
  image.getPixels((pixels) => {
    const header = {
      width,
      height,
      photometric: colours.photometric,
      samples: channels.length,
      // Other decoders have turned what they give.
      orientation: liesAsStored && image.orientation > 1 ? image.orientation : undefined,
      alpha,
      resolution: toPixelsPerInch(image.density),
      profile: isTurned ? undefined : profile,
    }
    const tiff = openTiffWriter(tiffPath, header)
    try {
      for (const { y, count } of tiff.strips) {
        const rows = inks
          ? keepInks(pixels.getArea(0, y, width, count), image.channelCount)
          : pixels.toByteArray(0, y, width, count, channels)
        if (rows === null) throw new MagickError('The decoded rows cannot be read.')
        if (inverted) invert(rows, channels.length, alpha)
        if (alpha && onWhite && colours.white) takeOffWhite(rows, colours.white)
        if (alpha && premultiplied) divideByAlpha(rows, channels.length)
        if (colours === LAB) turnLabIntoRgb(rows, channels.length)
        turn?.(rows)
        tiff.write(rows)
      }
      tiff.finish()
    } finally {
      tiff.close()
    }
  })
}

/** Exchanges black and white; the last sample of a pixel is none of that where it is its transparency. */
function invert(rows: Uint8Array, samples: number, alpha: boolean): void {
  for (let at = 0; at < rows.length; at += 1) {
    if (alpha && at % samples === samples - 1) continue
    rows[at] = 255 - (rows[at] ?? 0)
  }
}

/** The first four samples of each pixel; null when there are fewer. */
function keepInks(pixels: Uint8Array, samples: number): Uint8Array | null {
  const inks = CMYK.channels.length
  if (samples === inks) return pixels
  if (samples < inks) return null
  return pixels.filter((_, index) => index % samples < inks)
}

function coloursOf(space: ColorSpace): Colours {
  if (space === ColorSpace.Gray) return GREY
  if (space === ColorSpace.CMYK) return CMYK
  return space === ColorSpace.Lab ? LAB : RGB
}

function toPixelsPerInch({ x, y, units }: Density): TiffHeader['resolution'] {
  const factor = units === DensityUnit.PixelsPerCentimeter ? CENTIMETRES : 1
  const resolution = { x: x * factor, y: y * factor }
  return isResolution(resolution.x) && isResolution(resolution.y) ? resolution : undefined
}

/** What is not set is 0, or about 0 after it was a fraction in the file, and damage can make anything of it. */
function isResolution(pixelsPerInch: number): boolean {
  return pixelsPerInch >= 1 && pixelsPerInch <= MOST_RESOLUTION
}
