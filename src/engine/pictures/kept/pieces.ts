import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { type ReadableFile, withOpenFile } from '../../../sources/open-file.ts'

/** Bytes of a file that is to be written anew: new ones, or some of those that it has. */
export type Piece = Uint8Array | { readonly start: number; readonly end: number }

/** A file of which pieces are made. */
export type PiecedFile = ReadableFile

/** As much is copied at once, in bytes. */
const CHUNK_BYTES = 1024 ** 2

/** Writes a file anew, in the memory that a piece of it takes. */
export function rewriteFile(path: string, toPieces: (file: PiecedFile) => readonly Piece[]): void {
  const written = `${path}.kept`
  try {
    withOpenFile(path, (file) => writePieces(file, toPieces(file), written))
    renameSync(written, path)
  } catch (error) {
    rmSync(written, { force: true })
    throw error
  }
}

function writePieces(file: PiecedFile, pieces: readonly Piece[], path: string): void {
  const descriptor = openSync(path, 'w')
  try {
    for (const piece of pieces) {
      if (piece instanceof Uint8Array) writeWhole(descriptor, piece)
      else copy(file, piece, descriptor)
    }
  } finally {
    closeSync(descriptor)
  }
}

function copy(
  { read }: PiecedFile,
  { start, end }: { readonly start: number; readonly end: number },
  descriptor: number,
): void {
  for (let at = start; at < end; at += CHUNK_BYTES) {
    writeWhole(descriptor, read(at, Math.min(CHUNK_BYTES, end - at)))
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done)
}
