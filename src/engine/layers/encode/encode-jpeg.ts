import { OperationError } from '../../../base/operation-error.ts'
import { makeBestThatFits } from '../../best-that-fits.ts'
import { withJfif } from '../../pictures/headers/header.ts'
import type { Encoding } from '../encoding.ts'
import type { Raster, Undecoded } from '../raster.ts'
import { readRaster } from '../sharp-raster.ts'
import type { EncodeTools } from './file-encoder.ts'
import { openInColours, resolutionOf } from './open-in-colours.ts'

/** What comes before XMP in its segment, behind the length (XMP specification, part 3, 1.1.3). */
const XMP_HEAD = 'http://ns.adobe.com/xap/1.0/\0'
/** The length of a segment is a number of two bytes, which counts itself. */
const MOST_XMP_BYTES = 65_535 - 2 - XMP_HEAD.length
/** Where the JFIF segment ends, which has to be the first. */
const JFIF_END = 20

/**
 * Encodes a JPEG, which is progressive when it is so named.
 *
 * @throws {@link OperationError} size_unreachable when it cannot have as few bytes as it may; xmp_no_room
 */
export async function encodeJpeg(
  picture: Raster | Undecoded,
  encoding: Encoding,
  { signal }: EncodeTools,
): Promise<Buffer> {
  const { mostBytes, xmp = '' } = encoding
  if (Buffer.byteLength(xmp) > MOST_XMP_BYTES)
    throw new OperationError('xmp_no_room', { title: 'JPEG' })
  // What is encoded several times is decoded once.
  const read = mostBytes === undefined ? picture : await readRaster(picture)
  const image = await openInColours(read, encoding, encoding.embedProfile)
  const encode = async (quality: number): Promise<Buffer> => {
    signal.throwIfAborted()
    const jpeg = await image
      .jpeg({
        quality,
        progressive: encoding.format === 'pjpeg',
        chromaSubsampling: encoding.fullChroma ? '4:4:4' : '4:2:0',
      })
      .toBuffer()
    return withXmp(withJfif(jpeg, resolutionOf(encoding)), xmp)
  }
  if (mostBytes === undefined) return encode(encoding.quality)
  let made: Buffer = Buffer.alloc(0)
  await makeBestThatFits(mostBytes, encoding.quality, async (level) => {
    made = await encode(level + 1)
    return made.length
  })
  return made
}

/** libvips would leave XMP out without a word long before there is no more room for it. */
function withXmp(jpeg: Buffer, xmp: string): Buffer {
  if (xmp === '') return jpeg
  const segment = Buffer.from(`\xff\xe1\0\0${XMP_HEAD}`, 'latin1')
  segment.writeUInt16BE(segment.length - 2 + Buffer.byteLength(xmp), 2)
  return Buffer.concat([
    jpeg.subarray(0, JFIF_END),
    segment,
    Buffer.from(xmp),
    jpeg.subarray(JFIF_END),
  ])
}
