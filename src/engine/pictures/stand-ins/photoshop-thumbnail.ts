import type { ReadableFile } from '../../../sources/open-file.ts'
import { findFirst } from './find-in-file.ts'
import { readJpegSize } from './jpeg-size.ts'

/** The comment behind which Photoshop has its resources, in hexadecimal, a comment a line. */
const COMMENT = Buffer.from('%BeginPhotoshop:')

/** More than resources have that are written so, in characters. */
const MOST_CHARACTERS = 16_000_000

/** The number of the resource that is a thumbnail (Adobe Photoshop file formats, image resource 1036). */
const THUMBNAIL = 1036

/** What comes before the JPEG in it, in bytes. */
const THUMBNAIL_HEADER_BYTES = 28

/** The thumbnail, a JPEG, that Photoshop has in an EPS file; undefined when there is none. */
export function findPhotoshopThumbnail(file: ReadableFile): Buffer | undefined {
  const at = findFirst(file, COMMENT)
  if (at === undefined) return undefined
  const [, ...lines] = file
    .read(at, MOST_CHARACTERS)
    .toString('latin1')
    .split(/\r\n?|\n/)
  const end = lines.findIndex((line) => !/^%? ?[\da-f]*$/i.test(line))
  const hex = lines
    .slice(0, end === -1 ? undefined : end)
    .join('')
    .replaceAll(/[^\da-f]/gi, '')
  return thumbnailIn(Buffer.from(hex, 'hex'))
}

function thumbnailIn(resources: Buffer): Buffer | undefined {
  let at = 0
  while (resources.toString('latin1', at, at + 4) === '8BIM' && at + 12 <= resources.length) {
    const number = resources.readUInt16BE(at + 4)
    // The name, of an even number of bytes with its length.
    const name = 1 + resources.readUInt8(at + 6)
    const start = at + 6 + name + (name % 2) + 4
    if (start > resources.length) return undefined
    const length = resources.readUInt32BE(start - 4)
    if (number === THUMBNAIL) {
      const jpeg = resources.subarray(start + THUMBNAIL_HEADER_BYTES, start + length)
      return readJpegSize(jpeg) && jpeg
    }
    at = start + length + (length % 2)
  }
  return undefined
}
