import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * The most memory that one run of Perl may take, in pages of 64 KB: 512 MB. Perl mostly says when it finds no more, but may
 * also try for ever, which the time limit of the thread is for.
 */
const MOST_PAGES = 8192

const MEMORY_SECTION = 5
/** Behind the magic number and the version. */
const FIRST_SECTION = 8

/** Reads Perl as WebAssembly, with a limit to its memory that it does not have by itself. */
export async function readPerl(): Promise<Buffer> {
  const wasm = import.meta.resolve('@6over3/zeroperl-ts/zeroperl.wasm')
  return limitMemory(await readFile(fileURLToPath(wasm)))
}

/**
 * Gives the one memory of a WebAssembly module a maximum.
 *
 * @param module - a module whose memory section begins with the fewest pages (WebAssembly specification, 5.5.8)
 * @throws when it has no such section
 */
export function limitMemory(module: Buffer, mostPages = MOST_PAGES): Buffer {
  for (let section = FIRST_SECTION; section < module.length; ) {
    const length = readNumber(module, section + 1)
    const end = length.end + length.value
    if (module[section] === MEMORY_SECTION) {
      const fewest = readNumber(module, length.end + 2)
      const limits = [1, 1, ...writeNumber(fewest.value), ...writeNumber(mostPages)]
      const replaced = Buffer.from([MEMORY_SECTION, ...writeNumber(limits.length), ...limits])
      return Buffer.concat([module.subarray(0, section), replaced, module.subarray(end)])
    }
    section = end
  }
  throw new Error('The module has no memory.')
}

/** Numbers are written with seven bits a byte, the lowest first (LEB128). */
function readNumber(bytes: Buffer, start: number): { value: number; end: number } {
  let value = 0
  for (let position = start, factor = 1; ; position += 1, factor *= 128) {
    const byte = bytes.readUInt8(position)
    value += (byte & 0x7f) * factor
    if (byte < 0x80) return { value, end: position + 1 }
  }
}

function writeNumber(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...writeNumber(value >>> 7)]
}
