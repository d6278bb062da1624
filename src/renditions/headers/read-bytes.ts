import type { FileHandle } from 'node:fs/promises'

/** Reads `length` bytes at `position`; fewer when the data ends before. */
export type ReadBytes = (position: number, length: number) => Promise<Buffer>

/** Reads from an open file. */
export function readerOf(file: FileHandle): ReadBytes {
  return async (position, length) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  }
}
