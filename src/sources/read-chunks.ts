import { closeSync, openSync, readSync } from 'node:fs'

/** As much as is read of a file at once, in bytes. */
const CHUNK_BYTES = 65_536

/**
 * The bytes of a file in pieces. Those that are read from the disk share no memory.
 *
 * @param source - its path or its bytes
 */
export function* readChunks(source: string | Buffer): Generator<Buffer> {
  if (typeof source !== 'string') {
    yield source
    return
  }
  const descriptor = openSync(source, 'r')
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
