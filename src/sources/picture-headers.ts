/** What formats are told by a header that makes sense, since they have no signature, or one of letters that begins texts too. */
type HeadedPicture = 'hdr' | 'pnm' | 'pfm' | 'tga' | 'pict'

/** Blanks and comments between the words of a header of PNM, of which there has to be something. */
const GAP = String.raw`(?:\s|#[^\n]*\n)+`

/** By the letters with which they begin. */
const WORDS: readonly (readonly [HeadedPicture, RegExp])[] = [
  // Width and height follow, by which it is no text.
  ['pnm', new RegExp(String.raw`^P[1-6]${GAP}\d+${GAP}\d+\s`)],
  ['pnm', /^P7\n(?:[A-Z]+ [^\n]*\n|#[^\n]*\n)*(?:WIDTH|HEIGHT|DEPTH|MAXVAL|TUPLTYPE) /],
  ['pfm', /^P[Ff]\s+\d+\s+\d+\s+[-+]?\d*\.?\d+/],
  // The program that has written it may have put its own name there.
  ['hdr', /^#\?(?:RADIANCE|RGBE)\n/],
  ['hdr', /^#\?\w+\n(?:[^\n]*\n){0,64}?FORMAT=32-bit_rle_(?:rgbe|xyze)\n/],
]

/** Tells formats that have no signature by a header that makes sense; undefined where there is none. */
export function findPictureHeader(start: Buffer): HeadedPicture | undefined {
  const text = start.toString('latin1', 0, 2048)
  const told = WORDS.find(([, pattern]) => pattern.test(text))?.[0]
  if (told !== undefined) return told
  if (isTga(start)) return 'tga'
  return isPict(start) ? 'pict' : undefined
}

const TGA_HEADER_BYTES = 18

/** The bits a pixel may have, by the kind of picture, of which those from 9 on are run-length encoded. */
const TGA_BITS: Readonly<Record<number, readonly number[]>> = {
  1: [8, 16],
  2: [15, 16, 24, 32],
  3: [8, 16],
  9: [8, 16],
  10: [15, 16, 24, 32],
  11: [8, 16],
}

/** Whether all that the header of a TGA tells is possible (Truevision TGA, version 2.0, C.2); it has no signature. */
function isTga(start: Buffer): boolean {
  if (start.length <= TGA_HEADER_BYTES) return false
  const [, hasPalette = 0, kind = 0] = start
  const isIndexed = kind === 1 || kind === 9
  const [first, count, entryBits] = [start.readUInt16LE(3), start.readUInt16LE(5), start[7] ?? 0]
  const isPalette =
    hasPalette === 1 ? count > 0 && [15, 16, 24, 32].includes(entryBits) : first + count === 0
  return (
    hasPalette <= 1 &&
    (hasPalette === 1 || !isIndexed) &&
    isPalette &&
    start.readUInt16LE(12) > 0 &&
    start.readUInt16LE(14) > 0 &&
    (TGA_BITS[kind]?.includes(start[16] ?? 0) ?? false) &&
    ((start[17] ?? 0) & 0xc0) === 0
  )
}

/** What a file of PICT has before its picture, for whoever has written it, in bytes. A resource has none. */
const PICT_HEADER_BYTES = 512

/** Where a picture tells its version, behind a size and a frame. */
const PICT_VERSION_AT = 10

/** The operation that says so (Inside Macintosh: Imaging With QuickDraw, appendix A). */
const PICT_VERSION_2 = '001102ff0c00'
const PICT_VERSION_1 = '1101'

function isPict(start: Buffer): boolean {
  const versionOf = (at: number): string => start.toString('hex', at + PICT_VERSION_AT, at + 16)
  if ([0, PICT_HEADER_BYTES].some((at) => versionOf(at) === PICT_VERSION_2)) return true
  const isEmpty = start.subarray(0, PICT_HEADER_BYTES).every((byte) => byte === 0)
  if (!isEmpty || start.length < PICT_HEADER_BYTES + 16) return false
  const [top, left, bottom, right] = [2, 4, 6, 8].map((at) =>
    start.readInt16BE(PICT_HEADER_BYTES + at),
  )
  return (
    versionOf(PICT_HEADER_BYTES).startsWith(PICT_VERSION_1) &&
    Number(bottom) > Number(top) &&
    Number(right) > Number(left)
  )
}
