import { deflateSync } from 'node:zlib'
import { pngChunk } from '../headers/png-chunk.ts'
import type { KeptMetadata } from './kept-metadata.ts'
import type { Piece, PiecedFile } from './pieces.ts'

/** The signature, and the chunk IHDR, which is always the first and has 13 bytes. */
const HEAD_BYTES = 8 + 12 + 13

/** The keyword of a packet, that it is not compressed, and neither language nor translated keyword (XMP part 3, 1.1.5). */
const XMP_HEAD = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1')
const PROFILE_HEAD = Buffer.from('icc\0\0', 'latin1')

/** Has metadata in a PNG, which has no place for those of the IPTC. */
export function intoPng({ size }: PiecedFile, { exif, xmp, profile }: KeptMetadata): Piece[] {
  return [
    { start: 0, end: HEAD_BYTES },
    ...(profile ? [pngChunk('iCCP', Buffer.concat([PROFILE_HEAD, deflateSync(profile)]))] : []),
    ...(xmp ? [pngChunk('iTXt', Buffer.concat([XMP_HEAD, xmp]))] : []),
    ...(exif ? [pngChunk('eXIf', exif)] : []),
    { start: HEAD_BYTES, end: size },
  ]
}
