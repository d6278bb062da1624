import { OperationError } from '../../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import { FORMATS } from '../../pictures/output-formats.ts'
import type { Encoding } from '../encoding.ts'
import type { Raster, Undecoded } from '../raster.ts'
import { encodeAvif } from './encode-avif.ts'
import { encodeEps } from './encode-eps.ts'
import { encodeGif } from './encode-gif.ts'
import { encodeIndexedPng } from './encode-indexed-png.ts'
import { encodeJpeg } from './encode-jpeg.ts'
import { encodeJpeg2000 } from './encode-jpeg2000.ts'
import { encodePdf } from './encode-pdf.ts'
import { encodePng } from './encode-png.ts'
import { encodeTiff } from './encode-tiff.ts'
import { encodeWebp } from './encode-webp.ts'
import { type EncodeTools, type FileEncoder, ofPixels } from './file-encoder.ts'
import { requireProfile } from './icc-profile.ts'
import { onWhite } from './opaque.ts'

/** What is known of a format that views are written in. */
interface ViewFormat {
  /** The name people use, for sentences. */
  readonly title: string
  /** The longest side it can have, in pixels. */
  readonly maxSide: number
  /** Whether transparency survives, in other colours than ink. */
  readonly alpha: boolean
  readonly encode: FileEncoder
}

/** Of formats that have numbers of four bytes for it. */
const ANY_SIDE = FORMATS.png.maxSide

const FORMATS_OF_VIEWS: Readonly<Record<Encoding['format'], ViewFormat>> = {
  jpeg: { ...FORMATS.jpeg, encode: encodeJpeg },
  pjpeg: { ...FORMATS.jpeg, encode: encodeJpeg },
  png: { ...FORMATS.png, encode: encodePng },
  png8: { ...FORMATS.png, encode: ofPixels(encodeIndexedPng) },
  gif: { ...FORMATS.gif, encode: ofPixels(encodeGif) },
  // libvips would say in the file how the source lay.
  tif: { ...FORMATS.tiff, encode: ofPixels(encodeTiff) },
  webp: { ...FORMATS.webp, encode: encodeWebp },
  avif: { ...FORMATS.avif, encode: encodeAvif },
  jpeg2000: {
    title: 'JPEG 2000',
    maxSide: ANY_SIDE,
    alpha: true,
    encode: ofPixels(encodeJpeg2000),
  },
  // Whatever it is compressed by, so that it does not depend on that.
  pdf: {
    title: KNOWN_FORMATS.pdf.title,
    maxSide: FORMATS.jpeg.maxSide,
    alpha: false,
    encode: ofPixels(encodePdf),
  },
  eps: {
    title: KNOWN_FORMATS.eps.title,
    maxSide: ANY_SIDE,
    alpha: false,
    encode: ofPixels(encodeEps),
  },
}

/**
 * Makes the bytes of a file of a finished view. What is transparent comes onto white where the format, its compression or ink
 * has no room for it.
 *
 * @throws {@link OperationError} side_too_long, size_unreachable, xmp_no_room, profile_unusable, or rendition_failed for what an encoder says;
 *   the reason of the signal
 */
export async function encodeView(
  picture: Raster | Undecoded,
  encoding: Encoding,
  tools: EncodeTools,
): Promise<Buffer> {
  const { width, height } = picture
  const { title, maxSide: most, alpha, encode } = FORMATS_OF_VIEWS[encoding.format]
  if (Math.max(width, height) > most) {
    throw new OperationError('side_too_long', { title, most, width, height })
  }
  const isOpaque = 'open' in picture
  const keepsAlpha = alpha && encoding.pixelType !== 'cmyk' && encoding.compression !== 'jpeg'
  tools.signal.throwIfAborted()
  try {
    await requireProfile(encoding)
    return await encode(isOpaque || keepsAlpha ? picture : onWhite(picture), encoding, tools)
  } catch (error) {
    tools.signal.throwIfAborted()
    if (error instanceof OperationError) throw error
    throw new OperationError('rendition_failed', { title, width, height }, { cause: error })
  }
}
