import { closeSync, openSync, readSync } from 'node:fs'

/** Reads `length` bytes at `position`; fewer when the data ends before. */
export type ReadBytes = (position: number, length: number) => Buffer

/**
 * Opens a file for reading a few bytes here and there. Synchronously, since they lie in the memory of the system: whoever
 * waited for each of them in turn would wait far longer than reading takes.
 *
 * @param use - gets a reader, and the file's descriptor to write with
 * @throws what the file system says when there is no such file
 */
export function withFile<T>(
  path: string,
  flags: 'r' | 'r+',
  use: (read: ReadBytes, descriptor: number) => T,
): T {
  const descriptor = openSync(path, flags)
  try {
    return use((position, length) => {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, position))
    }, descriptor)
  } finally {
    closeSync(descriptor)
  }
}
