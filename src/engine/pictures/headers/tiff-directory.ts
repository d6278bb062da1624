import type { ReadBytes } from '../../../sources/open-file.ts'
import {
  numberOf,
  openTiff,
  TIFF_TAGS,
  type TiffDirectory,
  type TiffFile,
} from '../../../sources/tiff-directory.ts'
import { CENTIMETRES, MOST_RESOLUTION, type Resolution } from './resolution.ts'

/** What a directory of a TIFF file, or the first of Exif data, says of the picture. */
export interface ImageDirectory {
  /** 1 to 8, as Exif numbers the ways a camera can be held. */
  readonly orientation?: number
  readonly resolution?: Resolution
}

const UNIT_INCH = 2
const UNIT_CENTIMETRE = 3

/**
 * Reads a directory of a TIFF file (TIFF 6.0, section 8), or of Exif data, which are built like one.
 *
 * @param at - where it begins; the first unless given
 */
export function readTiffDirectory(read: ReadBytes, at?: number): ImageDirectory {
  const directory = openDirectory(read, at)?.directory
  if (directory === undefined) return {}
  const orientation = numberOf(directory, TIFF_TAGS.orientation)
  const unit = numberOf(directory, TIFF_TAGS.resolutionUnit) ?? UNIT_INCH
  const x = numberOf(directory, TIFF_TAGS.xResolution)
  const y = numberOf(directory, TIFF_TAGS.yResolution)
  const inches = unit === UNIT_INCH ? 1 : unit === UNIT_CENTIMETRE ? CENTIMETRES : undefined
  return {
    ...(orientation !== undefined && orientation >= 1 && orientation <= 8 && { orientation }),
    ...(inches && isSound(x) && isSound(y) && { resolution: { x: x * inches, y: y * inches } }),
  }
}

function isSound(resolution: number | undefined): resolution is number {
  return resolution !== undefined && resolution > 0 && resolution <= MOST_RESOLUTION
}

/** Where a number in a TIFF file stands, and how it is written. */
interface NumberPlace {
  readonly position: number
  readonly bytesOf: (value: number) => Buffer
}

/** Where the number in the field `ResolutionUnit` of a TIFF file stands; undefined without one. */
export function findResolutionUnit(read: ReadBytes): NumberPlace | undefined {
  return findNumber(read, TIFF_TAGS.resolutionUnit)
}

/** Where the orientation of a TIFF file stands; undefined without one. */
export function findOrientation(read: ReadBytes): NumberPlace | undefined {
  return findNumber(read, TIFF_TAGS.orientation)
}

function findNumber(read: ReadBytes, tag: number): NumberPlace | undefined {
  const first = openDirectory(read)
  const field = first?.directory.fields.get(tag)
  return (
    first &&
    field && {
      position: field.position,
      bytesOf(value) {
        const bytes = Buffer.alloc(2)
        if (first.file.isLittle) bytes.writeUInt16LE(value)
        else bytes.writeUInt16BE(value)
        return bytes
      },
    }
  )
}

function openDirectory(
  read: ReadBytes,
  at?: number,
): { readonly file: TiffFile; readonly directory: TiffDirectory } | undefined {
  const file = openTiff(read)
  return file && { file, directory: file.directoryAt(at ?? file.first) }
}
