import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs'

/** A file that is open for reading. */
export interface OpenFile {
  /** In bytes. */
  readonly size: number
  /** Reads `length` bytes at `position`; fewer when the file ends before. */
  read(position: number, length: number): Buffer
}

/** How much is copied at once, in bytes. */
const PIECE_BYTES = 1 << 20

/** Opens a file, and closes it when `use` has returned. */
export function withOpenFile<T>(path: string, use: (file: OpenFile) => T): T {
  const descriptor = openSync(path, 'r')
  try {
    const { size } = fstatSync(descriptor)
    return use({
      size,
      read(position, length) {
        // A damaged file can ask for any length.
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - position)))
        let done = 0
        while (done < bytes.length) {
          const count = readSync(descriptor, bytes, done, bytes.length - done, position + done)
          if (count === 0) break
          done += count
        }
        return bytes.subarray(0, done)
      },
    })
  } finally {
    closeSync(descriptor)
  }
}

/** Bytes, or those of another file from `start` up to `end`. */
export type Piece = Uint8Array | { readonly start: number; readonly end: number }

/** Writes a file of pieces, some of which are taken from another file. */
export function writePieces(path: string, source: OpenFile, pieces: readonly Piece[]): void {
  const descriptor = openSync(path, 'wx')
  try {
    for (const piece of pieces) {
      if ('start' in piece) {
        for (let position = piece.start; position < piece.end; position += PIECE_BYTES) {
          writeFileSync(
            descriptor,
            source.read(position, Math.min(PIECE_BYTES, piece.end - position)),
          )
        }
      } else {
        writeFileSync(descriptor, piece)
      }
    }
  } finally {
    closeSync(descriptor)
  }
}
