import type { OpenFile } from '../../../sources/open-file.ts'
import { openTiff } from '../../../sources/tiff-directory.ts'
import type { JpegSegment } from '../readers/read-jpeg.ts'

const APP2 = 0xe2
const HEAD = 'MPF\0'
const MARKER_BYTES = 4

/** The field of the list of pictures, and what an entry of it has (CIPA DC-007, 5.2.3). */
const ENTRIES = 0xb002
const ENTRY_BYTES = 16
const SIZE_AT = 4
const OFFSET_AT = 8

/** How far a copy moves what is in a file. */
export interface Moves {
  /** By how many bytes the segment itself moves. */
  readonly segment: number
  /** By how many bytes the picture moves, and all that is behind it. */
  readonly picture: number
}

/** Whether a segment tells of further pictures that are behind the first: gain maps of phones, the other eye, previews. */
export function isMpf({ marker, head }: JpegSegment): boolean {
  return marker === APP2 && head.toString('latin1', 0, HEAD.length) === HEAD
}

/**
 * Such a segment as it has to be where the segment and the pictures move. Where a picture begins is counted from within the
 * segment, but for the first, and the size of the first is that of all before the second.
 */
export function moveMpf(file: OpenFile, { start, end }: JpegSegment, moves: Moves): Buffer {
  const segment = Buffer.from(file.read(start, end - start))
  const content = segment.subarray(MARKER_BYTES + HEAD.length)
  const tiff = openTiff((at, length) => content.subarray(at, at + length))
  const list = tiff?.directoryAt(tiff.first).fields.get(ENTRIES)
  if (tiff === undefined || list === undefined) return segment
  const { isLittle } = tiff
  const move = (at: number, by: number): void => {
    const moved = (isLittle ? content.readUInt32LE(at) : content.readUInt32BE(at)) + by
    if (moved < 0 || moved > 0xffff_ffff) return
    if (isLittle) content.writeUInt32LE(moved, at)
    else content.writeUInt32BE(moved, at)
  }
  const last = Math.min(list.position + list.count, content.length) - ENTRY_BYTES
  for (let at = list.position; at <= last; at += ENTRY_BYTES) {
    const offset = content.readUInt32LE(at + OFFSET_AT)
    if (offset === 0) move(at + SIZE_AT, moves.picture)
    else move(at + OFFSET_AT, moves.picture - moves.segment)
  }
  return segment
}
