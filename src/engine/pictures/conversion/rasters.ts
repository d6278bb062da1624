import { openBitmap } from './bitmap/open-bitmap.ts'
import { openIcon } from './bitmap/open-icon.ts'
import type {
  Conversion,
  ConversionRequest,
  ConvertibleFormat,
  RasterFormat,
} from './conversion.ts'
import { openDeepJpeg } from './deep-jpeg/open-deep-jpeg.ts'
import { openExr } from './light/exr/open-exr.ts'
import { openFloatMap } from './light/float-map.ts'
import { openRadiance } from './light/radiance.ts'
import type { SourceBytes } from './magick-source.ts'
import { limitOf, type OpenRaster, writeRaster } from './raster.ts'
import { openTiffPieces } from './tiff-pieces/open-tiff-pieces.ts'
import { openXcf } from './xcf/open-xcf.ts'

/** What reads those that ImageMagick does not read as they are meant. */
const RASTERS: Readonly<Record<RasterFormat, OpenRaster>> = {
  BMP: openBitmap,
  ICO: openIcon,
  EXR: openExr,
  HDR: openRadiance,
  PFM: openFloatMap,
  XCF: openXcf,
  JPEG: openDeepJpeg,
  'TIFF in pieces': openTiffPieces,
}

/** Whether a format is read here, without ImageMagick. */
export function isRaster(format: ConvertibleFormat): format is RasterFormat {
  return Object.hasOwn(RASTERS, format)
}

/**
 * Converts a file of such a format.
 *
 * @throws {@link IncompleteFile}, {@link HugeFile} or {@link UnknownFeature} when there is nothing to convert
 */
export function convertRaster(
  file: SourceBytes,
  format: RasterFormat,
  {
    maxPixels,
    tiffPath,
    directory,
  }: Pick<ConversionRequest, 'maxPixels' | 'tiffPath' | 'directory'>,
): Conversion {
  const opened = RASTERS[format](file, { directory })
  const { width, height } = opened
  const limit = limitOf(opened, maxPixels)
  if (limit !== undefined) return { outcome: 'too large', width, height, limit }
  writeRaster(opened.decode(), tiffPath)
  return { outcome: 'converted' }
}
