import { lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { typeOfName } from '../../../sources/media-type.ts'
import { typeOfFile } from './asset-type.ts'

/** The names of the files below a folder. */
export interface FolderIndex {
  /**
   * The path of the file that has this name, relative to the folder: its path, or its name alone, each with or without the
   * extension. Of several the whole path goes before the name alone, a whole name before one without extension, a picture
   * before what is none, and else the first by the alphabet.
   */
  readonly find: (name: string) => string | undefined
  /** The shortest name by which a path is found. */
  readonly nameOf: (relative: string) => string
  /** All paths, sorted. */
  readonly all: () => readonly string[]
}

/** More take too long to be looked through whenever something changes. */
const MOST_ENTRIES = 100_000

/** What happens to a folder so shortly after it was read may leave its time as it is, in milliseconds. */
const COARSE_MS = 50

interface FolderNames {
  readonly files: readonly string[]
  readonly folders: readonly string[]
}

interface ReadFolder {
  readonly modified: number
  readonly readAt: number
  /** The very object of before where nothing has changed. */
  readonly names: FolderNames
}

/** Keeps the names of all files below a folder, and looks at each use whether a folder there has changed since. */
export function createFolderIndex(root: string): FolderIndex {
  let known = new Map<string, ReadFolder>()
  let paths: readonly string[] = []
  let byName: ReadonlyMap<string, string> = new Map()

  function refresh(): void {
    const current = new Map<string, ReadFolder>()
    let entries = 0
    const visit = (relative: string): void => {
      const read = readFolder(path.join(root, relative), known.get(relative))
      if (!read) return
      current.set(relative, read)
      entries += read.names.files.length + read.names.folders.length
      if (entries > MOST_ENTRIES) {
        throw new Error(`${root} cannot be mounted: it has more than ${MOST_ENTRIES} files.`)
      }
      for (const name of read.names.folders) visit(join(relative, name))
    }
    visit('')
    const isSame =
      current.size === known.size &&
      [...current].every(([relative, { names }]) => known.get(relative)?.names === names)
    known = current
    if (isSame) return
    paths = [...current]
      .flatMap(([relative, { names }]) => names.files.map((name) => join(relative, name)))
      .toSorted()
    byName = indexNames(paths)
  }

  return {
    find(name) {
      refresh()
      return byName.get(name.normalize('NFC'))
    },
    nameOf(relative) {
      const shortToLong = SPELLINGS.toReversed().map((spell) => spell(relative))
      return shortToLong.find((name) => byName.get(name.normalize('NFC')) === relative) ?? relative
    },
    all() {
      refresh()
      return paths
    },
  }
}

/** Reads a folder unless it is as it was; undefined when it is not there any more. */
function readFolder(folder: string, before: ReadFolder | undefined): ReadFolder | undefined {
  const stats = lstatSync(folder, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return undefined
  const modified = stats.mtimeMs
  if (before?.modified === modified && before.readAt - modified > COARSE_MS) return before
  const readAt = Date.now()
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith('.'),
  )
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const isSame =
    before !== undefined &&
    isEqual(files, before.names.files) &&
    isEqual(folders, before.names.folders)
  return { modified, readAt, names: isSame ? before.names : { files, folders } }
}

function isEqual(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, at) => name === right[at])
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** How a file is called, the surest first. */
const SPELLINGS: readonly ((relative: string) => string)[] = [
  (relative) => relative,
  withoutExtension,
  (relative) => path.posix.basename(relative),
  (relative) => withoutExtension(path.posix.basename(relative)),
]

function indexNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const picturesFirst = [...paths.filter(isPicture), ...paths.filter((each) => !isPicture(each))]
  const names = new Map<string, string>()
  const add = (name: string, relative: string): void => {
    const normal = name.normalize('NFC')
    if (!names.has(normal)) names.set(normal, relative)
  }
  for (const spell of SPELLINGS) {
    for (const relative of picturesFirst) add(spell(relative), relative)
  }
  return names
}

function isPicture(relative: string): boolean {
  return typeOfFile(typeOfName(relative)) === 'picture'
}

function withoutExtension(relative: string): string {
  const { dir, name } = path.posix.parse(relative)
  return join(dir, name)
}
