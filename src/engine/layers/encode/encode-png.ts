import { inMemory, stampPng } from '../../pictures/headers/stamp.ts'
import { DEFAULT_COMPRESSION_LEVEL } from '../../pictures/output-formats.ts'
import type { FileEncoder } from './file-encoder.ts'
import { openInColours, resolutionOf, withXmpOf } from './open-in-colours.ts'

/** Encodes a PNG with all its colours. */
export const encodePng: FileEncoder = async (picture, encoding) => {
  const image = withXmpOf(await openInColours(picture, encoding, encoding.embedProfile), encoding)
  const png = await image.png({ compressionLevel: DEFAULT_COMPRESSION_LEVEL }).toBuffer()
  stampPng(inMemory(png), resolutionOf(encoding))
  return png
}
