import { isFrame, START_OF_SCAN, walkJpegSegments } from './jpeg-segments.ts'
import type { ReadableFile } from './open-file.ts'

/**
 * Counts the scans of a JPEG (ITU-T T.81, annex B) that has its decoder go over all of the picture with each of them: one that is
 * progressive, or has its colours in scans of their own. Any other has one that counts, whatever follows it.
 *
 * @param most - counts no further than one more than this
 * @returns as many as there are up to the end of the picture or of the file
 */
export function countJpegScans(file: ReadableFile, most: number): number {
  let components = 0
  let isProgressive = false
  let scans = 0
  for (const segment of walkJpegSegments(file)) {
    const { marker, start } = segment
    if (isFrame(segment)) {
      components = file.read(start + 5, 1)[0] ?? 0
      isProgressive = (marker & 0x03) === 2
    }
    if (marker !== START_OF_SCAN) continue
    scans += 1
    const hasAll = !isProgressive && file.read(start, 1)[0] === components
    if (hasAll || scans > most) break
  }
  return scans
}
