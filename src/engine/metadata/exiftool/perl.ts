import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { limitMemory } from '../../wasm-memory.ts'

/**
 * The most memory that one run of Perl may take, in bytes. Perl mostly says when it finds no more, but may also try for ever,
 * which the time limit of the thread is for.
 */
const MOST_MEMORY = 512 * 1024 ** 2

/** Reads Perl as WebAssembly, with a limit to its memory that it does not have by itself. */
export async function readPerl(): Promise<Buffer> {
  // The package has it twice. This is the one that bundles find, so that the other need not be there (scripts/lean.cjs).
  const wasm = createRequire(import.meta.url).resolve('@6over3/zeroperl-ts/zeroperl.wasm')
  return limitMemory(await readFile(wasm), MOST_MEMORY)
}
