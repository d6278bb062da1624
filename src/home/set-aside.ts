import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import path from 'node:path'
import type { Log } from '../base/log.ts'
import { syncFolder } from './private-file.ts'

/** Where {@link setAside} moves what is in a folder. */
export function asideOf(folder: string): string {
  return `${folder}-set-aside`
}

/**
 * Moves files or folders out of a folder that nothing knows of, and says so in the log. What says what there is may have been
 * lost, or be older than they are: then they are somebody's only copy, and not ours to delete.
 *
 * @param options.what - why nobody knows of them, as in "belongs to no object"
 */
export async function setAside(
  folder: string,
  names: readonly string[],
  { what, log }: { what: string; log: Pick<Log, 'warn'> },
): Promise<void> {
  if (names.length === 0) return
  const aside = asideOf(folder)
  await mkdir(aside, { recursive: true, mode: 0o700 })
  for (const name of names) await rename(path.join(folder, name), freePath(aside, name))
  await syncFolder(aside)
  await syncFolder(folder)
  log.warn(
    `What ${what} in ${folder} (${names.length}) was moved to ${aside}, where it may be deleted when nobody misses it.`,
  )
}

function freePath(folder: string, name: string): string {
  let file = path.join(folder, name)
  for (let number = 2; existsSync(file); number += 1) file = path.join(folder, `${name}.${number}`)
  return file
}
