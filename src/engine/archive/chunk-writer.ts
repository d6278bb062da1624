import type { FileHandle } from 'node:fs/promises'

/** How much is written at once. */
export const BATCH_BYTES = 512 * 1024
/** A sender of tiny chunks must not fill the memory with what is around each of them. */
const BATCH_CHUNKS = 256

/** Chunks that wait until it is worth writing them. */
export class Batch {
  #chunks: Uint8Array[] = []
  #bytes = 0

  get isFull(): boolean {
    return this.#bytes >= BATCH_BYTES || this.#chunks.length >= BATCH_CHUNKS
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
  }

  /** Empties it. */
  take(): Uint8Array[] {
    const chunks = this.#chunks
    this.#chunks = []
    this.#bytes = 0
    return chunks
  }
}

/** Writes into a file from an offset on, and lets its caller fetch more meanwhile. */
export class ChunkWriter {
  readonly #file: FileHandle
  #offset: number
  #pending: Promise<void> = Promise.resolve()

  constructor(file: FileHandle, offset: number) {
    this.#file = file
    this.#offset = offset
  }

  /** Resolves when everything before has been written, which is also when a failure of that is told. */
  async write(chunks: readonly Uint8Array[]): Promise<void> {
    await this.#pending
    const offset = this.#offset
    for (const { length } of chunks) this.#offset += length
    this.#pending = writeChunks(this.#file, chunks, offset)
    this.#pending.catch(() => undefined)
  }

  /** Resolves when everything has been written. */
  async finish(): Promise<void> {
    await this.#pending
  }
}

/** Writes all of `chunks` to `offset`. */
export async function writeChunks(
  file: FileHandle,
  chunks: readonly Uint8Array[],
  offset: number,
): Promise<void> {
  const total = chunks.reduce((bytes, { length }) => bytes + length, 0)
  if (total === 0) return
  let { bytesWritten: done } = await file.writev(chunks, offset)
  if (done === total) return
  // A system may write less than it was given, most of all before it says that the disk is full.
  const whole = Buffer.concat(chunks)
  while (done < total) {
    const { bytesWritten } = await file.write(whole, done, total - done, offset + done)
    done += bytesWritten
  }
}
