import { withOpenFile } from '../../../sources/open-file.ts'
import { readExif, readPngHeader } from './png-header.ts'
import { CENTIMETRES, type Resolution } from './resolution.ts'
import { type ImageDirectory, readTiffDirectory } from './tiff-directory.ts'

/**
 * Reads what libvips does not tell of an image file: its resolution in both directions, and the orientation of PNG files.
 *
 * @param exif - the Exif data that libvips has found in it
 */
export function readHeader(path: string, format: string, exif: Buffer | undefined): ImageDirectory {
  return withOpenFile(path, ({ read }) => {
    if (format === 'PNG') return readPngHeader(read)
    if (format === 'TIFF') return readTiffDirectory(read)
    const directory = exif === undefined ? {} : readExif(exif)
    const resolution = format === 'JPEG' ? toResolution(read(0, JFIF_BYTES)) : undefined
    return { ...directory, ...(resolution && { resolution }) }
  })
}

/** The start of a JPEG file up to the resolution in its JFIF segment, which has to be the first. */
const JFIF_BYTES = 18
const UNITS: Readonly<Record<number, number>> = { 1: 1, 2: CENTIMETRES }

function toResolution(start: Buffer): Resolution | undefined {
  if (start.length < JFIF_BYTES || start.toString('latin1', 6, 11) !== 'JFIF\0') return undefined
  const inches = UNITS[start.readUInt8(13)]
  const x = start.readUInt16BE(14)
  const y = start.readUInt16BE(16)
  return inches && x && y ? { x: x * inches, y: y * inches } : undefined
}
