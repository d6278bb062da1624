import { closeSync, openSync, readSync } from 'node:fs'

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
