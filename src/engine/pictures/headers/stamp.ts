import { writeSync } from 'node:fs'
import { type ReadBytes, withOpenFile } from '../../../sources/open-file.ts'
import { walkPngChunks } from './header.ts'
import { pngResolution } from './png-chunk.ts'
import type { Resolution } from './resolution.ts'
import { findOrientation, findResolutionUnit } from './tiff-directory.ts'

/** A picture file of which a few bytes are written anew. */
export interface StampedFile {
  readonly read: ReadBytes
  readonly write: (bytes: Uint8Array, position: number) => void
}

/** A file that is in memory; its own bytes change. */
export function inMemory(file: Buffer): StampedFile {
  return {
    read: (position, length) => file.subarray(position, position + length),
    write: (bytes, position) => file.set(bytes, position),
  }
}

/** Changes a file on disk. */
export function stampFile(path: string, stamp: (file: StampedFile) => void): void {
  withOpenFile(
    path,
    ({ read, descriptor }) =>
      stamp({
        read,
        write: (bytes, position) => writeSync(descriptor, bytes, 0, bytes.length, position),
      }),
    'r+',
  )
}

/** From the start of a chunk to that of its data: the length and the type. */
const CHUNK_HEAD_BYTES = 8

/** Sets the resolution of a PNG file that libvips has written, which always has the chunk for it. */
export function stampPng({ read, write }: StampedFile, resolution: Resolution | undefined): void {
  for (const { type, position } of walkPngChunks(read)) {
    if (type === 'pHYs') write(pngResolution(resolution), position - CHUNK_HEAD_BYTES)
    if (type === 'IDAT') return
  }
}

const UPRIGHT = 1

/** Makes a TIFF file that libvips has written upright; libvips writes the orientation of its source, turned or not. */
export function clearTiffOrientation({ read, write }: StampedFile): void {
  const field = findOrientation(read)
  if (field !== undefined) write(field.bytesOf(UPRIGHT), field.position)
}

const NO_UNIT = 1

/** Makes a TIFF file that libvips has written say nothing of its resolution; libvips always writes one. */
export function clearTiffResolution({ read, write }: StampedFile): void {
  const unit = findResolutionUnit(read)
  if (unit !== undefined) write(unit.bytesOf(NO_UNIT), unit.position)
}
