import { type FileHandle, open, rm } from 'node:fs/promises'
import { BATCH_BYTES, Batch, ChunkWriter, writeChunks } from './chunk-writer.ts'
import type { Place } from './places.ts'

/** Where the data of a file may go. */
export interface BodyTarget {
  readonly archive: FileHandle
  readonly place: Place
  /** Where the data starts in its place. */
  readonly offset: number
  /** A file to write to while there is no place yet; made when it is needed. */
  readonly spillPath: string
}

/**
 * The data of a file on its way into an archive. What is short waits in memory for its place. What is longer goes straight
 * to its place when that is known, and else into a file beside the archive: no server waits long for its client to read
 * on.
 */
export class EntryBody {
  readonly #target: BodyTarget
  readonly #batch = new Batch()
  #writer: ChunkWriter | undefined
  #spill: FileHandle | undefined
  #bytes = 0

  constructor(target: BodyTarget) {
    this.#target = target
  }

  /** How much there is so far. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whether it is in the archive already, and so will stay where it is. */
  get isInPlace(): boolean {
    return this.#writer !== undefined && this.#spill === undefined
  }

  /** Takes the whole data. */
  async receive(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of chunks) {
      this.#bytes += chunk.length
      this.#batch.add(chunk)
      if (!this.#batch.isFull) continue
      this.#writer ??= await this.#openWriter()
      await this.#writer.write(this.#batch.take())
    }
    await this.#writer?.write(this.#batch.take())
    await this.#writer?.finish()
  }

  /** Puts `header` to `start` and the data behind it. */
  async finish(header: Buffer, start: number): Promise<void> {
    const { archive } = this.#target
    await writeChunks(archive, [header, ...this.#batch.take()], start)
    if (this.#spill !== undefined) await copy(this.#spill, archive, start + header.length)
  }

  /** Leaves nothing beside the archive. */
  async close(): Promise<void> {
    if (this.#spill === undefined) return
    await this.#spill.close()
    await rm(this.#target.spillPath, { force: true })
  }

  async #openWriter(): Promise<ChunkWriter> {
    const { archive, place, offset, spillPath } = this.#target
    const start = place.known()
    if (start !== undefined) return new ChunkWriter(archive, start + offset)
    this.#spill = await open(spillPath, 'w+')
    return new ChunkWriter(this.#spill, 0)
  }
}

async function copy(from: FileHandle, to: FileHandle, offset: number): Promise<void> {
  const buffer = Buffer.allocUnsafe(BATCH_BYTES)
  for (let at = 0; ;) {
    const { bytesRead } = await from.read(buffer, 0, buffer.length, at)
    if (bytesRead === 0) return
    await writeChunks(to, [buffer.subarray(0, bytesRead)], offset + at)
    at += bytesRead
  }
}
