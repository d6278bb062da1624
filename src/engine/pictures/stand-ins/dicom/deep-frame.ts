import { OperationError } from '../../../../base/operation-error.ts'
import {
  type DeepPicture,
  decodeDeepJpeg,
  findFrame,
} from '../../conversion/deep-jpeg/decode-deep-jpeg.ts'
import { IncompleteFile, UnknownFeature } from '../../conversion/magick-source.ts'
import type { Size } from '../../dimensions.ts'
import { damagedDicom } from './damaged.ts'

/**
 * Decodes a frame that is a JPEG without loss, or of more than 8 bits, into samples of 16 bits, the lower byte first and those of a
 * pixel together.
 *
 * @param expected - the size that the picture must have, so that nothing larger is unpacked
 * @throws {@link OperationError} source_corrupt when it is damaged or another picture than that, source_feature_unsupported when it
 *   is coded in a way that is not read here
 */
export function decodeDeepFrame(jpeg: Buffer, expected: Size, samples: number): Buffer {
  const { planes } = decodeAsSaid(jpeg, expected, samples)
  const bytes = Buffer.alloc(2 * samples * expected.width * expected.height)
  for (const [index, plane] of planes.entries())
    for (const [at, sample] of plane.samples.entries())
      bytes.writeUInt16LE(sample, 2 * (at * samples + index))
  return bytes
}

function decodeAsSaid(jpeg: Buffer, { width, height }: Size, samples: number): DeepPicture {
  try {
    const frame = findFrame(jpeg)
    const isExpected =
      frame.width === width && frame.height === height && frame.components.length === samples
    if (!isExpected) throw damagedDicom()
    return decodeDeepJpeg(jpeg)
  } catch (error) {
    if (error instanceof UnknownFeature)
      throw new OperationError('source_feature_unsupported', { feature: error.feature })
    if (error instanceof IncompleteFile) throw damagedDicom({ cause: error })
    throw error
  }
}
