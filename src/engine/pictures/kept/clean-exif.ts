import type { ReadBytes } from '../../../sources/open-file.ts'
import {
  openTiff,
  TIFF_TYPE_BYTES,
  type TiffDirectory,
  type TiffFile,
} from '../../../sources/tiff-directory.ts'
import type { Orientation } from '../dimensions.ts'
import { directoryOf, type TiffValue } from '../headers/write-directory.ts'
import { MOST_EXIF_BYTES } from './kept-metadata.ts'

/** Where the directory of what the camera has noted begins (Exif 2.32, 4.6.3). */
const EXIF_DIRECTORY = 0x8769

/**
 * What is kept of the first directory: texts about the picture, who has taken it with what, whose it is, and the stars that
 * it has got. All else there is about how the file is built.
 */
const KEPT_OF_PICTURE: ReadonlySet<number> = new Set([
  0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x013c, 0x4746, 0x4749, 0x8298, 0x9c9b, 0x9c9c,
  0x9c9d, 0x9c9e, 0x9c9f,
])

/**
 * What is left out of what the camera has noted: data of its maker, in which there are places that would be wrong and may be
 * positions on the earth; how the pixels were stored; and where in the picture something was, which it no longer need be.
 */
const LEFT_OF_CAMERA: ReadonlySet<number> = new Set([
  0x9101, 0x9102, 0x9214, 0x927c, 0xa001, 0xa002, 0xa003, 0xa005, 0xa20c, 0xa214, 0xa302, 0x8825,
  0xea1c,
])

const ORIENTATION = 0x0112
const COLOUR_SPACE = 0xa001
const SRGB = 1
const UNCALIBRATED = 0xffff
const SHORT = 3
const LONG = 4

/**
 * Writes anew what Exif data say of a picture: without its position, its thumbnail, data of the maker of the camera, and what
 * is no longer true of pixels that have been turned, cut or sized.
 *
 * @param read - reads Exif data, or a TIFF file, which are built alike
 * @param at - where the directory of the picture begins; the first unless given
 * @param orientation - how the pixels lie; upright unless given
 * @param isSrgb - whether the pixels are in sRGB, which Exif then says as well
 * @returns undefined when nothing is left
 */
export function cleanExif(
  read: ReadBytes,
  {
    at,
    isSrgb,
    orientation = 1,
  }: {
    readonly at?: number | undefined
    readonly isSrgb: boolean
    readonly orientation?: Orientation | undefined
  },
): Buffer | undefined {
  const file = openTiff(read)
  if (file === undefined) return undefined
  const first = file.directoryAt(at ?? file.first)
  const [place] = first.fields.get(EXIF_DIRECTORY)?.numbers(1) ?? []
  const picture = valuesOf(read, file, first, (tag) => KEPT_OF_PICTURE.has(tag))
  const camera =
    place === undefined
      ? []
      : valuesOf(read, file, file.directoryAt(place), (tag) => !LEFT_OF_CAMERA.has(tag))
  if (picture.length === 0 && camera.length === 0 && orientation === 1) return undefined
  return writeExif(orientation === 1 ? picture : [...picture, short(ORIENTATION, orientation)], [
    ...camera,
    short(COLOUR_SPACE, isSrgb ? SRGB : UNCALIBRATED),
  ])
}

function short(tag: number, value: number): TiffValue {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return { tag, type: SHORT, count: 1, bytes }
}

function valuesOf(
  read: ReadBytes,
  { isLittle }: TiffFile,
  { fields }: TiffDirectory,
  isKept: (tag: number) => boolean,
): TiffValue[] {
  return [...fields].flatMap(([tag, { type, count, position }]) => {
    const length = count * (TIFF_TYPE_BYTES[type] ?? 0)
    if (!isKept(tag) || length === 0 || length > MOST_EXIF_BYTES) return []
    const bytes = read(position, length)
    if (bytes.length < length) return []
    return [{ tag, type, count, bytes: isLittle ? bytes : swapped(bytes, type) }]
  })
}

/** Types whose values are two numbers of four bytes. */
const FRACTIONS: ReadonlySet<number> = new Set([5, 10])

/** The same numbers with the lowest byte first. */
function swapped(given: Buffer, type: number): Buffer {
  const bytes = Buffer.from(given)
  const size = FRACTIONS.has(type) ? 4 : (TIFF_TYPE_BYTES[type] ?? 1)
  if (size === 2) return bytes.swap16()
  if (size === 4) return bytes.swap32()
  return size === 8 ? bytes.swap64() : bytes
}

const HEADER = Buffer.from('49492a0008000000', 'hex')

/** @returns undefined when it would be longer than Exif data may be */
function writeExif(
  picture: readonly TiffValue[],
  camera: readonly TiffValue[],
): Buffer | undefined {
  const pointer = Buffer.alloc(4)
  const all = camera.length === 0 ? picture : [...picture, pointerTo(pointer)]
  // Its length is the same wherever the other one begins.
  const end = HEADER.length + directoryOf(HEADER.length, all).length
  pointer.writeUInt32LE(end)
  const exif = Buffer.concat([
    HEADER,
    directoryOf(HEADER.length, all),
    ...(camera.length === 0 ? [] : [directoryOf(end, camera)]),
  ])
  return exif.length > MOST_EXIF_BYTES ? undefined : exif
}

function pointerTo(bytes: Buffer): TiffValue {
  return { tag: EXIF_DIRECTORY, type: LONG, count: 1, bytes }
}
