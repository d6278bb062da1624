import type { ReadBytes } from './open-file.ts'
import { numberOf, numbersOf, openTiff, TIFF_TAGS, type TiffDirectory } from './tiff-directory.ts'

/** What Pentax compresses its photos with. */
const PENTAX_COMPRESSION = 65_535

/** The values of `PhotometricInterpretation` for what a sensor has seen: each pixel one colour, or all of them. */
const SENSOR: ReadonlySet<number | undefined> = new Set([32_803, 34_892])

/** Cameras that write NEF, ARW, SRW, PEF and others, which are TIFF files, by what they call themselves. */
const MAKERS =
  /^(?:NIKON|SONY|PENTAX|RICOH|SAMSUNG|HASSELBLAD|IMACON|EASTMAN KODAK|SEIKO EPSON|MAMIYA|LEAF|PHASE ONE)/i

/** As many letters of what a camera calls itself tell its maker. */
const MAKER_LETTERS = 16

/** The first bytes of raw photos that are no TIFF: RAF, ORF, RW2, which RWL and RAW are as well, MRW, X3F and CRW. */
const MAGIC: readonly string[] = [
  'FUJIFILMCCD-RAW',
  'IIRO',
  'IIRS',
  'MMOR',
  'IIU\0',
  '\0MRM',
  'FOVb',
  'II\x1a\0\0\0HEAPCCDR',
]

/** What Phase One writes behind the header of a TIFF, in either order of bytes. */
const PHASE_ONE = /^.{8}(?:IIII|MMMM)/s

/**
 * Whether a file is a raw photo of a camera. DNG, CR2, NEF, ARW and PEF are TIFF files outside, whose first picture is mostly a
 * thumbnail, so that a TIFF is one as well when it says so of that picture, or has what a sensor has seen below it (TIFF/EP, 5;
 * DNG specification, 4).
 *
 * @param read - reads the file, or as much of it as there is
 */
export function isRawPhoto(read: ReadBytes): boolean {
  const text = read(0, 16).toString('latin1')
  if (MAGIC.some((magic) => text.startsWith(magic))) return true
  // ISO 14496-12 with the brand of Canon.
  if (text.slice(4, 12) === 'ftypcrx ') return true
  if (!text.startsWith('II*\0') && !text.startsWith('MM\0*')) return false
  if (text.slice(8, 10) === 'CR' || PHASE_ONE.test(text)) return true
  const file = openTiff(read)
  if (file === undefined) return false
  const first = file.directoryAt(file.first)
  if (first.fields.has(TIFF_TAGS.dngVersion)) return true
  const below = numbersOf(first, TIFF_TAGS.subDirectories).map((at) => file.directoryAt(at))
  if ([first, ...below].some(isOfSensor)) return true
  const make = first.fields.get(TIFF_TAGS.make)
  if (make === undefined || !MAKERS.test(read(make.position, MAKER_LETTERS).toString('latin1')))
    return false
  return (
    numberOf(first, TIFF_TAGS.newSubfileType) === 1 ||
    numberOf(first, TIFF_TAGS.compression) === PENTAX_COMPRESSION
  )
}

function isOfSensor(directory: TiffDirectory): boolean {
  return SENSOR.has(numberOf(directory, TIFF_TAGS.photometric))
}
