/** Codes have no more bits than that; when they have run out, the table is begun anew. */
const MOST_BITS = 12
const MOST_CODES = 1 << MOST_BITS

/** The most bytes in a block behind its length. */
const BLOCK_BYTES = 255

/**
 * Compresses the pixels of a GIF (GIF89a, appendix F).
 *
 * @param indices - each of less than 2 ** `bits`
 * @returns the number of bits that codes begin with, the blocks, and the end of them
 */
export function packLzw(indices: Uint8Array, bits: number): Buffer {
  const codeBits = Math.max(2, bits)
  const clear = 1 << codeBits
  const end = clear + 1
  // By what came before and the pixel that follows: the code of both, and above it the table that it is in.
  const table = new Int32Array(MOST_CODES << 8)
  const sink = createSink(codeBits, indices.length)
  let generation = 1
  let next = end + 1
  let size = codeBits + 1
  sink.write(clear, size)
  let prefix = indices[0] ?? 0
  for (let at = 1; at < indices.length; at += 1) {
    const index = indices[at] ?? 0
    const place = (prefix << 8) | index
    const entry = table[place] ?? 0
    if (entry >>> MOST_BITS === generation) {
      prefix = entry & (MOST_CODES - 1)
      continue
    }
    sink.write(prefix, size)
    prefix = index
    if (next === MOST_CODES) {
      sink.write(clear, size)
      generation += 1
      next = end + 1
      size = codeBits + 1
      continue
    }
    table[place] = (generation << MOST_BITS) | next
    // A reader learns of a code one step later than it is made here.
    if (next === 1 << size) size += 1
    next += 1
  }
  sink.write(prefix, size)
  // With it, the reader makes one code more.
  if (next === 1 << size && size < MOST_BITS) size += 1
  sink.write(end, size)
  return sink.finish()
}

/** Puts codes behind each other, the lowest bit first, in blocks. */
function createSink(codeBits: number, pixels: number) {
  let bytes = Buffer.allocUnsafe(Math.max(1024, pixels >> 1))
  bytes[0] = codeBits
  let block = 1
  let used = 2
  let held = 0
  let heldBits = 0
  const put = (byte: number): void => {
    if (used - block > BLOCK_BYTES) {
      bytes[block] = BLOCK_BYTES
      block = used
      used += 1
    }
    if (used + 2 > bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(bytes.length)])
    bytes[used] = byte
    used += 1
  }
  return {
    write(code: number, size: number): void {
      held |= code << heldBits
      heldBits += size
      while (heldBits >= 8) {
        put(held & 0xff)
        held >>>= 8
        heldBits -= 8
      }
    },
    finish(): Buffer {
      if (heldBits > 0) put(held)
      bytes[block] = used - block - 1
      bytes[used] = 0
      return bytes.subarray(0, used + 1)
    },
  }
}
