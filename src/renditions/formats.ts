import type { Sharp } from 'sharp'

/**
 * Every `fmt` an image rendition can ask for. The short and the long spelling are both in use: AEM's profiles write
 * `jpeg` where the Asset Compute documentation writes `jpg`.
 */
export const FORMAT_NAMES = ['png', 'jpg', 'jpeg', 'webp', 'tif', 'tiff', 'gif'] as const

/** A value of `fmt`. */
export type FormatName = (typeof FORMAT_NAMES)[number]

/** What the instructions say about encoding. */
export interface EncoderSettings {
  /** 1 to 100; formats that lose nothing ignore it. */
  readonly quality?: number
}

/** A format that renditions are written in. */
export interface OutputFormat {
  /** The name people use, for sentences. */
  readonly title: string
  readonly mediaType: string
  /** Whether transparency survives; where it does not, the image is put on white. */
  readonly alpha: boolean
  /** The longest side the format can have, in pixels. */
  readonly maxSide: number
  /** Adds the encoder to `image`. */
  encode(image: Sharp, settings: EncoderSettings): Sharp
}

// Above 85 a JPEG of a photo grows fast while nobody sees the difference at arm's length; below, edges start to ring.
const DEFAULT_JPEG_QUALITY = 85
// WebP's scale sits lower: its 80 looks like JPEG's 85 and is about a quarter smaller.
const DEFAULT_WEBP_QUALITY = 80
// From here on the caller asks for fidelity, so colour keeps its full resolution. ImageMagick, which does the
// post-processing of Adobe's SDK, draws the line at the same place.
const FULL_COLOUR_QUALITY = 90

const png: OutputFormat = {
  title: 'PNG',
  mediaType: 'image/png',
  alpha: true,
  maxSide: 2 ** 31 - 1,
  // No quality here: to libvips it means a reduced palette, and whoever asks for a PNG asks for all its colours.
  encode: (image) => image.png(),
}

const jpeg: OutputFormat = {
  title: 'JPEG',
  mediaType: 'image/jpeg',
  alpha: false,
  // libjpeg's own limit, a little under the 65535 of the file format.
  maxSide: 65_500,
  encode: (image, { quality = DEFAULT_JPEG_QUALITY }) =>
    image.jpeg({ quality, chromaSubsampling: quality < FULL_COLOUR_QUALITY ? '4:2:0' : '4:4:4' }),
}

const webp: OutputFormat = {
  title: 'WebP',
  mediaType: 'image/webp',
  alpha: true,
  maxSide: 16_383,
  encode: (image, { quality = DEFAULT_WEBP_QUALITY }) => image.webp({ quality }),
}

const tiff: OutputFormat = {
  title: 'TIFF',
  mediaType: 'image/tiff',
  alpha: true,
  maxSide: 2 ** 31 - 1,
  // libvips would put JPEG data into a TIFF. LZW with a horizontal predictor loses nothing and every reader knows it.
  encode: (image) => image.tiff({ compression: 'lzw', predictor: 'horizontal' }),
}

const gif: OutputFormat = {
  title: 'GIF',
  mediaType: 'image/gif',
  alpha: true,
  maxSide: 65_535,
  encode: (image) => image.gif(),
}

/** The output format of each `fmt`. */
export const FORMATS: Readonly<Record<FormatName, OutputFormat>> = {
  png,
  jpg: jpeg,
  jpeg,
  webp,
  tif: tiff,
  tiff,
  gif,
}
