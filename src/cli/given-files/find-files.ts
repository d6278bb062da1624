import { globSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../arguments.ts'

/** A file that a command is to do something with. */
export interface GivenFile {
  /** Where it is. */
  readonly file: string
  /** What whoever has given it calls it: where it is, or {@link STANDARD_INPUT}. */
  readonly title: string
  /** Which folder it is in of the one that was given, with slashes between their names; empty for any other file. */
  readonly within: string
}

/** What the call names in place of a file that comes from the standard input. */
export const STANDARD_INPUT = '-'

/** Which files of a folder are meant, where not all are. */
export interface Meant {
  readonly isMeant: (name: string) => boolean
  /** What they are, as in "there is no … in this folder". */
  readonly what: string
}

/** What somebody means by files, folders and patterns. */
export interface FoundFiles {
  readonly files: readonly GivenFile[]
  /** How many files of folders are not meant. */
  readonly leftOut: number
}

const ALL: Meant = { isMeant: () => true, what: 'file' }

/**
 * Finds the files that somebody means by files, folders and patterns, each once and in their order; a folder means those in it and
 * in the folders below it that are not hidden. A pattern means what it would if the shell had put files in its place.
 *
 * @param options.meant - which files of folders and patterns are meant; those that are named are, whatever they are
 * @param options.except - a folder of which nothing is meant unless it is given itself, since the command writes there
 * @throws {UsageError} when one of them means no file
 */
export function findFiles(
  subjects: readonly string[],
  { meant = ALL, except }: { meant?: Meant; except?: string } = {},
): FoundFiles {
  const found = new Map<string, GivenFile>()
  const leftOut = new Set<string>()
  for (const subject of subjects) {
    const isWithin = except === undefined || isBelow(subject, except)
    const files = filesOf(subject).filter(({ file }) => isWithin || !isBelow(file, except))
    const isNamed = files.length === 1 && files[0]?.file === subject
    const taken = files.filter(({ file }) => isNamed || meant.isMeant(path.basename(file)))
    if (taken.length === 0) throw new UsageError(tellNone(subject, files, meant))
    for (const each of taken) found.set(path.resolve(each.file), each)
    for (const each of files) if (!taken.includes(each)) leftOut.add(path.resolve(each.file))
  }
  return { files: [...found.values()], leftOut: leftOut.size }
}

/**
 * Says how many files of folders are left out.
 *
 * @returns none when there are none, so that it can be spread
 */
export function tellLeftOut(count: number, { what }: Meant): string[] {
  if (count === 0) return []
  return [`${count === 1 ? '1 file is' : `${count} files are`} left out, by name no ${what}.`]
}

function tellNone(subject: string, files: readonly GivenFile[], { what }: Meant): string {
  if (kindOf(subject) === 'folder') return `${subject}: there is no ${what} in this folder.`
  return files.length === 0
    ? `${subject}: there is no such file.`
    : `${subject}: there is no ${what} among these files.`
}

function isBelow(file: string, folder: string): boolean {
  return `${path.resolve(file)}${path.sep}`.startsWith(`${path.resolve(folder)}${path.sep}`)
}

function filesOf(subject: string): readonly GivenFile[] {
  if (subject === STANDARD_INPUT) return [{ file: subject, title: subject, within: '' }]
  const kind = kindOf(subject)
  if (kind === 'file') return [toGiven(subject)]
  if (kind === 'folder') return filesIn(subject)
  return globSync(subject)
    .filter((each) => !isHidden(each) && kindOf(each) === 'file')
    .toSorted()
    .map((file) => toGiven(file))
}

function filesIn(directory: string, within = ''): readonly GivenFile[] {
  const entries = readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const each = path.join(directory, entry.name)
    if (entry.isDirectory()) return filesIn(each, path.posix.join(within, entry.name))
    // Links of folders may lead around in a circle.
    return kindOf(each) === 'file' ? [toGiven(each, within)] : []
  })
}

function toGiven(file: string, within = ''): GivenFile {
  return { file, title: file, within }
}

function kindOf(name: string): 'file' | 'folder' | undefined {
  const stats = statSync(name, { throwIfNoEntry: false })
  if (stats?.isDirectory()) return 'folder'
  return stats?.isFile() ? 'file' : undefined
}

function isHidden(file: string): boolean {
  return file.split(path.sep).some((segment) => /^\.[^.]/.test(segment))
}
