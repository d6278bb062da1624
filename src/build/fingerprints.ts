import { createHash } from 'node:crypto'
import { type Dirent, lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import path from 'node:path'

/** What is told of a file or folder that does not exist. */
const MISSING = ''

/**
 * Makes a function that tells, of a file or a folder, a short text which is another one when that has changed: of a file its content,
 * of a folder the names in it that say what modules import. What several actions are made of is read once; synchronously, since there are
 * thousands of small files in the memory of the system, and waiting for each in turn takes several times as long.
 */
export function createFingerprints(): (file: string) => string {
  const known = new Map<string, string>()
  return (file) => {
    const found = known.get(file) ?? takeFingerprint(file)
    known.set(file, found)
    return found
  }
}

function takeFingerprint(file: string): string {
  try {
    const isFolder = statSync(file).isDirectory()
    return hash(isFolder ? listNames(file) : readFileSync(file))
  } catch (error) {
    if (isGone(error)) return MISSING
    throw error
  }
}

const GONE = new Set(['ENOENT', 'ENOTDIR'])

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && GONE.has(String(error.code))
}

/**
 * Of a folder of packages or in one, all names, and of links where they lead. Elsewhere folders make no difference to what files
 * import, but for packages; and builds make some.
 */
function listNames(folder: string): string {
  const names = listEntries(folder).map((entry) => nameOf(folder, entry))
  return JSON.stringify(names.toSorted())
}

function listEntries(folder: string): Dirent[] {
  const isOfPackages = `${folder}${path.sep}`.includes(`${path.sep}node_modules${path.sep}`)
  return readdirSync(folder, { withFileTypes: true }).filter(
    (entry) =>
      !entry.name.startsWith('.') &&
      (isOfPackages || !entry.isDirectory() || entry.name === 'node_modules'),
  )
}

function nameOf(folder: string, entry: Dirent): string {
  if (!entry.isSymbolicLink()) return entry.name
  return `${entry.name} -> ${readlinkSync(path.join(folder, entry.name))}`
}

/** The fingerprint of a content. */
export function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url')
}

/** The fingerprint of the contents of all files in a folder. */
export function hashFolder(folder: string): string {
  return describeFiles(folder, (file) => hash(readFileSync(file)))
}

/**
 * A short text that is another one when a file in a folder was changed, without reading them: what has been made may be large.
 *
 * @returns empty when there is no such folder, or somebody else replaces it at this moment
 */
export function stampFolder(folder: string): string {
  try {
    return describeFiles(folder, stampFile)
  } catch (error) {
    if (isGone(error)) return MISSING
    throw error
  }
}

/** The same of a file; empty when there is none. */
export function stampFile(file: string): string {
  const about = statSync(file, { throwIfNoEntry: false })
  return about === undefined ? MISSING : `${about.size} ${about.mtimeMs} ${about.ctimeMs}`
}

function describeFiles(folder: string, describe: (file: string) => string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted()
  const lines: string[] = []
  for (const file of files) {
    const name = path.relative(folder, file).replaceAll(path.sep, '/')
    lines.push(`${describe(file)} ${name}`)
  }
  return hash(lines.join('\n'))
}

/** A system may write the time of a change down by that much too early, in milliseconds. */
const COARSE_CLOCK_MS = 20

/**
 * Whether nothing of this was changed since a moment: what was saved while something was made of it may be in there as it was before,
 * or as it is now.
 *
 * @param moment - in milliseconds since 1970
 */
export function isOlder(files: readonly string[], moment: number): boolean {
  const checked = new Set<string>()
  for (const file of files) {
    const about = statSync(file, { throwIfNoEntry: false })
    if (about === undefined) continue
    if (about.isDirectory()) {
      // Its own time is also that of what makes no difference.
      for (const { name, parentPath } of listEntries(file)) {
        checked.add(path.join(parentPath, name))
      }
    } else {
      checked.add(file)
    }
  }
  for (const file of checked) {
    const about = lstatSync(file, { throwIfNoEntry: false })
    if (about?.isDirectory() === true) continue
    const changed = about === undefined ? moment : Math.max(about.mtimeMs, about.ctimeMs)
    if (changed > moment - COARSE_CLOCK_MS) return false
  }
  return true
}
