import { isFrame, walkJpegSegments } from '../../../sources/jpeg-segments.ts'
import type { Size } from '../dimensions.ts'

/** The size that a JPEG says it has, in pixels; undefined when it is none. */
export function readJpegSize(jpeg: Buffer): Size | undefined {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return undefined
  const file = {
    size: jpeg.length,
    read: (at: number, length: number) => jpeg.subarray(at, at + length),
  }
  for (const segment of walkJpegSegments(file)) {
    if (!isFrame(segment) || segment.start + 5 > jpeg.length) continue
    return {
      width: jpeg.readUInt16BE(segment.start + 3),
      height: jpeg.readUInt16BE(segment.start + 1),
    }
  }
  return undefined
}
