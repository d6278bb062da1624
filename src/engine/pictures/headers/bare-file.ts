import type { Orientation } from '../dimensions.ts'
import { walkPngChunks, withJfif } from './header.ts'
import { pngChunk } from './png-chunk.ts'
import type { Resolution } from './resolution.ts'

/** What a file says of its picture that must not get lost with the rest. */
interface Told {
  readonly orientation: Orientation
  readonly resolution: Resolution | undefined
}

/**
 * Leaves of a JPEG or PNG file what makes the picture: its pixels as they are encoded, its colours, its resolution, its
 * frames, and the one Exif tag that says how it is held when that is not upright.
 *
 * @returns undefined for what is no such file from beginning to end
 */
export function toBareFile(file: Buffer, told: Told): Buffer | undefined {
  return file.readUInt16BE(0) === START_OF_IMAGE ? toBareJpeg(file, told) : toBarePng(file, told)
}

const START_OF_IMAGE = 0xffd8
const END_OF_IMAGE = 0xd9
const START_OF_SCAN = 0xda
const FIRST_RESTART = 0xd0
const LAST_RESTART = 0xd7
const APP0 = 0xe0
const APP15 = 0xef
const COMMENT = 0xfe

/** The application segments that say how to show the picture: JFIF, the colour profile, and Adobe's colour transform. */
const SHOWING_SEGMENTS: Readonly<Record<number, string>> = {
  [APP0]: 'JFIF\0',
  [0xe2]: 'ICC_PROFILE\0',
  [0xee]: 'Adobe',
}

/** What follows the end of the image, such as the second picture of a phone, goes too. */
function toBareJpeg(file: Buffer, { orientation, resolution }: Told): Buffer | undefined {
  const kept: Buffer[] = [file.subarray(0, 2)]
  let exif = orientation === 1 ? undefined : exifSegment(orientation)
  let at = 2
  while (at + 2 <= file.length) {
    if (file[at] !== 0xff) return undefined
    const marker = file[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === END_OF_IMAGE) {
      const bare = Buffer.concat([...kept, file.subarray(at, at + 2)])
      return bare[3] === APP0 || resolution === undefined ? bare : withJfif(bare, resolution)
    }
    if (at + 4 > file.length) return undefined
    const end = at + 2 + file.readUInt16BE(at + 2)
    // Exif comes after JFIF, which has to be the first.
    if (exif !== undefined && marker !== APP0) {
      kept.push(exif)
      exif = undefined
    }
    const next = marker === START_OF_SCAN ? findMarker(file, end) : end
    if (next > file.length || end < at + 4) return undefined
    if (isShown(marker, file.subarray(at + 4, end))) kept.push(file.subarray(at, next))
    at = next
  }
  return undefined
}

function isShown(marker: number, data: Buffer): boolean {
  if (marker === COMMENT) return false
  if (marker < APP0 || marker > APP15) return true
  const mark = SHOWING_SEGMENTS[marker]
  return mark !== undefined && data.toString('latin1', 0, mark.length) === mark
}

/** Where the coded data of a scan end: at a marker that is no stuffed byte and no restart. */
function findMarker(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at !== -1; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1]
    if (next === undefined) break
    if (next !== 0 && next !== 0xff && (next < FIRST_RESTART || next > LAST_RESTART)) return at
  }
  return file.length + 1
}

/** Exif data with the one tag Orientation (Exif 2.32, 4.6.2). */
function exifOf(orientation: Orientation): Buffer {
  const exif = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  exif.writeUInt16BE(orientation, 18)
  return exif
}

function exifSegment(orientation: Orientation): Buffer {
  const data = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOf(orientation)])
  const head = Buffer.from('ffe10000', 'hex')
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

/** The chunks that a picture is made of, of one frame or several, and those that say how to show it. */
const SHOWING_CHUNKS: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(
    ' ',
  ),
)

function toBarePng(file: Buffer, { orientation }: Told): Buffer | undefined {
  const kept: Buffer[] = [file.subarray(0, 8)]
  let exif = orientation === 1 ? undefined : pngChunk('eXIf', exifOf(orientation))
  for (const { type, position, length } of walkPngChunks((at, bytes) =>
    file.subarray(at, at + bytes),
  )) {
    const end = position + length + 4
    if (end > file.length) return undefined
    if (exif !== undefined && type === 'IDAT') {
      kept.push(exif)
      exif = undefined
    }
    if (SHOWING_CHUNKS.has(type)) kept.push(file.subarray(position - 8, end))
    if (type === 'IEND') return Buffer.concat(kept)
  }
  return undefined
}

/** Whether a PNG file has several frames, which libvips reads the first of. */
export function isAnimatedPng(file: Buffer): boolean {
  for (const { type } of walkPngChunks((at, bytes) => file.subarray(at, at + bytes))) {
    if (type === 'acTL') return true
    if (type === 'IDAT') return false
  }
  return false
}
