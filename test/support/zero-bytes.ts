const CHUNK = Buffer.alloc(1024 * 1024)

/** So many bytes of nothing, a mebibyte at a time. */
export function* zeroBytes(count: number): Generator<Buffer> {
  for (let left = count; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left)
}
