import { IncompleteFile, type SourceBytes } from './magick-source.ts'
import type { Picture } from './picture.ts'

const HEADER_BYTES = 128

/**
 * Finds the picture of a PCX file, whose header tells its edges.
 *
 * @throws {@link IncompleteFile} when the file ends before its picture, of which ImageMagick leaves the rest black
 */
export function findPcx(file: SourceBytes): Picture {
  const header = file.read([{ start: 0, length: HEADER_BYTES }])
  const [left, top, right, bottom] = [4, 6, 8, 10].map((at) => header.readUInt16LE(at))
  const size = {
    width: Number(right) - Number(left) + 1,
    height: Number(bottom) - Number(top) + 1,
  }
  if (size.width < 1 || size.height < 1) throw new IncompleteFile('The picture has no size.')
  const [isPacked, bits, planes] = [header[2] === 1, header[3] ?? 0, header[65] ?? 0]
  const length = size.height * planes * header.readUInt16LE(66)
  const content = file.read([{ start: HEADER_BYTES, length: file.size - HEADER_BYTES }])
  if ((isPacked ? countUnpacked(content, length) : content.length) < length)
    throw new IncompleteFile('The file ends within its rows.')
  return {
    size,
    pieces: [{ start: 0, length: file.size }],
    inverted: bits === 1 && planes === 1,
  }
}

/** How many bytes there are, up to as many as are wanted: two high bits begin how many times the next one comes. */
function countUnpacked(content: Buffer, wanted: number): number {
  let count = 0
  for (let at = 0; at < content.length && count < wanted; at += 1) {
    const byte = content[at] ?? 0
    const isRun = byte >= 0xc0
    if (isRun && at + 1 === content.length) break
    count += isRun ? byte & 0x3f : 1
    if (isRun) at += 1
  }
  return count
}
