import { IncompleteFile } from '../magick-source.ts'

const CLEAR = 256
const END = 257
const MOST_CODES = 4096

/**
 * Unpacks LZW as TIFF has it (TIFF 6.0, section 13): codes begin with their highest bit, and become longer one code too soon.
 *
 * @param most - as many bytes are unpacked at most
 */
export function unpackLzw(packed: Buffer, most: number): Buffer {
  const output = Buffer.alloc(most)
  // Each string is one before it with one more byte, and has been written somewhere already.
  const starts = new Uint32Array(MOST_CODES)
  const lengths = new Uint16Array(MOST_CODES)
  let [codes, codeBits, held, bits, at] = [END + 1, 9, 0, 0, 0]
  let previous: { start: number; length: number } | undefined
  for (const byte of packed) {
    held = ((held << 8) | byte) & 0xff_ffff
    bits += 8
    if (bits < codeBits) continue
    bits -= codeBits
    const code = (held >> bits) & ((1 << codeBits) - 1)
    if (code === END || at >= most) break
    if (code === CLEAR) {
      ;[codes, codeBits, previous] = [END + 1, 9, undefined]
      continue
    }
    const start = at
    if (previous !== undefined && codes < MOST_CODES) {
      starts[codes] = previous.start
      lengths[codes] = previous.length + 1
      codes += 1
    }
    if (code < CLEAR) {
      output[at] = code
      at += 1
    } else {
      if (code >= codes) throw new IncompleteFile('A piece that is compressed with LZW is damaged.')
      const from = starts[code] ?? 0
      const end = Math.min(most, at + (lengths[code] ?? 0))
      for (let next = from; at < end; next += 1, at += 1) output[at] = output[next] ?? 0
    }
    previous = { start, length: at - start }
    if (codes >= (1 << codeBits) - 1 && codeBits < 12) codeBits += 1
  }
  return output.subarray(0, at)
}
