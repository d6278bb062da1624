import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The memory of an instance of WebAssembly, and where its stack ends. */
export interface Memory {
  readonly memory: Uint8Array
  readonly stackPointer: number
}

/** What a kept memory was made of; another one is of no use with anything else. */
type Ingredients = readonly (string | Uint8Array)[]

const STACK_POINTER_BYTES = 4
const PAGE_BYTES = 65_536

/**
 * Takes a memory from a folder, or makes and keeps it there. What is in there is trusted as compiled code is.
 *
 * @param folder - nothing is kept when undefined
 */
export function keepMemory(
  folder: string | undefined,
  ingredients: Ingredients,
  make: () => Memory,
): Memory {
  if (folder === undefined) return make()
  const file = join(folder, `memory-${nameOf(ingredients)}`)
  const kept = read(file)
  if (kept) return kept
  const made = make()
  write(file, made)
  return made
}

function nameOf(ingredients: Ingredients): string {
  const hash = createHash('sha256')
  for (const ingredient of ingredients) hash.update(ingredient)
  return hash.digest('hex').slice(0, 32)
}

function read(file: string): Memory | undefined {
  try {
    const bytes = readFileSync(file)
    const memory = bytes.subarray(STACK_POINTER_BYTES)
    const isWhole = memory.length > 0 && memory.length % PAGE_BYTES === 0
    return isWhole ? { memory, stackPointer: bytes.readUInt32LE() } : undefined
  } catch {
    return undefined
  }
}

function write(file: string, { memory, stackPointer }: Memory): void {
  const pointer = Buffer.alloc(STACK_POINTER_BYTES)
  pointer.writeUInt32LE(stackPointer)
  // Others may read it meanwhile, and processes that start together all write it.
  const part = `${file}.${process.pid}`
  try {
    writeFileSync(part, Buffer.concat([pointer, memory]), { mode: 0o600 })
    renameSync(part, file)
  } catch {
    // It is made anew the next time.
    rmSync(part, { force: true })
  }
}
