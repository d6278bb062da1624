import { closeSync, type Dirent, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { type CoversLetter, readCharacterMap } from './character-map.ts'
import { type FontNames, readFontNames } from './font-names.ts'
import { type ReadBytes, readSfnt } from './sfnt.ts'

/** A font in a folder of the machine. */
export interface InstalledFont extends FontNames {
  readonly path: string
  /** Which of the fonts of its file, from 0. */
  readonly index: number
  readonly covers: CoversLetter
}

/** The most files that are looked at, and how deep folders may be in each other. */
const MOST_FILES = 10_000
const DEEPEST = 8

/** The largest map of letters that is read, in bytes; those of Chinese fonts have some hundred thousand. */
const MOST_MAP_BYTES = 4_000_000

const FONT_FILE = /\.(?:ttf|otf|ttc|otc)$/i

/** Looks at the fonts in folders, in the order of their names; files that are no fonts are passed over. */
export function findInstalledFonts(folders: readonly string[]): readonly InstalledFont[] {
  const paths = folders.flatMap((folder) => listFiles(folder, 0)).slice(0, MOST_FILES)
  return [...new Set(paths)].flatMap(readFontsOf)
}

function listFiles(folder: string, depth: number): readonly string[] {
  if (depth > DEEPEST) return []
  let entries: Dirent[]
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return listFiles(path, depth + 1)
      return FONT_FILE.test(entry.name) ? [path] : []
    })
}

function readFontsOf(path: string): readonly InstalledFont[] {
  return (
    withFile(path, (read) =>
      readSfnt(read).flatMap((sfnt, index) => {
        const names = readFontNames(sfnt, read)
        const place = sfnt.tables.get('cmap')
        if (names === undefined || place === undefined) return []
        let known: CoversLetter | undefined
        const covers: CoversLetter = (codePoint) => {
          const length = Math.min(place.length, MOST_MAP_BYTES)
          const table = known ? undefined : withFile(path, (again) => again(place.offset, length))
          known ??= readCharacterMap(table ?? Buffer.alloc(0))
          return known(codePoint)
        }
        return [{ ...names, path, index, covers }]
      }),
    ) ?? []
  )
}

/** Reads of a file that may be gone, or no font at all. */
function withFile<T>(path: string, use: (read: ReadBytes) => T): T | undefined {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const opened = file
    return use((offset, length) => {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(opened, bytes, 0, length, offset))
    })
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
