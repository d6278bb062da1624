import type { KeptMetadata } from './kept-metadata.ts'
import { RESOURCES, resourceOf } from './photoshop-resources.ts'
import type { Piece, PiecedFile } from './pieces.ts'

/** As much fits into a segment of a JPEG beside its length. */
const MOST_SEGMENT_BYTES = 65_533
const XMP_MARK = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1')
const PROFILE_MARK = Buffer.from('ICC_PROFILE\0', 'latin1')
const EXIF_MARK = Buffer.from('Exif\0\0', 'latin1')
const PHOTOSHOP_MARK = Buffer.from('Photoshop 3.0\0', 'latin1')

/** Has metadata behind the first segment of a JPEG, which is that of JFIF. A packet that is too long for it is left out. */
export function intoJpeg(
  { read, size }: PiecedFile,
  { exif, xmp, iptc, profile }: KeptMetadata,
): Piece[] {
  const start = 4 + read(4, 2).readUInt16BE(0)
  return [
    { start: 0, end: start },
    ...(exif ? segment(0xe1, EXIF_MARK, exif) : []),
    ...(xmp ? segment(0xe1, XMP_MARK, xmp) : []),
    ...(profile ? profileSegments(profile) : []),
    ...(iptc ? segment(0xed, PHOTOSHOP_MARK, resourceOf(RESOURCES.iptc, iptc)) : []),
    { start, end: size },
  ]
}

function segment(marker: number, ...content: readonly Uint8Array[]): Buffer[] {
  const bytes = Buffer.concat(content)
  if (bytes.length > MOST_SEGMENT_BYTES) return []
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(bytes.length + 2, 2)
  return [head, bytes]
}

/** A profile may be in several (ICC.1, B.4), each of which says which one it is of how many. */
function profileSegments(profile: Buffer): Buffer[] {
  const most = MOST_SEGMENT_BYTES - PROFILE_MARK.length - 2
  const count = Math.ceil(profile.length / most)
  return Array.from({ length: count }, (_, index) =>
    segment(
      0xe2,
      PROFILE_MARK,
      Buffer.from([index + 1, count]),
      profile.subarray(index * most, (index + 1) * most),
    ),
  ).flat()
}
