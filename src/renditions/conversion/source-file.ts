import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** A file that ends before all of what its headers say it holds. */
export class IncompleteFile extends Error {
  override readonly name = 'IncompleteFile'
}

/** `length` bytes of a file from `start` on, or bytes that take the place of some in it. */
export type Piece = { readonly start: number; readonly length: number } | Uint8Array

/** A source file that is open. */
export interface SourceFile {
  /** In bytes. */
  readonly size: number
  /**
   * Reads pieces one after the other into one buffer.
   *
   * @throws {@link IncompleteFile} when one of them goes beyond the end of the file
   */
  read(pieces: readonly Piece[]): Buffer
}

/** Hands an open file to `use`, and closes it afterwards. */
export function withSourceFile<T>(path: string, use: (file: SourceFile) => T): T {
  const descriptor = openSync(path, 'r')
  try {
    const { size } = fstatSync(descriptor)
    return use({
      size,
      read(pieces) {
        // Before there is a buffer for it, since a damaged length can be anything.
        if (pieces.some((piece) => 'start' in piece && piece.start + piece.length > size)) {
          throw new IncompleteFile('The file ends before its last part.')
        }
        const bytes = Buffer.allocUnsafeSlow(countBytes(pieces))
        let offset = 0
        for (const piece of pieces) {
          const target = bytes.subarray(offset, offset + piece.length)
          if ('start' in piece) fill(target, descriptor, piece.start)
          else target.set(piece)
          offset += piece.length
        }
        return bytes
      },
    })
  } finally {
    closeSync(descriptor)
  }
}

/** How many bytes some pieces have together. */
export function countBytes(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}

function fill(target: Uint8Array, descriptor: number, start: number): void {
  let done = 0
  while (done < target.length) {
    const count = readSync(descriptor, target, done, target.length - done, start + done)
    if (count === 0) throw new IncompleteFile('The file became shorter while it was read.')
    done += count
  }
}
