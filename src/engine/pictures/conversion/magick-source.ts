import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * The most that is read of a file at once, in bytes. A decoder may take four times as much: for its copy, for rows it
 * has unpacked, for the pixels, and for those before a change of their colour space.
 */
export const MAX_READ_BYTES = 350_000_000

/** A file that ends before all of what its headers say it holds. */
export class IncompleteFile extends Error {
  override readonly name = 'IncompleteFile'
}

/** A file of which more has to be read than there is memory for. */
export class HugeFile extends Error {
  override readonly name = 'HugeFile'
}

/** A file that has something which nobody here reads, whole as it may be. */
export class UnknownFeature extends Error {
  override readonly name = 'UnknownFeature'
  /** As in "the source has ...", such as "deep samples, which cannot be read". */
  readonly feature: string

  constructor(feature: string) {
    super(`The file has ${feature}.`)
    this.feature = feature
  }
}

/** `length` bytes of a file from `start` on, or bytes that take the place of some in it. */
export type Excerpt = { readonly start: number; readonly length: number } | Uint8Array

/** A source file that is open. */
export interface SourceBytes {
  /** In bytes. */
  readonly size: number
  /**
   * Reads pieces one after the other into one buffer.
   *
   * @throws {@link IncompleteFile} when one of them goes beyond the end of the file, {@link HugeFile} when they are too
   *   much together
   */
  read(pieces: readonly Excerpt[]): Buffer
}

/** A source that is in memory. */
export function inSourceBytes(bytes: Buffer): SourceBytes {
  return {
    size: bytes.length,
    read(pieces) {
      return Buffer.concat(
        pieces.map((piece) => {
          if (!('start' in piece)) return piece
          if (piece.start + piece.length > bytes.length)
            throw new IncompleteFile('The file ends before its last part.')
          return bytes.subarray(piece.start, piece.start + piece.length)
        }),
      )
    },
  }
}

/** Hands an open file to `use`, and closes it afterwards. */
export function withSourceBytes<T>(path: string, use: (file: SourceBytes) => T): T {
  const descriptor = openSync(path, 'r')
  try {
    const { size } = fstatSync(descriptor)
    return use({
      size,
      read(pieces) {
        // Checked before there is a buffer, since a damaged file can ask for any length.
        if (pieces.some((piece) => 'start' in piece && piece.start + piece.length > size)) {
          throw new IncompleteFile('The file ends before its last part.')
        }
        const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
        if (length > MAX_READ_BYTES) throw new HugeFile(`The file has ${length} bytes to decode.`)
        const bytes = Buffer.allocUnsafeSlow(length)
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

function fill(target: Uint8Array, descriptor: number, start: number): void {
  let done = 0
  while (done < target.length) {
    const count = readSync(descriptor, target, done, target.length - done, start + done)
    if (count === 0) throw new IncompleteFile('The file became shorter while it was read.')
    done += count
  }
}
