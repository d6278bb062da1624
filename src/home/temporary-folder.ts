import { existsSync, mkdtempSync, type Stats } from 'node:fs'
import { lstat, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makerOf } from '../base/passing-folder.ts'
import { takeLock } from './file-lock.ts'
import { removeTree } from './remove-tree.ts'

/** How the folders are called that one process has for itself. */
export const PREFIX = 'darkroom-own-'

/** Held by the process that has made a folder, as long as it lives. */
const LOCK = 'process.lock'

/** What is younger may be just being made, in milliseconds. */
const YOUNG_MS = 60_000

/** A folder that is there for one process. */
export interface TemporaryFolder {
  readonly path: string
  /** Removes it with all that is in it. */
  readonly remove: () => Promise<void>
}

/**
 * Makes a folder that nobody else may look into. If this process is killed, {@link sweepTemporaryFolders} removes it.
 *
 * @param parent - what it is in; the system's folder for such unless given
 */
export function makeTemporaryFolder(parent = tmpdir()): TemporaryFolder {
  const folder = mkdtempSync(path.join(parent, PREFIX))
  const letGo = takeLock(path.join(folder, LOCK))
  return {
    path: folder,
    async remove() {
      await rm(folder, { recursive: true, force: true })
      letGo?.()
    },
  }
}

/** What has not changed for so long belongs to no process that still works, be it one of another container; in milliseconds. */
const PASSED_MS = 60 * 60_000

/**
 * Removes what processes that were killed have left: the state of a service of their own, with its credentials, a backup that was
 * under way, and what was there for some work of theirs, such as the profile of a browser.
 */
export async function sweepTemporaryFolders(parent = tmpdir()): Promise<void> {
  await visitAbandoned(parent, removeTree)
}

/** Lists what {@link sweepTemporaryFolders} would remove. */
export async function listAbandonedFolders(parent = tmpdir()): Promise<string[]> {
  const folders: string[] = []
  await visitAbandoned(parent, async (folder) => void folders.push(folder))
  return folders
}

async function visitAbandoned(
  parent: string,
  visit: (folder: string) => Promise<void>,
): Promise<void> {
  const names = await readdir(parent)
  for (const name of names) {
    const folder = path.join(parent, name)
    const maker = makerOf(name)
    try {
      if (name.startsWith(PREFIX)) await ifAbandoned(folder, () => visit(folder))
      else if (maker !== undefined && !isAlive(maker)) await ifPassed(folder, () => visit(folder))
    } catch {
      // It goes meanwhile, or cannot be removed by us; the next start tries again.
    }
  }
}

async function ifAbandoned(folder: string, work: () => Promise<void>): Promise<void> {
  const found = await lstat(folder)
  if (!found.isDirectory() || !isOurs(found)) return
  const lock = path.join(folder, LOCK)
  // Without a lock it has just been made, or was left in that very moment.
  if (!existsSync(lock) && Date.now() - found.mtimeMs < YOUNG_MS) return
  const letGo = takeLock(lock)
  if (letGo === undefined) return
  try {
    await work()
  } finally {
    letGo()
  }
}

async function ifPassed(folder: string, work: () => Promise<void>): Promise<void> {
  const found = await lstat(folder)
  if (!found.isDirectory() || !isOurs(found)) return
  if (Date.now() - found.mtimeMs >= PASSED_MS) await work()
}

/** Windows has no such users, and a temporary folder for each of its own. */
function isOurs({ uid }: Stats): boolean {
  const own = process.getuid?.()
  return own === undefined || uid === own
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
