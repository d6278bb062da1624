import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { TIFF_TAGS, TIFF_TYPE_BYTES } from '../../sources/tiff-directory.ts'
import { findTiffPages } from '../../sources/tiff-pages.ts'

/** Where the pixels are (TIFF 6.0, sections 3 and 15): their values are places in the file. */
const PLACES: ReadonlySet<number> = new Set([TIFF_TAGS.stripOffsets, TIFF_TAGS.tileOffsets])

/** What was noted when a picture was taken is a directory of its own (Exif 2.32, 4.6.3). */
const CAMERA_DIRECTORY = 0x8769

const LONG = 4
const ENTRY_BYTES = 12

/** The most bytes of a file of which places have 32 bits. */
export const MOST_TIFF_BYTES = 2 ** 32 - 1

/**
 * Makes one TIFF file of several that libvips has written, each of which has a picture: they become its pages.
 *
 * @param paths - the files; their bytes are copied, and their directories point to where those are now
 */
export function joinTiffs(paths: readonly string[], joinedPath: string): void {
  const descriptor = openSync(joinedPath, 'w')
  try {
    let size = 0
    let next: number | undefined
    for (const path of paths) {
      const file = readFileSync(path)
      const { after, start } = moveBy(file, size)
      if (next !== undefined) writeAt(descriptor, toLong(start + size), next)
      writeAt(descriptor, file, size)
      next = after + size
      // Directories begin at even places.
      size += file.length + (file.length % 2)
    }
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Adds a distance to all places that a file names.
 *
 * @returns where its directory starts, and where the place of the next one belongs
 */
function moveBy(file: Buffer, distance: number): { start: number; after: number } {
  const [page, ...others] = findTiffPages({
    read: (position, length) => file.subarray(position, position + length),
  })
  if (page === undefined || others.length > 0 || file.toString('latin1', 0, 4) !== 'II*\0') {
    throw new RangeError('a TIFF file was written that cannot be joined')
  }
  const start = page.directory.at
  return { start, after: moveDirectory(file, start, distance) }
}

/** @returns where the place of the next directory belongs */
function moveDirectory(file: Buffer, start: number, distance: number): number {
  const first = start + 2
  const after = first + file.readUInt16LE(start) * ENTRY_BYTES
  for (let entry = first; entry < after; entry += ENTRY_BYTES) {
    const [tag, type] = [file.readUInt16LE(entry), file.readUInt16LE(entry + 2)]
    const count = file.readUInt32LE(entry + 4)
    const bytes = count * (TIFF_TYPE_BYTES[type] ?? 0)
    const value = entry + 8
    const isElsewhere = bytes > 4
    if (PLACES.has(tag)) {
      if (type !== LONG) throw new RangeError(`a TIFF file has places of type ${type}`)
      const from = isElsewhere ? file.readUInt32LE(value) : value
      for (let index = 0; index < count; index += 1) addTo(file, from + 4 * index, distance)
    }
    if (tag === CAMERA_DIRECTORY) {
      moveDirectory(file, file.readUInt32LE(value), distance)
      addTo(file, value, distance)
    }
    if (isElsewhere) addTo(file, value, distance)
  }
  return after
}

function addTo(file: Buffer, position: number, distance: number): void {
  file.writeUInt32LE(file.readUInt32LE(position) + distance, position)
}

function toLong(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function writeAt(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
  }
}
