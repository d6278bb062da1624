import { rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import type { ReadableArchive } from './archive-entry.ts'
import { hasHiddenNames } from './hidden-names.ts'
import { cleanPath } from './paths.ts'
import { type ListedEntry, readListing } from './seven-zip-listing.ts'
import type { SevenZipOutcome, SevenZipPiece } from './seven-zip-task.ts'
import type { RunSevenZip } from './seven-zip.ts'
import { requireFew, requireHonest } from './unpack-limits.ts'
import { readOldNames } from './zip-names.ts'

/** What it is, as 7-Zip calls it: nothing else is tried. */
type SevenZipType = 'zip' | '7z' | 'rar' | 'rar5'

/** No progress, no wildcards in names, and UTF-8 everywhere. */
const SILENT = ['-bd', '-spd', '-sccUTF-8', '-scsUTF-8'] as const

/** An archive that 7-Zip reads. */
export interface SevenZipSource {
  readonly path: string
  readonly type: SevenZipType
  readonly title: string
  readonly password: string | undefined
}

/**
 * Reads an archive with 7-Zip. Nothing is unpacked into a folder: the program writes all files behind one another, and
 * they are told apart by their sizes, so that no name and no link of a stranger ever reaches the disk.
 */
export function sevenZipArchive(source: SevenZipSource, run: RunSevenZip): ReadableArchive {
  const { path, type, title, password } = source

  async function call(
    [command, ...more]: readonly [string, ...string[]],
    options: { readonly names?: readonly string[]; readonly pieces?: readonly SevenZipPiece[] },
    signal: AbortSignal,
  ): Promise<SevenZipOutcome> {
    const task = {
      args: [
        command,
        ...more,
        ...SILENT,
        `-t${type}`,
        `-p${password ?? ''}`,
        `/source/${basename(path)}`,
      ],
      folders: { '/source': dirname(path) },
      at: '/source',
      ...options,
    }
    const outcome = await run(task, signal)
    if (outcome.exitCode > 1 && outcome.pieces !== 'exceeded') throw explain(outcome, source)
    return outcome
  }

  async function extract(
    listed: readonly ListedEntry[],
    options: { readonly targets: ReadonlyMap<number, string>; readonly byName: boolean },
    signal: AbortSignal,
  ): Promise<boolean> {
    const { targets, byName } = options
    const names = new Set(listed.flatMap(({ number, name }) => (targets.has(number) ? name : [])))
    const written = listed.filter(
      ({ kind, name }) => kind !== 'folder' && (!byName || names.has(name)),
    )
    const pieces = written.map(({ number, size, kind }) => ({
      path: kind === 'file' ? targets.get(number) : undefined,
      bytes: size,
    }))
    const only = byName ? ['-i@/names'] : []
    const asked = { names: [...names], pieces }
    const { pieces: came, exitCode } = await call(['x', '-so', ...only], asked, signal)
    return came === 'whole' && exitCode <= 1
  }

  return {
    async read(targets, signal) {
      const { lines } = await call(['l', '-slt'], {}, signal)
      const listed = await namedWell(readListing(lines), source)
      requireFew(listed.length)
      const bytes = listed.reduce((sum, { size }) => sum + size, 0)
      requireHonest(bytes, (await stat(path)).size)
      const wanted = listed.filter(({ number, kind }) => kind === 'file' && targets.has(number))
      if (wanted.length === 0) return listed
      if (await extract(listed, { targets, byName: true }, signal)) return listed
      // A name that 7-Zip does not show as it is cannot be asked for; then everything is read.
      await Promise.all(Array.from(targets.values(), (each) => rm(each, { force: true })))
      if (await extract(listed, { targets, byName: false }, signal)) return listed
      throw corruptSource(title)
    },
  }
}

/** Entries whose paths are those that whoever made the archive gave them. */
async function namedWell(
  listed: readonly ListedEntry[],
  { path, type }: SevenZipSource,
): Promise<readonly ListedEntry[]> {
  const names = type === 'zip' ? await readOldNames(path) : []
  if (names.length !== listed.length) return listed
  return listed.map((entry, index) => {
    const name = names[index]
    return name === undefined ? entry : { ...entry, path: cleanPath(name) }
  })
}

function explain({ errors, lines }: SevenZipOutcome, source: SevenZipSource): OperationError {
  const { title, password, type, path } = source
  const said = [...errors, ...lines].join('\n')
  if (/password|encrypted/i.test(said) || (type === '7z' && hasHiddenNames(path))) {
    const problem = password === undefined ? 'missing' : 'wrong'
    return new OperationError('source_encrypted', { title, password: problem })
  }
  if (/unsupported method/i.test(said)) {
    const feature = 'files that are compressed in a way which is not known here'
    return new OperationError('source_feature_unsupported', { feature })
  }
  if (/missing volume/i.test(said)) {
    const feature = 'further volumes, and it is only one of them'
    return new OperationError('source_feature_unsupported', { feature })
  }
  return corruptSource(title, { cause: new Error(said.slice(0, 1000)) })
}
