import type { ColourSpace } from '../meaning/colour-space.ts'

/**
 * The formats that ImageMagick reads for libvips. PSD is PSB as well, SGI whatever has its magic number, TIFF and AVIF what
 * libvips knows no way to read, such as Lab with 8 bits and sequences of pictures, and RAW the photos of cameras before they are developed.
 */
export type MagickFormatName =
  | ('PSD' | 'HEIC' | 'AVIF' | 'SGI' | 'TIFF' | 'RAW')
  | ('JXL' | 'JP2' | 'TGA' | 'PCX' | 'PNM' | 'DDS' | 'PICT')

/**
 * Those that are read here, of which ImageMagick would cut what is brighter than white, read the first layer alone, or take pixels for
 * what they are not; JPEGs are those of more than 8 bits, and pieces are the strips or tiles of a TIFF
 * that neither it nor libvips unpacks.
 */
export type RasterFormat = 'BMP' | 'ICO' | 'EXR' | 'HDR' | 'PFM' | 'XCF' | 'JPEG' | 'TIFF in pieces'

/** Formats that become a TIFF before libvips reads them. */
export type ConvertibleFormat = MagickFormatName | RasterFormat

/** A source file, and the TIFF file to write. */
export interface ConversionRequest {
  readonly path: string
  readonly format: ConvertibleFormat
  /** Which of its pictures, from 0; the first unless given. */
  readonly index?: number
  /** Where the directory of the picture is, in a TIFF of which pieces are read. */
  readonly directory?: number | undefined
  readonly tiffPath: string
  /** What its colours mean, where the file says so in a way that ImageMagick does not heed. */
  readonly space?: ColourSpace | undefined
  /** Whether ImageMagick takes black for white. */
  readonly inverted?: boolean
  /** The largest picture to decode; {@link MAX_CONVERTED_PIXELS} is a limit as well. */
  readonly maxPixels: number
}

/** What became of a request; there is a TIFF file when the source was converted, and none otherwise. */
export type Conversion =
  | { readonly outcome: 'converted' }
  | { readonly outcome: 'corrupt'; readonly cause: unknown }
  /** `feature`: what nobody here reads, as in "the source has ...". */
  | { readonly outcome: 'unsupported'; readonly feature: string }
  | {
      readonly outcome: 'too large'
      /** In pixels, as are the others. */
      readonly width: number
      readonly height: number
      readonly limit: number
    }
  | { readonly outcome: 'out of memory' }
  | { readonly outcome: 'too slow'; readonly seconds: number }

/**
 * The largest picture that is converted, in pixels: one of a camera with 102 megapixels, and some more. While it is
 * decoded, up to 1.8 GB are in use.
 */
export const MAX_CONVERTED_PIXELS = 110_000_000
