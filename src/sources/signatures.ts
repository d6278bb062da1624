import { readByteOrderMark } from './charset.ts'
import type { FormatId } from './formats.ts'
import { findPictureHeader } from './picture-headers.ts'
import { isRawPhoto } from './raw-photo.ts'

/**
 * What a file is by its first bytes: a format, or a container of which only its parts tell what it is. A `package` is a zip
 * file, which office documents and books are; a `compound` is the container of old and of encrypted office documents.
 */
export type Content = FormatId | 'package' | 'compound'

/**
 * The signatures of this project, of the first 32 bytes in hexadecimal. They come before those of the library, since it
 * does not know them, wants to see more of a file than its start, or is content with less.
 */
const SIGNATURES: readonly (readonly [Content, RegExp])[] = [
  // The library would unpack it; what is in it is asked when it is opened.
  ['package', /^504b(?:0304|0506)/],
  ['7z', /^377abcaf271c/],
  ['rar', /^526172211a07/],
  ['bzip2', /^425a683[1-9](?:314159265359|177245385090)/],
  ['xz', /^fd377a585a00/],
  ['woff', /^774f4646(?:00010000|74727565|4f54544f)/],
  ['woff2', /^774f4632(?:00010000|74727565|4f54544f)/],
  ['otf', /^4f54544f00/],
  // A version and the number of its tables, which is not many.
  ['ttf', /^(?:00010000|74727565)00/],
  // What most sources are, without the library; the fourth byte of JPEG-LS is another.
  ['jpeg', /^ffd8ff(?!f7)/],
  // A PNG that ends behind its signature is a damaged PNG, and to the library none.
  ['png', /^89504e470d0a1a0a/],
  // The library is content with "GIF", which begins texts as well.
  ['gif', /^474946383[79]61/],
  // Byte order, then 42, or 43 for a BigTIFF. The library reads the directory, which may be at the end of the file.
  ['tiff', /^(?:49492[ab]00|4d4d002[ab])/],
  // "BM", and a header of a length that exists, since two letters alone begin many texts.
  ['bmp', /^424d.{24}(?:0c|10|28|34|38|40|6c|7c)000000/],
  // Plain or run-length encoded, one or two bytes a channel.
  ['sgi', /^01da0[01]0[12]/],
  // At least one icon or cursor, whose directory entry has a reserved zero.
  ['ico', /^00000[12]00(?!0000).{10}00/],
  // A codestream, or the box with which its files begin; likewise of JPEG 2000.
  ['jxl', /^(?:ff0a|0000000c4a584c200d0a870a)/],
  ['jp2', /^(?:ff4fff51|0000000c6a5020200d0a870a)/],
  ['dds', /^444453207c000000/],
  ['exr', /^762f3101/],
  // "gimp xcf " and a version.
  ['xcf', /^67696d702078636620(?:66696c65|76(?:3\d){3})00/],
  // A version that there is, run-length encoded or not, and bits of a plane.
  ['pcx', /^0a0[02345]0[01]0[1248]/],
  // Blanks, or the end of a job that nobody has seen, may come before the mark.
  ['eps', /^(?:(?:04)?(?:0d|0a|20)*25215053|c5d0d3c6)/],
  // A header that says how large it is, or the length of the next one and one of its versions.
  ['wmf', /^(?:d7cdc69a0000|0[12]000900000[13])/],
  // Letters, and how long it is, or which version.
  ['icns', /^69636e730/],
  ['ani', /^52494646.{8}41434f4e/],
  ['indd', /^0606edf5d81d46e5bd31efe7fe74b71d/],
  ['fig', /^6669672d(?:6b697769|6a616d2e)..000000/],
  ['affinity', /^00ff4b41/],
  // Tags and the number of their version, or a frame. The library wants to see what comes behind the tags.
  ['mp3', /^(?:4944330|fff[23ab])/],
  // Sizes are among their first bytes, which may look like words. A RIFF file of more than 4 GB says RF64.
  ['wav', /^52(?:494646|463634).{8}57415645/],
  ['avi', /^52494646.{8}41564920/],
  ['aiff', /^464f524d.{8}414946(?:46|43)/],
  // Boxes that some old movies begin with: `skip` and `pnot`.
  ['mov', /^[01].{7}(?:736b6970|706e6f74)/],
]

/** https://www.gnu.org/software/tar/manual/html_node/Standard.html */
const TAR_HEADER_BYTES = 512

