import { globSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../arguments.ts'

/** A file that becomes an asset. */
export interface FileToAdd {
  readonly file: string
  /** In which folder of the company, without slashes at its ends. */
  readonly folder: string
}

/**
 * Finds the files that become assets.
 *
 * @throws {UsageError} as {@link findFiles} does, and when two files would be the same asset
 */
export function findFilesToAdd(subjects: readonly string[], folder: string): readonly FileToAdd[] {
  const files = findFiles(subjects, folder)
  checkNames(files)
  return files
}

/**
 * Finds the files that somebody means by files, folders and patterns, each once.
 *
 * @param folder - where they go; what is below a folder that was given goes below it
 * @throws {UsageError} when one of them means no file
 */
export function findFiles(subjects: readonly string[], folder: string): readonly FileToAdd[] {
  const found = new Map<string, FileToAdd>()
  for (const subject of subjects) {
    for (const each of filesOf(subject, folder)) found.set(path.resolve(each.file), each)
  }
  return [...found.values()]
}

function filesOf(subject: string, folder: string): readonly FileToAdd[] {
  const kind = kindOf(subject)
  if (kind === 'file') return [{ file: subject, folder }]
  if (kind === 'folder') {
    const within = filesIn(subject, folder)
    if (within.length > 0) return within
    throw new UsageError(`${subject}: there is no file in this folder.`)
  }
  const matches = globSync(subject)
    .filter((each) => !isHidden(each) && kindOf(each) === 'file')
    .toSorted()
  if (matches.length > 0) return matches.map((file) => ({ file, folder }))
  throw new UsageError(`${subject}: there is no such file.`)
}

function filesIn(directory: string, folder: string): readonly FileToAdd[] {
  const entries = readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const each = path.join(directory, entry.name)
    if (entry.isFile()) return [{ file: each, folder }]
    // Links of folders may lead around in a circle.
    return entry.isDirectory() ? filesIn(each, path.posix.join(folder, entry.name)) : []
  })
}

function kindOf(name: string): 'file' | 'folder' | undefined {
  const stats = statSync(name, { throwIfNoEntry: false })
  if (stats?.isDirectory()) return 'folder'
  return stats?.isFile() ? 'file' : undefined
}

function isHidden(file: string): boolean {
  return file.split(path.sep).some((segment) => /^\.[^.]/.test(segment))
}

/** The second would replace the first without a word. */
function checkNames(files: readonly FileToAdd[]): void {
  const known = new Map<string, string>()
  for (const { file } of files) {
    const { name } = path.parse(file)
    const other = known.get(name)
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${file} would both be the asset ${name}, as names of assets have no extension and no folder.`,
      )
    }
    known.set(name, file)
  }
}
