import type { Metadata } from 'sharp'
import { isFrame, START_OF_SCAN, walkJpegSegments } from '../../../sources/jpeg-segments.ts'
import { inMemory } from '../../../sources/open-file.ts'

/** What has to be known of a picture before it is decoded, as libvips says it. */
export type PictureFacts = Pick<
  Metadata,
  | 'width'
  | 'height'
  | 'pages'
  | 'space'
  | 'channels'
  | 'depth'
  | 'hasAlpha'
  | 'hasProfile'
  | 'icc'
  | 'exif'
  | 'orientation'
>

const BASELINE = 0xc0
const PROGRESSIVE = 0xc2
const APP1 = 0xe1
const APP2 = 0xe2

const EXIF = 'Exif\0\0'
/** With the number of the piece and of all pieces, the one and only. */
const ONLY_PROFILE = 'ICC_PROFILE\0\x01\x01'
const PROFILE = ONLY_PROFILE.slice(0, -2)

/** The spaces of as many components; of four there are several. */
const SPACES: Readonly<Record<number, 'b-w' | 'srgb'>> = { 1: 'b-w', 3: 'srgb' }

/**
 * Reads what libvips would say of a JPEG (ITU-T T.81, annex B) that leaves no question, as nearly all do: one frame, of samples of 8
 * bits in grey or in colours, Exif data and a profile at most once and in one piece. To ask libvips costs as much as a tenth of a small
 * rendition.
 *
 * @returns undefined for any other, of which libvips is to be asked; what follows the start of the scan only decoding will tell
 */
export function readPlainJpeg(jpeg: Buffer): PictureFacts | undefined {
  let frame: Buffer | undefined
  let exif: Buffer | undefined
  let icc: Buffer | undefined
  for (const segment of walkJpegSegments(inMemory(jpeg))) {
    const { marker, start, end } = segment
    if (end > jpeg.length) return undefined
    if (marker === START_OF_SCAN) return frame && toFacts(frame, exif, icc)
    const content = jpeg.subarray(start, end)
    if (isFrame(segment)) {
      if (frame !== undefined || marker < BASELINE || marker > PROGRESSIVE) return undefined
      frame = content
    } else if (marker === APP1 && startsWith(content, EXIF)) {
      if (exif !== undefined) return undefined
      exif = content
    } else if (marker === APP2 && startsWith(content, PROFILE)) {
      if (icc !== undefined || !startsWith(content, ONLY_PROFILE)) return undefined
      icc = content.subarray(ONLY_PROFILE.length)
    }
  }
  return undefined
}

/** @param frame - precision, height, width and components (T.81, B.2.2) */
function toFacts(
  frame: Buffer,
  exif: Buffer | undefined,
  icc: Buffer | undefined,
): PictureFacts | undefined {
  if (frame.length < 6 || frame[0] !== 8) return undefined
  const [height, width] = [frame.readUInt16BE(1), frame.readUInt16BE(3)]
  const components = frame[5] ?? 0
  const space = SPACES[components]
  if (width === 0 || height === 0 || space === undefined) return undefined
  if (frame.length !== 6 + 3 * components) return undefined
  return {
    width,
    height,
    space,
    channels: space === 'srgb' ? 3 : 1,
    depth: 'uchar',
    hasAlpha: false,
    hasProfile: icc !== undefined,
    ...(icc && { icc }),
    ...(exif && { exif }),
  }
}

function startsWith(content: Buffer, text: string): boolean {
  return content.toString('latin1', 0, text.length) === text
}
