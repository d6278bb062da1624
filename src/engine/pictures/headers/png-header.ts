import { inflateSync } from 'node:zlib'
import type { ReadBytes } from '../../../sources/open-file.ts'
import { type PngChunk, walkPngChunks } from './png-chunks.ts'
import { METRES, type Resolution } from './resolution.ts'
import { type ImageDirectory, readTiffDirectory } from './tiff-directory.ts'

const UNIT_METRE = 1

/** Longer ones are no Exif data, which JPEG limits to 64 KB. Hexadecimal doubles that. */
const MOST_TEXT_BYTES = 256 * 1024

/**
 * Reads a PNG file's resolution (chunk pHYs) and orientation: from the Exif data of its chunk eXIf, or of the text chunks
 * `Raw profile type exif` and `Raw profile type APP1`, in which programs kept it before there was an eXIf.
 */
export function readPngHeader(read: ReadBytes): ImageDirectory {
  let resolution: Resolution | undefined
  let orientation: number | undefined
  for (const chunk of walkPngChunks(read)) {
    if (chunk.type === 'pHYs') resolution ??= toResolution(dataOf(chunk, read))
    const exif = exifOf(chunk, read)
    if (exif !== undefined) orientation ??= readExif(exif).orientation
  }
  return { ...(resolution && { resolution }), ...(orientation && { orientation }) }
}

/** Reads Exif data, with or without the mark `Exif` before it. */
export function readExif(exif: Buffer): ImageDirectory {
  const tiff = exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif
  return readTiffDirectory((position, length) => tiff.subarray(position, position + length))
}

function toResolution(data: Buffer): Resolution | undefined {
  if (data.length < 9 || data[8] !== UNIT_METRE) return undefined
  const x = data.readUInt32BE(0) * METRES
  const y = data.readUInt32BE(4) * METRES
  return x > 0 && y > 0 ? { x, y } : undefined
}

function exifOf(chunk: PngChunk, read: ReadBytes): Buffer | undefined {
  if (chunk.type === 'eXIf') return dataOf(chunk, read)
  if (chunk.type !== 'tEXt' && chunk.type !== 'zTXt') return undefined
  const data = dataOf(chunk, read)
  const end = data.indexOf(0)
  const keyword = data.toString('latin1', 0, end)
  if (keyword !== 'Raw profile type exif' && keyword !== 'Raw profile type APP1') return undefined
  const text = chunk.type === 'tEXt' ? data.subarray(end + 1) : inflate(data.subarray(end + 2))
  // A line with a name, one with the count of bytes, then the bytes in hexadecimal.
  const [, hex] = /^\s*\w+\s+\d+\s+([\da-f\s]*)$/i.exec(text.toString('latin1')) ?? []
  return hex === undefined ? undefined : Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')
}

function inflate(data: Buffer): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: MOST_TEXT_BYTES })
  } catch {
    return Buffer.alloc(0)
  }
}

function dataOf({ position, length }: PngChunk, read: ReadBytes): Buffer {
  return read(position, Math.min(length, MOST_TEXT_BYTES))
}
