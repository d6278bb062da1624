import { writeFile } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { type FormatId, KNOWN_FORMATS } from '../../sources/formats.ts'
import type { Box } from './dimensions.ts'
import { type Resolution, tiffResolution } from './headers/resolution.ts'
import { clearTiffOrientation, clearTiffResolution, stampFile, stampPng } from './headers/stamp.ts'
import { writeJpeg } from './jpeg.ts'
import { forgetSource, toMemory } from './memory.ts'
import { encodeOptimizedPng } from './optimized-png.ts'
import type { EncoderSettings, Optimization, WrittenFormat } from './options.ts'
import { type Levels, palettes, qualities } from './within-size.ts'

/** A format that renditions are written in. */
export interface OutputFormat {
  /** The name people use, for sentences. */
  readonly title: string
  readonly mediaType: string
  /** Whether transparency survives; where it does not, the image is put on white. */
  readonly alpha: boolean
  /** Whether it can have several frames. */
  readonly animates: boolean
  /** The longest side the format can have, in pixels. */
  readonly maxSide: number
  /** What a picture is made to fit into first, where the format has no size of its own. */
  readonly box?: Box
  /** What makes a file smaller; nothing where it has one level. */
  readonly levels: Levels
  /**
   * Encodes `image` into the file `path`.
   *
   * @param resolution - what the file says of its physical size, in formats that can; nothing when undefined
   */
  write(
    image: Sharp,
    path: string,
    settings: EncoderSettings,
    resolution: Resolution | undefined,
  ): Promise<void>
}

// WebP's scale sits lower than JPEG's: its 80 looks like JPEG's 85 and is about a quarter smaller.
const DEFAULT_WEBP_QUALITY = 80
const DEFAULT_AVIF_QUALITY = 50
const OPTIMIZED_WEBP_QUALITY: Readonly<Record<Optimization, number>> = {
  lossless: 100,
  print: 90,
  web: 75,
  max: 55,
}
const WEBP_EFFORT = 5
const GIF_EFFORT = 10
/** How far a pixel of an animation may be from that of the frame before, and be left out; libvips counts to 32. */
const OPTIMIZED_GIF_ERROR: Readonly<Record<Optimization, number>> = {
  lossless: 0,
  print: 0,
  web: 4,
  max: 10,
}
/** How hard it is tried to make a PNG small when nobody says. */
export const DEFAULT_COMPRESSION_LEVEL = 6
// sharp's default of 4 takes six times as long for a file that is a tenth smaller: seconds for a picture of one megapixel.
export const AVIF_EFFORT = 2

const png: OutputFormat = {
  ...factsOf('png'),
  levels: palettes(),
  alpha: true,
  animates: false,
  maxSide: 2 ** 31 - 1,
  async write(
    image,
    path,
    { interlace = false, compressionLevel = DEFAULT_COMPRESSION_LEVEL, optimize, colours },
    resolution,
  ) {
    if (colours !== undefined) {
      const palette = { palette: true, colours, effort: 10, compressionLevel: 9 }
      await image.png({ ...palette, progressive: interlace }).toFile(path)
      stampFile(path, (file) => stampPng(file, resolution))
      return
    }
    if (optimize !== undefined) {
      await writeFile(path, await encodeOptimizedPng(image, optimize, interlace))
      stampFile(path, (file) => stampPng(file, resolution))
      return
    }
    // No quality here: to libvips it means a reduced palette, and whoever asks for a PNG asks for all its colours.
    await image.png({ progressive: interlace, compressionLevel }).toFile(path)
    stampFile(path, (file) => stampPng(file, resolution))
  },
}

const jpeg: OutputFormat = {
  ...factsOf('jpeg'),
  levels: qualities(),
  alpha: false,
  animates: false,
  // libjpeg's own limit, a little under the 65535 of the file format.
  maxSide: 65_500,
  write: writeJpeg,
}

const webp: OutputFormat = {
  ...factsOf('webp'),
  levels: qualities(),
  alpha: true,
  animates: true,
  maxSide: 16_383,
  async write(image, path, { quality, optimize }) {
    if (optimize === undefined) {
      await image.webp({ quality: quality ?? DEFAULT_WEBP_QUALITY }).toFile(path)
      return
    }
    const lossless = optimize === 'lossless'
    const wanted = quality ?? OPTIMIZED_WEBP_QUALITY[optimize]
    await image.webp({ quality: wanted, lossless, effort: WEBP_EFFORT }).toFile(path)
  },
}

// libvips would put JPEG data into a TIFF. LZW with a predictor loses nothing and every reader knows it.
const LOSSLESS_TIFF = { compression: 'lzw', predictor: 'horizontal' } as const

const tiff: OutputFormat = {
  ...factsOf('tiff'),
  levels: [{}],
  alpha: true,
  animates: false,
  maxSide: 2 ** 31 - 1,
  async write(image, path, _settings, resolution) {
    await image.tiff({ ...LOSSLESS_TIFF, ...tiffResolution(resolution) }).toFile(path)
    stampFile(path, (file) => {
      if (resolution === undefined) clearTiffResolution(file)
      clearTiffOrientation(file)
    })
  },
}

const gif: OutputFormat = {
  ...factsOf('gif'),
  levels: palettes(),
  alpha: true,
  animates: true,
  maxSide: 65_535,
  async write(image, path, { interlace = false, optimize, colours = 256 }) {
    const smaller = optimize && {
      effort: GIF_EFFORT,
      interFrameMaxError: OPTIMIZED_GIF_ERROR[optimize],
    }
    await image.gif({ progressive: interlace, colours, ...smaller }).toFile(path)
  },
}

const avif: OutputFormat = {
  ...factsOf('avif'),
  levels: qualities(),
  alpha: true,
  animates: false,
  maxSide: 16_384,
  async write(image, path, { quality = DEFAULT_AVIF_QUALITY }) {
    const upright = await forgetSource(image)
    await upright.avif({ quality, effort: AVIF_EFFORT }).toFile(path)
  },
}

/** ThumbHash is made of this at most. */
const THUMBHASH_SIDE = 100

const thumbhash: OutputFormat = {
  ...factsOf('thumbhash'),
  levels: [{}],
  alpha: true,
  animates: false,
  maxSide: THUMBHASH_SIDE,
  box: { width: THUMBHASH_SIDE, height: THUMBHASH_SIDE },
  async write(image, path) {
    const { pixels, layout } = await toMemory(image.toColourspace('srgb').ensureAlpha())
    const hash = rgbaToThumbHash(layout.width, layout.height, pixels)
    await writeFile(path, Buffer.from(hash).toString('base64'))
  },
}

function factsOf(id: FormatId): Pick<OutputFormat, 'title' | 'mediaType'> {
  const { title, mediaType } = KNOWN_FORMATS[id]
  return { title, mediaType }
}

/** The formats by their names. */
export const FORMATS: Readonly<Record<WrittenFormat, OutputFormat>> = {
  png,
  jpeg,
  webp,
  tiff,
  gif,
  avif,
  thumbhash,
}
