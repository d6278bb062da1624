/** A page of the memory of WebAssembly, in bytes. */
export const WASM_PAGE_BYTES = 64 * 1024

/** Magic number and version. */
const HEADER_BYTES = 8

const MEMORY_SECTION = 5

/**
 * Makes WebAssembly that takes at most so much memory: what it asks for beyond that it does not get, and has to end by
 * itself. Its own maximum stands in its one memory.
 *
 * @param code - as it is before it is compiled; it is changed in place
 * @throws {RangeError} when it is not as that of FFmpeg is
 */
export function limitMemory(code: Buffer, mostBytes: number): void {
  let at = HEADER_BYTES
  while (at < code.length) {
    const id = code[at]
    const size = readNumber(code, at + 1)
    if (id !== MEMORY_SECTION) {
      at = size.next + size.value
      continue
    }
    const flags = code[size.next + 1]
    const least = readNumber(code, size.next + 2)
    const most = readNumber(code, least.next)
    const pages = Math.max(least.value, Math.floor(mostBytes / WASM_PAGE_BYTES))
    // Bit 0 says that a maximum follows.
    if (flags !== 1) break
    writeNumber(code, least.next, most.next, Math.min(pages, most.value))
    return
  }
  throw new RangeError('the WebAssembly has no memory with a maximum')
}

/** Numbers have seven bits a byte, the lowest first, and the highest bit while more follows. */
function readNumber(code: Buffer, from: number): { value: number; next: number } {
  let value = 0
  for (let next = from, factor = 1; next < code.length; next += 1, factor *= 128) {
    const byte = code[next] ?? 0
    value += (byte % 128) * factor
    if (byte < 128) return { value, next: next + 1 }
  }
  throw new RangeError('the WebAssembly breaks off')
}

/** Writes a number into as many bytes as another had. */
function writeNumber(code: Buffer, from: number, end: number, value: number): void {
  let rest = value
  for (let at = from; at < end; at += 1) {
    code[at] = (rest % 128) + (at < end - 1 ? 128 : 0)
    rest = Math.floor(rest / 128)
  }
}
