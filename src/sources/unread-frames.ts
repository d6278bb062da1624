import { type Box, boxesIn, findBox, wholeFile } from './boxes.ts'
import type { OpenFile } from './open-file.ts'
import type { Content } from './signatures.ts'

/** More chunks than any file has that is not made to keep its reader busy. */
const MOST_CHUNKS = 1_000_000

/** The length of what comes before the content of a chunk, in bytes. */
const HEAD_BYTES = 8

/** The boxes on the way to the number of pictures of a track (ISO 14496-12, 8.3 and following). */
const WAY_TO_SAMPLES = ['mdia', 'minf', 'stbl', 'stsz'] as const

const COUNTERS: Partial<Readonly<Record<Content, (file: OpenFile) => number>>> = {
  png: readFramesOfPng,
  avif: readSamples,
  heic: readSamples,
}

/** Whether all pictures of such files but the first are out of the reach of whoever reads pictures here. */
export function isReadInPart(content: Content | undefined): boolean {
  return content !== undefined && COUNTERS[content] !== undefined
}

/**
 * Counts the frames of an animation in PNG, AVIF or HEIC, of which only the first can be read; 1 of whatever is none.
 */
export function countUnreadFrames(content: Content | undefined, file: OpenFile): number {
  return Math.max(1, (content && COUNTERS[content]?.(file)) ?? 1)
}

/** An animation says so before its first picture (PNG, third edition, 11.3.6.1). */
function readFramesOfPng(file: OpenFile): number {
  for (let at = 8, left = MOST_CHUNKS; at + HEAD_BYTES + 4 <= file.size && left > 0; left -= 1) {
    const head = file.read(at, HEAD_BYTES + 4)
    const type = head.toString('latin1', 4, 8)
    if (type === 'acTL') return head.readUInt32BE(8)
    if (type === 'IDAT') return 1
    at += head.readUInt32BE(0) + 12
  }
  return 1
}

/** The most samples that a track of pictures has; a file without a movie has no track. */
function readSamples(file: OpenFile): number {
  const movie = findBox(file, wholeFile(file), 'moov')
  if (movie === undefined) return 1
  let most = 1
  for (const track of boxesIn(file, movie)) {
    if (track.type !== 'trak') continue
    const sizes = WAY_TO_SAMPLES.reduce<Box | undefined>(
      (box, type) => box && findBox(file, box, type),
      track,
    )
    const head = sizes && file.read(sizes.start, 12)
    if (head?.length === 12) most = Math.max(most, head.readUInt32BE(8))
  }
  return most
}
