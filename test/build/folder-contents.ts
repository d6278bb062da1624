import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Reads every file in a folder, by its path in there. */
export function readFolder(folder: string): Record<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted()
      .map((file) => [path.relative(folder, file), readFileSync(file)]),
  )
}
