import { closeSync, openSync, readSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

/** Bytes of a file, from `start` up to and without `end`. */
export interface FileSlice {
  path: string
  start: number
  end: number
  /** CRC-32 that these bytes must have, when it is known. */
  checksum?: number | undefined
}

/** Large enough that the cost of a read hides behind the cost of sending it, small enough for many readers at once. */
const CHUNK_BYTES = 512 * 1024

/**
 * Reads slices one after the other, with one open file at a time. Of a slice that has not its checksum the last bytes are not given,
 * so that nobody takes it for whole.
 *
 * @throws {Error} when a file cannot be read, is shorter, or has not its checksum
 */
export async function* chunksOf(
  slices: readonly FileSlice[],
): AsyncGenerator<Uint8Array, void, void> {
  for (const { path, start, end, checksum } of slices) {
    const file = await open(path)
    try {
      let position = start
      let sum = 0
      while (position < end) {
        const length = Math.min(CHUNK_BYTES, end - position)
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(length), { position })
        if (bytesRead === 0) throw endsTooSoon(position, end)
        position += bytesRead
        const bytes = bytesRead === length ? buffer : buffer.subarray(0, bytesRead)
        if (checksum !== undefined) sum = crc32(bytes, sum)
        if (checksum !== undefined && position === end && sum !== checksum) throw isChanged(path)
        yield bytes
      }
    } finally {
      await file.close()
    }
  }
}

/**
 * Writes slices into a new file at once, which is for what takes some milliseconds: who waits for each piece of a file to be read and
 * written waits longer than that takes.
 *
 * @throws {Error} as {@link chunksOf} does, and what writing fails with
 */
export function copyAtOnce(slices: readonly FileSlice[], file: string): void {
  const longest = Math.max(0, ...slices.map(({ start, end }) => end - start))
  const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, longest))
  const copy = openSync(file, 'w')
  try {
    for (const slice of slices) copySlice(slice, copy, chunk)
  } finally {
    closeSync(copy)
  }
}

function copySlice({ path, start, end, checksum }: FileSlice, copy: number, chunk: Buffer): void {
  const original = openSync(path, 'r')
  try {
    let sum = 0
    for (let position = start; position < end;) {
      const count = readSync(original, chunk, 0, Math.min(chunk.length, end - position), position)
      if (count === 0) throw endsTooSoon(position, end)
      const bytes = chunk.subarray(0, count)
      if (checksum !== undefined) sum = crc32(bytes, sum)
      writeFileSync(copy, bytes)
      position += count
    }
    if (checksum !== undefined && sum !== checksum) throw isChanged(path)
  } finally {
    closeSync(original)
  }
}

function endsTooSoon(position: number, end: number): Error {
  return new Error(`a part ends at byte ${position} instead of ${end}`)
}

function isChanged(path: string): Error {
  return new Error(`${path} has not the bytes any more that were stored in it`)
}
