import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { constants, gunzipSync } from 'node:zlib'

/** Reads `length` bytes at `position`; fewer when the data ends before. */
export type ReadBytes = (position: number, length: number) => Buffer

/** A file that is open for reading a few bytes here and there. */
export interface OpenFile {
  /** In bytes. */
  readonly size: number
  /** The file's descriptor, to write with. */
  readonly descriptor: number
  readonly read: ReadBytes
}

/**
 * Opens a file, and closes it when `use` has returned. Synchronously, since the bytes lie in the memory of the system:
 * whoever waited for each of them in turn would wait far longer than reading takes.
 *
 * @throws what the file system says when there is no such file
 */
export function withOpenFile<T>(
  path: string,
  use: (file: OpenFile) => T,
  flags: 'r' | 'r+' = 'r',
): T {
  const descriptor = openSync(path, flags)
  try {
    const { size } = fstatSync(descriptor)
    return use({
      size,
      descriptor,
      read(position, length) {
        // A damaged file can ask for any length.
        const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, size - position)))
        let done = 0
        for (let count = -1; count !== 0 && done < bytes.length; done += count) {
          count = readSync(descriptor, bytes, done, bytes.length - done, position + done)
        }
        return bytes.subarray(0, done)
      },
    })
  } finally {
    closeSync(descriptor)
  }
}

/** At most `length` bytes of a file from `start` on; fewer when it ends before. */
export function readPart(path: string, start: number, length: number): Buffer {
  return withOpenFile(path, ({ read }) => read(start, length))
}

/** The most that a compressed SVG may hold, in bytes: more than any drawing, and little for an action. */
const MOST_BYTES = 64 * 1024 * 1024

/** Whether a file that starts with these bytes is compressed with gzip, as an `.svgz` is. */
export function isGzipped(start: Uint8Array): boolean {
  return start.length > 2 && start[0] === 0x1f && start[1] === 0x8b
}

/** @throws when it is damaged or holds more than 64 MB */
export function gunzip(compressed: Buffer): Buffer {
  return gunzipSync(compressed, { maxOutputLength: MOST_BYTES })
}

/** As much as the start of a compressed file holds; the start as it is when that cannot be told. */
export function unzipStart(start: Buffer): Buffer {
  try {
    return gunzipSync(start, {
      maxOutputLength: MOST_BYTES,
      finishFlush: constants.Z_SYNC_FLUSH,
    })
  } catch {
    return start
  }
}
