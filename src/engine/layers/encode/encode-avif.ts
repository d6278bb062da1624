import { forgetSource } from '../../pictures/memory.ts'
import { AVIF_EFFORT } from '../../pictures/output-formats.ts'
import type { FileEncoder } from './file-encoder.ts'
import { openInColours } from './open-in-colours.ts'

/** Encodes an AVIF. */
export const encodeAvif: FileEncoder = async (picture, encoding) => {
  const { quality, compression } = encoding
  const image = await openInColours(picture, encoding, false)
  const lossless = compression === 'lossless'
  const upright = await forgetSource(image)
  return upright.avif({ quality, lossless, effort: AVIF_EFFORT }).toBuffer()
}
