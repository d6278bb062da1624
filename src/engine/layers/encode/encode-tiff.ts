import type { TiffOptions } from 'sharp'
import { tiffResolution } from '../../pictures/headers/resolution.ts'
import { clearTiffResolution, inMemory } from '../../pictures/headers/stamp.ts'
import type { Encoding } from '../encoding.ts'
import type { PixelEncoder } from './file-encoder.ts'
import { openInColours, resolutionOf, withXmpOf } from './open-in-colours.ts'

/** Encodes a TIFF; with JPEG data in it, which take the quality, or with no loss. */
export const encodeTiff: PixelEncoder = async (raster, encoding) => {
  const image = withXmpOf(await openInColours(raster, encoding, encoding.embedProfile), encoding)
  const resolution = resolutionOf(encoding)
  const tiff = await image
    .tiff({ ...compressedBy(encoding), ...tiffResolution(resolution) })
    .toBuffer()
  if (resolution === undefined) clearTiffResolution(inMemory(tiff))
  return tiff
}

function compressedBy({ compression, quality }: Encoding): TiffOptions {
  if (compression === 'jpeg') return { compression, quality }
  if (compression === 'lzw') return { compression, predictor: 'horizontal' }
  if (compression === 'zip') return { compression: 'deflate', predictor: 'horizontal' }
  return { compression: 'none' }
}