/** Tells what a file is by the signatures of this project; undefined when it has none of them. */
export function findSignature(start: Buffer): Content | undefined {
  if (isRawPhoto((position, length) => start.subarray(position, position + length))) return 'raw'
  const hex = start.toString('hex', 0, 32)
  const told =
    SIGNATURES.find(([, pattern]) => pattern.test(hex))?.[0] ??
    findBrand(start) ??
    findLateMark(start)
  return told ?? (isTar(start) ? 'tar' : findPictureHeader(start))
}

/** Letters that come behind what may be anything: where they begin, and what else is certain of the file. */
const LATE_MARKS: readonly (readonly [
  format: FormatId,
  mark: string,
  at: number,
  begin: string,
])[] = [
  // The number of the record that is a header.
  ['emf', ' EMF', 40, '\x01\0\0\0'],
  // PS3.10, 7.1: whatever comes before is for whom it may concern.
  ['dicom', 'DICM', 128, ''],
]

function findLateMark(start: Buffer): FormatId | undefined {
  return LATE_MARKS.find(([, mark, at, begin]) => {
    const text = start.toString('latin1', 0, at + mark.length)
    return text.startsWith(begin) && text.endsWith(mark) && text.length === at + mark.length
  })?.[0]
}

/** The header of an entry of a TAR ends with zeros, and has a checksum and, unless it is very old, `ustar` in it. */
export function isTar(start: Buffer): boolean {
  if (start.length < TAR_HEADER_BYTES) return false
  if (start.toString('latin1', 257, 262) === 'ustar') return true
  const told = /^ *([0-7]{1,7})[ \0]/.exec(start.toString('latin1', 148, 156))?.[1]
  if (told === undefined || start[0] === 0) return false
  const header = start.subarray(0, TAR_HEADER_BYTES)
  const sum = header.reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  return sum === Number.parseInt(told, 8)
}

/**
 * Reads the box `ftyp`, with which the formats of ISO 14496-12 begin. The library goes by its first brand alone, but AVIF
 * and HEIC may both call themselves the `mif1` that they have in common.
 */
function findBrand(start: Buffer): 'avif' | 'heic' | undefined {
  if (start.length < 16 || start.toString('latin1', 4, 8) !== 'ftyp') return undefined
  const end = Math.min(start.readUInt32BE(0), start.length)
  const brands = start.toString('latin1', 8, end).match(/.{4}/gs) ?? []
  // The second one is the minor version.
  const has = (brand: RegExp): boolean =>
    brands.some((name, index) => index !== 1 && brand.test(name))
  if (has(/^avi[fs]$/)) return 'avif'
  return has(/^(he[iv].|mif1|msf1)$/) ? 'heic' : undefined
}

/** What the library is believed, by the extension it answers with. */
const BELIEVED: Readonly<Record<string, Content>> = {
  webp: 'webp',
  psd: 'psd',
  wav: 'wav',
  mp4: 'mp4',
  mov: 'mov',
  m4v: 'm4v',
  m4a: 'm4a',
  // Whatever else the first brand of a movie says, it is read as one.
  m4p: 'mp4',
  m4b: 'mp4',
  f4v: 'mp4',
  f4p: 'mp4',
  f4a: 'mp4',
  f4b: 'mp4',
  '3gp': '3gp',
  '3g2': '3gp',
  webm: 'webm',
  mkv: 'mkv',
  mpg: 'mpg',
  mts: 'mts',
  flv: 'flv',
  aac: 'aac',
  mp3: 'mp3',
  flac: 'flac',
  opus: 'opus',
  ogg: 'ogg',
  oga: 'ogg',
  ogv: 'ogg',
  ogm: 'ogg',
  ogx: 'ogg',
  cfb: 'compound',
}

/** As many bytes of words tell that a file is a text: sizes and versions of binary formats are among its first ones. */
const WORDS = /^[\t\n\f\r -~]{0,12}$/

/**
 * Tells what a file is by the signatures of the library `file-type`. What begins with words is not shown to it, since "wide"
 * behind four letters is a movie to it.
 *
 * @param start - the first bytes of the file; nothing else is read
 * @returns undefined when it knows nothing of the kind, or something that this project has no use for
 */
export async function askLibrary(start: Buffer): Promise<Content | undefined> {
  if (readByteOrderMark(start) !== undefined || WORDS.test(start.toString('latin1', 0, 12))) {
    return undefined
  }
  try {
    // Loaded only now: of most sources nobody asks it.
    const { fileTypeFromBuffer } = await import('file-type')
    const told = await fileTypeFromBuffer(start)
    // What Windows Media calls its container has one extension, whatever is in it.
    if (told?.ext === 'asf') return told.mime.startsWith('audio/') ? 'wma' : 'wmv'
    return told && BELIEVED[told.ext]
  } catch {
    // Damage that its authors did not think of is no reason to fail: whoever reads the file will say more.
    return undefined
  }
}
