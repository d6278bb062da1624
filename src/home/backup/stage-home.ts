import { existsSync, lstatSync } from 'node:fs'
import { opendir } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod/mini'
import type { HomeFiles, NamedFiles } from '../home-files.ts'
import { removeTree } from '../remove-tree.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { linkFile, linkTree } from './link-tree.ts'
import { takeSnapshots } from './snapshots.ts'

/** How often a moment is looked for in which no file vanishes that the databases name; the first is one nearly always. */
const MOST_MOMENTS = 10

/** A state folder as it was at one moment. */
export interface StagedHome {
  /** Where the files are, by the paths that they have in the state folder; nobody writes to them. */
  readonly folder: string
  /** What of it belongs to the state: folders before what is in them; paths relative to it, with slashes. */
  readonly names: () => AsyncIterable<string>
  /** Files that were missing in the state folder itself: paths relative to it. */
  readonly lost: readonly string[]
  /** Removes it. */
  readonly remove: () => Promise<void>
}

const rowSchema = z.object({ name: z.string() })

/**
 * Has the state folder as it is at one moment, below itself, while a service may go on to write there. Each file that the
 * databases name is there: files are written once, and get a second name before the databases are looked at, and again what is new
 * afterwards. Only the databases take space. If this process is killed, the next start of a service removes what is left.
 *
 * @throws {Error} one sentence
 */
export async function stageHome(
  home: string,
  files: HomeFiles,
  signal: AbortSignal,
): Promise<StagedHome> {
  const temporary = makeTemporaryFolder(home)
  const folder = path.join(temporary.path, 'home')
  const databases = files.databases.filter((name) => existsSync(path.join(home, name)))
  const apart = new Set([
    path.basename(temporary.path),
    ...files.databases.flatMap((name) => [name, `${name}-wal`, `${name}-shm`]),
  ])
  const skips = (name: string): boolean => apart.has(name) || files.isPassing(name)
  const isNamed = (name: string): boolean => files.named.some((each) => each.folder === name)
  try {
    const lost = await findMoment()
    const names = (): AsyncIterable<string> => listNames(folder, files)
    return { folder, names, lost, remove }
  } catch (error) {
    await remove()
    throw error
  }

  async function remove(): Promise<void> {
    if (existsSync(folder)) await removeTree(folder)
    await temporary.remove()
  }

  async function findMoment(): Promise<string[]> {
    let lost: ReadonlySet<string> = new Set()
    for (let moment = 1; moment <= MOST_MOMENTS; moment += 1) {
      await linkTree(home, folder, { skips, signal })
      const snapshots = takeSnapshots(home, databases)
      try {
        const missing = files.named.flatMap((each) =>
          linkNamed(home, folder, each, snapshots.rows(each.database, each.query)),
        )
        // What neither of two moments has is not there at all.
        if (missing.every((name) => lost.has(name))) {
          await linkTree(home, folder, { skips: (name) => skips(name) || isNamed(name), signal })
          await snapshots.copyTo(folder, signal)
          return missing
        }
        lost = new Set(missing)
      } finally {
        snapshots.close()
      }
    }
    throw new Error(
      `Files of ${home} vanished each time that it was looked at; npm run doctor tells what is wrong with it.`,
    )
  }
}

/** Gives the files that rows name, and that have none yet, a second name; returns those that are not there. */
function linkNamed(
  home: string,
  folder: string,
  { folder: within }: NamedFiles,
  rows: Iterable<unknown>,
): string[] {
  const missing: string[] = []
  for (const row of rows) {
    const name = path.posix.join(within, rowSchema.parse(row).name)
    const staged = path.join(folder, name)
    const isThere = lstatSync(staged, { throwIfNoEntry: false }) !== undefined
    if (!isThere && !linkFile(path.join(home, name), staged)) missing.push(name)
  }
  return missing
}

async function* listNames(
  folder: string,
  { databases, named }: Pick<HomeFiles, 'databases' | 'named'>,
): AsyncGenerator<string> {
  // SQLite has files beside those that were looked into.
  const beside = new Set(databases.flatMap((name) => [`${name}-wal`, `${name}-shm`]))
  yield* walk('')

  async function* walk(within: string): AsyncGenerator<string> {
    for await (const entry of await opendir(path.join(folder, within))) {
      const name = path.posix.join(within, entry.name)
      if (beside.has(name)) continue
      yield name
      const own = named.find((each) => each.folder === name)
      if (own !== undefined) yield* listNamed(folder, own)
      else if (entry.isDirectory()) yield* walk(name)
    }
  }
}

/** What is in such a folder and has no row was removed before the moment, or is still being written. */
function* listNamed(folder: string, { database, folder: within, query }: NamedFiles) {
  const file = path.join(folder, database)
  if (!existsSync(file)) return
  const connection = new DatabaseSync(file, { readOnly: true })
  try {
    for (const row of connection.prepare(query).iterate()) {
      const name = path.posix.join(within, rowSchema.parse(row).name)
      if (existsSync(path.join(folder, name))) yield name
    }
  } finally {
    connection.close()
  }
}
