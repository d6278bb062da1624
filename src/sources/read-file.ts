import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** As much as is read of a file at once, in bytes. */
const CHUNK_BYTES = 65_536

/** The bytes of a file in pieces, which share no memory. */
export function* readChunks(path: string): Generator<Buffer> {
  const descriptor = openSync(path, 'r')
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES)
      const count = readSync(descriptor, chunk)
      if (count === 0) return
      yield chunk.subarray(0, count)
    }
  } finally {
    closeSync(descriptor)
  }
}

/** At most `length` bytes of a file from `start` on; fewer when it ends before. */
export function readPart(path: string, start: number, length: number): Buffer {
  const descriptor = openSync(path, 'r')
  try {
    const part = Buffer.allocUnsafeSlow(
      Math.max(0, Math.min(length, fstatSync(descriptor).size - start)),
    )
    let done = 0
    for (let count = -1; count !== 0 && done < part.length; done += count) {
      count = readSync(descriptor, part, done, part.length - done, start + done)
    }
    return part.subarray(0, done)
  } finally {
    closeSync(descriptor)
  }
}
