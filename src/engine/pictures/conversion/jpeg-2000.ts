import { type Box, boxesIn, findBox, wholeFile } from '../../../sources/boxes.ts'
import { IncompleteFile, type SourceBytes } from './magick-source.ts'
import type { Picture } from './picture.ts'

/** Begins a codestream, and its segment that tells sizes (ISO 15444-1, A.4.1 and A.5.1). */
const CODESTREAM = 0xff4fff51

/** The most that is read of a box, in bytes. */
const MOST_BYTES = 65_536

/** What `colr` calls CMYK (ISO 15444-2, table M.25). */
const CMYK = 12
const BY_NUMBER = 1

/** What `cdef` calls channels that are not colours: transparency, that multiplied, and what nobody knows. */
const OPACITY = 1
const MULTIPLIED = 2

/**
 * Finds the picture of a JPEG 2000 file, or a codestream without one.
 *
 * @throws {@link IncompleteFile} when the file ends before it tells how large it is
 */
export function findJpeg2000(file: SourceBytes): Picture {
  const whole = { pieces: [{ start: 0, length: file.size }] }
  if (isCodestream(file, 0)) return { size: readSize(file, 0), ...whole, kind: 'J2K' }
  const read = (start: number, length: number): Buffer =>
    file.read([{ start, length: Math.max(0, Math.min(length, file.size - start)) }])
  const code = findBox({ read }, wholeFile(file), 'jp2c')
  if (code === undefined || !isCodestream(file, code.start))
    throw new IncompleteFile('The file has no codestream.')
  const header = findBox({ read }, wholeFile(file), 'jp2h')
  const boxes = header === undefined ? [] : [...boxesIn({ read }, header)]
  const contentOf = (type: string): Buffer[] =>
    boxes
      .filter((box: Box) => box.type === type)
      .map(({ start, end }) => read(start, Math.min(end - start, MOST_BYTES)))
  return { size: readSize(file, code.start), ...whole, ...readChannels(contentOf) }
}

function isCodestream(file: SourceBytes, start: number): boolean {
  return start + 4 <= file.size && file.read([{ start, length: 4 }]).readUInt32BE() === CODESTREAM
}

function readSize(file: SourceBytes, start: number): Picture['size'] {
  const sizes = file.read([{ start: start + 8, length: 16 }])
  const [right = 0, bottom = 0, left = 0, top = 0] = [0, 4, 8, 12].map((at) =>
    sizes.readUInt32BE(at),
  )
  if (right <= left || bottom <= top) throw new IncompleteFile('The picture has no size.')
  return { width: right - left, height: bottom - top }
}

function readChannels(
  contentOf: (type: string) => readonly Buffer[],
): Pick<Picture, 'inks' | 'opaque' | 'premultiplied'> {
  const inks = contentOf('colr').some(
    (content) =>
      content.length >= 7 && content[0] === BY_NUMBER && content.readUInt32BE(3) === CMYK,
  )
  const [definitions] = contentOf('cdef')
  if (definitions === undefined || definitions.length < 2) return { inks }
  const count = Math.min(definitions.readUInt16BE(0), Math.floor((definitions.length - 2) / 6))
  const kinds = Array.from({ length: count }, (_, index) => definitions.readUInt16BE(4 + 6 * index))
  return {
    inks,
    opaque: !kinds.some((kind) => kind === OPACITY || kind === MULTIPLIED),
    premultiplied: kinds.includes(MULTIPLIED) && !kinds.includes(OPACITY),
  }
}
