import { isFrame, walkJpegSegments } from '../../../../sources/jpeg-segments.ts'
import { inMemory } from '../../../../sources/open-file.ts'

/** The markers of segments that say what the colours are (ITU-T T.871, and Adobe technical note 5116). */
const JFIF = 0xe0
const ADOBE = 0xee

/** The segment of Adobe, up to the number that says whether colours are brightness and differences. */
const ADOBE_SEGMENT = Buffer.from('ffee000e41646f626500640000000000', 'hex')

const START_OF_IMAGE_BYTES = 2

/**
 * A frame in colours as a JPEG that readers understand: what the frame does not say of its colours, the file around it has said.
 *
 * @param isRgb - whether that says red, green and blue
 */
export function toPlainJpeg(frame: Buffer, isRgb: boolean): Buffer {
  for (const segment of walkJpegSegments(inMemory(frame))) {
    if (segment.marker === JFIF || segment.marker === ADOBE) return frame
    if (isFrame(segment)) break
  }
  const told = Buffer.from([isRgb ? 0 : 1])
  return Buffer.concat([
    frame.subarray(0, START_OF_IMAGE_BYTES),
    ADOBE_SEGMENT.subarray(0, -1),
    told,
    frame.subarray(START_OF_IMAGE_BYTES),
  ])
}

/** How many bits a sample of a JPEG has; 0 when it does not say so. */
export function depthOfJpeg(frame: Buffer): number {
  for (const segment of walkJpegSegments(inMemory(frame))) {
    if (isFrame(segment)) return frame[segment.start] ?? 0
  }
  return 0
}
