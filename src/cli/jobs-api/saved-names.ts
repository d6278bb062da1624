import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { splitName, toFileName } from '../../base/file-name.ts'

/** Where the files of one command are written: in its folder, and no two to the same place. */
export interface SavedNames {
  /**
   * Finds a place for a file, and keeps it.
   *
   * @param name - as the service calls it
   * @returns its path; a second `a.jpg` becomes `a-2.jpg`
   * @throws {Error} one sentence, when the name is that of no file
   */
  claim: (name: string) => string
}

/** @param folder - the folder of the command */
export function createSavedNames(folder: string): SavedNames {
  // There are file systems for which a.jpg and A.JPG are one.
  const taken = new Set<string>()
  return {
    claim(name) {
      const checked = toFileName(name)
      if (checked === undefined) {
        throw new Error(
          `The service calls a file ${JSON.stringify(name)}, and no file can be called so.`,
        )
      }
      const { base, extension } = splitName(checked)
      let free = checked
      for (let number = 2; taken.has(free.toLowerCase()); number += 1) {
        free = `${base}-${number}${extension}`
      }
      taken.add(free.toLowerCase())
      return path.join(folder, free)
    },
  }
}

/**
 * Makes what finds places in folders below the one of a command, which are made when the first file goes there.
 *
 * @returns the names of a folder, which is called with slashes between the names; the empty one is the command's own
 */
export function createNamesWithin(folder: string): (within: string) => Promise<SavedNames> {
  const known = new Map<string, SavedNames>()
  return async (within) => {
    const below = path.join(folder, within)
    // As for files: there are file systems for which Summer and summer are one.
    const key = below.toLowerCase()
    const names = known.get(key) ?? createSavedNames(below)
    known.set(key, names)
    await mkdir(below, { recursive: true })
    return names
  }
}

/** The first of the files that is there already; undefined when none is. */
export function findExisting(files: readonly string[]): string | undefined {
  return files.find((file) => existsSync(file))
}
