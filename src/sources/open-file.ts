import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { constants, gunzipSync } from 'node:zlib'
import { corruptSource, OperationError } from '../base/operation-error.ts'

/** Reads `length` bytes at `position`; fewer when the data ends before. */
export type ReadBytes = (position: number, length: number) => Buffer

/** What a few bytes are read of here and there, on the disk or in memory. */
export interface ReadableFile {
  /** In bytes. */
  readonly size: number
  readonly read: ReadBytes
}

/** A file that is open. */
export interface OpenFile extends ReadableFile {
  /** The file's descriptor, to write with. */
  readonly descriptor: number
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

/** Has bytes that are in memory read as a file is. */
export function inMemory(bytes: Buffer): ReadableFile {
  return {
    size: bytes.length,
    read(position, length) {
      const start = Math.max(0, position)
      return bytes.subarray(start, start + Math.max(0, length))
    },
  }
}

/**
 * At most `length` bytes of a file from `start` on; fewer when it ends before.
 *
 * @param source - its path or its bytes
 */
export function readPart(source: string | Buffer, start: number, length: number): Buffer {
  if (typeof source !== 'string') return source.subarray(start, start + length)
  return withOpenFile(source, ({ read }) => read(start, length))
}

/** The most that a compressed drawing may hold, in bytes: more than any has, and little for an action. */
const MOST_BYTES = 64 * 1024 * 1024

/** Whether a file that starts with these bytes is compressed with gzip, as SVGZ, EMZ and WMZ are. */
export function isGzipped(start: Uint8Array): boolean {
  return start.length > 2 && start[0] === 0x1f && start[1] === 0x8b
}

/**
 * What a compressed drawing holds.
 *
 * @param title - of its format, for sentences
 * @throws {@link OperationError} source_corrupt, or source_too_large when it holds more than 64 MB
 */
export function gunzip(compressed: Buffer, title: string): Buffer {
  try {
    return gunzipSync(compressed, { maxOutputLength: MOST_BYTES })
  } catch (error) {
    if (error instanceof RangeError) {
      const fields = { megabytes: 64, of: 'that a compressed drawing may hold' }
      throw new OperationError('source_too_large', fields, { cause: error })
    }
    throw corruptSource(title, { cause: error })
  }
}

/**
 * Opens a drawing as {@link withOpenFile} does; of one that is compressed, what it holds.
 *
 * @param title - of its format, for sentences
 * @throws {@link OperationError} as {@link gunzip} does
 */
export function withDrawing<T>(path: string, title: string, use: (drawing: ReadableFile) => T): T {
  return withOpenFile(path, (file) => {
    if (!isGzipped(file.read(0, 3))) return use(file)
    return use(inMemory(gunzip(file.read(0, file.size), title)))
  })
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
