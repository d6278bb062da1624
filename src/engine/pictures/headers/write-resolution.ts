import { writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { withOpenFile } from '../../../sources/open-file.ts'
import { walkPngChunks } from './png-chunks.ts'
import { METRES, type Resolution } from './resolution.ts'
import { findResolutionUnit } from './tiff-directory.ts'

/** Start of image, where a JFIF segment has to follow. */
const SOI_BYTES = 2

/**
 * Adds a JFIF segment (version 1.02) to a JPEG that has none, which libvips leaves out together with all other metadata.
 *
 * @param resolution - what it shall say; nothing when undefined, and to the nearest dot per inch, since JFIF has no fractions
 */
export function withJfif(jpeg: Buffer, resolution: Resolution | undefined): Buffer {
  const { x, y } = resolution ?? { x: 1, y: 1 }
  const segment = Buffer.from('ffe000104a46494600010200000000000000', 'hex')
  segment.writeUInt8(resolution === undefined ? 0 : 1, 11)
  segment.writeUInt16BE(toShort(x), 12)
  segment.writeUInt16BE(toShort(y), 14)
  return Buffer.concat([jpeg.subarray(0, SOI_BYTES), segment, jpeg.subarray(SOI_BYTES)])
}

function toShort(dots: number): number {
  return Math.min(65_535, Math.max(1, Math.round(dots)))
}

/**
 * Sets the resolution of a PNG file that libvips has written, with its chunk pHYs. Without a resolution the chunk gets to
 * say that a pixel is as wide as it is high, which is what its absence means.
 */
export function stampPng(path: string, resolution: Resolution | undefined): void {
  const { x, y } = resolution ?? { x: METRES, y: METRES }
  const data = Buffer.from('pHYs\0\0\0\0\0\0\0\0\0', 'latin1')
  data.writeUInt32BE(Math.round(x / METRES), 4)
  data.writeUInt32BE(Math.round(y / METRES), 8)
  data.writeUInt8(resolution === undefined ? 0 : 1, 12)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(data))
  withOpenFile(
    path,
    ({ read, descriptor }) => {
      for (const { type, position } of walkPngChunks(read)) {
        if (type === 'pHYs')
          writeSync(descriptor, Buffer.concat([data, checksum]), 0, 17, position - 4)
        if (type === 'IDAT') return
      }
    },
    'r+',
  )
}

const NO_UNIT = 1

/** Makes a TIFF file that libvips has written say nothing of its resolution; libvips always writes one. */
export function clearTiffResolution(path: string): void {
  withOpenFile(
    path,
    ({ read, descriptor }) => {
      const unit = findResolutionUnit(read)
      if (unit !== undefined) writeSync(descriptor, unit.bytesOf(NO_UNIT), 0, 2, unit.position)
    },
    'r+',
  )
}
