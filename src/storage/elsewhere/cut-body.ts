/** In bytes: what is sent at a time, and so held in memory to be sent again where that fails. */
export const PIECE_BYTES = 8 * 1024 * 1024

/** Cuts a body into pieces of {@link PIECE_BYTES}, the last of them smaller, perhaps of no bytes. */
export async function* cutBody(
  body: AsyncIterable<Uint8Array>,
  bytes: number = PIECE_BYTES,
): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    let rest = chunk
    while (size + rest.length >= bytes) {
      const taken = rest.subarray(0, bytes - size)
      yield Buffer.concat([...waiting, taken])
      rest = rest.subarray(taken.length)
      waiting = []
      size = 0
    }
    waiting.push(rest)
    size += rest.length
  }
  yield Buffer.concat(waiting)
}

/** Reads all of a small body. */
export async function gather(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
