/** A page of the memory of WebAssembly, in bytes. */
export const WASM_PAGE_BYTES = 64 * 1024

/** Magic number and version. */
const HEADER_BYTES = 8

const MEMORY_SECTION = 5

/** Says that a maximum follows. */
const WITH_MAXIMUM = 1

/**
 * Makes WebAssembly that takes at most so much memory, or as much as it says itself when that is less: what it asks for beyond
 * that it does not get, and has to end by itself.
 *
 * @param code - as it is before it is compiled, with one memory (WebAssembly specification, 5.5.8)
 * @throws {RangeError} when it has no memory of its own
 */
export function limitMemory(code: Buffer, mostBytes: number): Buffer {
  for (let at = HEADER_BYTES; at < code.length;) {
    const size = readNumber(code, at + 1)
    const end = size.next + size.value
    if (code[at] === MEMORY_SECTION) {
      const least = readNumber(code, size.next + 2)
      const hasMaximum = code[size.next + 1] === WITH_MAXIMUM
      const own = hasMaximum ? readNumber(code, least.next).value : Number.POSITIVE_INFINITY
      const pages = Math.max(least.value, Math.floor(mostBytes / WASM_PAGE_BYTES))
      const most = writeNumber(Math.min(pages, own))
      const limits = [1, WITH_MAXIMUM, ...writeNumber(least.value), ...most]
      const section = Buffer.from([MEMORY_SECTION, ...writeNumber(limits.length), ...limits])
      return Buffer.concat([code.subarray(0, at), section, code.subarray(end)])
    }
    at = end
  }
  throw new RangeError('the WebAssembly has no memory')
}

/** Numbers have seven bits a byte, the lowest first, and the highest bit while more follows (LEB128). */
function readNumber(code: Buffer, from: number): { value: number; next: number } {
  let value = 0
  for (let next = from, factor = 1; next < code.length; next += 1, factor *= 128) {
    const byte = code[next] ?? 0
    value += (byte % 128) * factor
    if (byte < 128) return { value, next: next + 1 }
  }
  throw new RangeError('the WebAssembly breaks off')
}

function writeNumber(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...writeNumber(Math.floor(value / 128))]
}
