import { closeSync, openSync, writeFileSync } from 'node:fs'
import type { OpenFile } from '../../sources/open-file.ts'

/** How much is copied at once, in bytes. */
const PIECE_BYTES = 1 << 20

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
