import { mkdtempSync } from 'node:fs'
import { lstat, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makerOf } from '../base/passing-folder.ts'
import { takeLock } from './file-lock.ts'

/** How the folders are called that one process has for itself, below the system's folder for such. */
const PREFIX = 'darkroom-own-'

/** Held by the process that has made a folder, as long as it lives. */
const LOCK = 'process.lock'

/** A folder that is there for one process. */
export interface TemporaryFolder {
  readonly path: string
  /** Removes it with all that is in it. */
  readonly remove: () => Promise<void>
}

/** Makes a folder that nobody else may look into. If this process is killed, {@link sweepTemporaryFolders} removes it. */
export function makeTemporaryFolder(): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), PREFIX))
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
 * Removes what processes that were killed have left: the state of a service of their own, with its credentials, and what was there
 * for some work of theirs, such as the profile of a browser.
 */
export async function sweepTemporaryFolders(): Promise<void> {
  const names = await readdir(tmpdir())
  for (const name of names) {
    const folder = path.join(tmpdir(), name)
    const maker = makerOf(name)
    try {
      if (name.startsWith(PREFIX)) await removeAbandoned(folder)
      else if (maker !== undefined && !isAlive(maker)) await removePassed(folder)
    } catch {
      // It goes meanwhile, or cannot be removed by us; the next start tries again.
    }
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  const found = await lstat(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.()) return
  const lock = path.join(folder, LOCK)
  // Without a lock it has just been made.
  await lstat(lock)
  const letGo = takeLock(lock)
  if (letGo === undefined) return
  try {
    await rm(folder, { recursive: true, force: true })
  } finally {
    letGo()
  }
}

async function removePassed(folder: string): Promise<void> {
  const found = await lstat(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.()) return
  if (Date.now() - found.mtimeMs < PASSED_MS) return
  await rm(folder, { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
