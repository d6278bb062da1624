import type { FileEncoder } from './file-encoder.ts'
import { openInColours, withXmpOf } from './open-in-colours.ts'

/** Encodes a WebP; without loss, but for the colour of what is fully transparent. */
export const encodeWebp: FileEncoder = async (picture, encoding) => {
  const { quality, compression } = encoding
  const image = withXmpOf(await openInColours(picture, encoding, false), encoding)
  // To what loses nothing, a quality is how hard it is tried.
  if (compression === 'lossless') return image.webp({ lossless: true }).toBuffer()
  return image.webp({ quality }).toBuffer()
}
