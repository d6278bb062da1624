import { countPixels, type Size } from '../dimensions.ts'
import type { ConversionRequest } from './conversion.ts'
import type { SourceBytes } from './magick-source.ts'
import { openTiffWriter, PHOTOMETRIC, type TiffHeader } from './tiff.ts'

/** A picture that is decoded here, without ImageMagick. */
export interface Raster extends Size {
  readonly colours: 'grey' | 'rgb' | 'cmyk'
  /** Whether the last sample of a pixel is its transparency; the colours are not multiplied by it. */
  readonly alpha: boolean
  /** Pixels per inch; undefined when nobody knows. */
  readonly resolution?: TiffHeader['resolution']
  /** An ICC profile of its colours, which mean sRGB without one. */
  readonly profile?: Uint8Array | undefined
  /** The samples of `count` rows from row `y` on, 8 bits each. */
  readonly rows: (y: number, count: number) => Uint8Array
}

/** A file whose header has been read. */
export interface OpenedRaster extends Size {
  /** As much memory as a pixel takes while it is decoded, in bytes. */
  readonly bytesAPixel: number
  readonly decode: () => Raster
}

/**
 * Reads the header of a file.
 *
 * @throws {@link IncompleteFile} when it is damaged, {@link UnknownFeature} when nobody here decodes it; so does `decode`
 */
export type OpenRaster = (
  file: SourceBytes,
  request: Pick<ConversionRequest, 'directory'>,
) => OpenedRaster

/** The most that may be taken for the pixels of a picture while it is decoded, in bytes. */
const MOST_BYTES = 900_000_000

/** As many pixels of a picture are decoded at most; undefined when it has no more. */
export function limitOf(opened: OpenedRaster, maxPixels: number): number | undefined {
  const most = Math.min(maxPixels, Math.floor(MOST_BYTES / opened.bytesAPixel))
  return countPixels(opened) > most ? most : undefined
}

/** How many samples colours have. */
const SAMPLES = { grey: 1, rgb: 3, cmyk: 4 } as const

/** Writes a TIFF file of a picture. */
export function writeRaster(raster: Raster, tiffPath: string): void {
  const { width, height, colours, alpha, rows, resolution, profile } = raster
  const tiff = openTiffWriter(tiffPath, {
    width,
    height,
    photometric: PHOTOMETRIC[colours],
    samples: SAMPLES[colours] + (alpha ? 1 : 0),
    alpha,
    resolution,
    profile,
  })
  try {
    for (const { y, count } of tiff.strips) tiff.write(rows(y, count))
    tiff.finish()
  } finally {
    tiff.close()
  }
}
