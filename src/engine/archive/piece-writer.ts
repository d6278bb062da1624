import { closeSync, openSync, writeSync } from 'node:fs'
import type { SevenZipPiece } from './seven-zip-task.ts'

/** Cuts a stream of bytes into files. Synchronously, as the program that writes them cannot wait. */
export class PieceWriter {
  readonly #pieces: readonly SevenZipPiece[]
  #index = -1
  #left = 0
  #file: number | undefined
  #exceeded = false

  constructor(pieces: readonly SevenZipPiece[]) {
    this.#pieces = pieces
    this.#next()
  }

  /** @returns false when there is no piece for some of the bytes */
  write(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length;) {
      if (this.#index >= this.#pieces.length) {
        this.#exceeded = true
        return false
      }
      const part = bytes.subarray(at, at + this.#left)
      if (this.#file !== undefined) writeAll(this.#file, part)
      at += part.length
      this.#left -= part.length
      this.#next()
    }
    return true
  }

  /** Closes the files. */
  close(): 'whole' | 'short' | 'exceeded' {
    if (this.#file !== undefined) closeSync(this.#file)
    if (this.#exceeded) return 'exceeded'
    const open = this.#pieces[this.#index]
    return open === undefined || open.isLimit === true ? 'whole' : 'short'
  }

  /** Goes on to the first piece that has room. */
  #next(): void {
    while (this.#left === 0) {
      if (this.#file !== undefined) closeSync(this.#file)
      this.#file = undefined
      this.#index += 1
      const piece = this.#pieces[this.#index]
      if (piece === undefined) return
      this.#left = piece.bytes
      if (piece.path !== undefined) this.#file = openSync(piece.path, 'wx')
    }
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
}
