import type { ReadBytes } from '../../../sources/open-file.ts'
import { openTiff, TIFF_TYPE_BYTES } from '../../../sources/tiff-directory.ts'
import { directoryOf, type TiffValue } from '../headers/write-directory.ts'
import type { KeptMetadata } from './kept-metadata.ts'
import type { Piece, PiecedFile } from './pieces.ts'

const UNDEFINED = 7
const BYTE = 1
const LONG = 4

const TAGS = { xmp: 700, iptc: 33_723, profile: 34_675, camera: 0x8769 } as const

/** Has metadata in a TIFF that libvips has written: another directory behind all else takes the place of the one it has. */
export function intoTiff(
  { read, size }: PiecedFile,
  { exif, xmp, iptc, profile }: KeptMetadata,
): Piece[] {
  const own = valuesIn(read)
  const { picture, camera } = exif === undefined ? NO_EXIF : partsOf(exif)
  const told = [
    ...picture,
    ...(xmp ? [{ tag: TAGS.xmp, type: BYTE, count: xmp.length, bytes: xmp }] : []),
    ...(iptc ? [longsOf(TAGS.iptc, iptc)] : []),
    ...(profile ? [valueOf(TAGS.profile, profile)] : []),
  ]
  const padding = Buffer.alloc(size % 2)
  const cameraAt = size + padding.length
  const cameraDirectory =
    camera.length === 0 ? padding.subarray(0, 0) : directoryOf(cameraAt, camera)
  const all = camera.length === 0 ? told : [...told, pointerTo(cameraAt)]
  const tags = new Set(all.map(({ tag }) => tag))
  const place = cameraAt + cameraDirectory.length
  const directory = directoryOf(place, [...own.filter(({ tag }) => !tags.has(tag)), ...all])
  return [
    Buffer.from('II*\0', 'latin1'),
    longOf(place),
    { start: 8, end: size },
    padding,
    cameraDirectory,
    directory,
  ]
}

const NO_EXIF = { picture: [], camera: [] }

/** What Exif data say of the picture, and of how it was taken. */
function partsOf(exif: Buffer): { picture: TiffValue[]; camera: TiffValue[] } {
  const read: ReadBytes = (position, length) => exif.subarray(position, position + length)
  const first = valuesIn(read)
  const pointer = first.find(({ tag }) => tag === TAGS.camera)?.bytes
  return {
    picture: first.filter(({ tag }) => tag !== TAGS.camera),
    camera: pointer === undefined ? [] : valuesIn(read, Buffer.from(pointer).readUInt32LE(0)),
  }
}

function pointerTo(at: number): TiffValue {
  return { tag: TAGS.camera, type: LONG, count: 1, bytes: longOf(at) }
}

function longOf(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** Readers want datasets of the IPTC in numbers of four bytes, as Photoshop has them. */
function longsOf(tag: number, content: Buffer): TiffValue {
  const bytes = Buffer.concat([content, Buffer.alloc(-content.length & 3)])
  return { tag, type: LONG, count: bytes.length / 4, bytes }
}

function valueOf(tag: number, bytes: Buffer): TiffValue {
  return { tag, type: UNDEFINED, count: bytes.length, bytes }
}

/**
 * The fields of a directory, of a file that has its numbers with the lowest byte first.
 *
 * @param at - where it begins; the first unless given
 */
function valuesIn(read: ReadBytes, at?: number): TiffValue[] {
  const tiff = openTiff(read)
  if (tiff === undefined || !tiff.isLittle || tiff.isBig) {
    throw new RangeError('a TIFF file was written that metadata cannot be put into')
  }
  return [...tiff.directoryAt(at ?? tiff.first).fields].map(([tag, { type, count, position }]) => {
    return { tag, type, count, bytes: read(position, count * (TIFF_TYPE_BYTES[type] ?? 0)) }
  })
}
