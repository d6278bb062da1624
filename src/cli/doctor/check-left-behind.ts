import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { DRAFT } from '../../home/private-file.ts'
import { asideOf } from '../../home/set-aside.ts'
import { RESTORING } from '../../home/state-folder.ts'
import { listAbandonedFolders, sweepTemporaryFolders } from '../../home/temporary-folder.ts'
import { count, type Finding, inUnits, remark, wrong } from './finding.ts'

/** What was moved out of these is somebody's only copy, perhaps. */
const SET_ASIDE_OF = ['objects/parts', 'scene7/originals', 'deployed/code']

/** What is being written now is younger, in milliseconds. */
const YOUNG_MS = 60_000

/**
 * Looks for what processes that were killed have left, and for what was set aside.
 *
 * @param options.temporary - the system's folder for what does not last
 */
export async function* checkLeftBehind(
  home: string,
  { now, isRunning, temporary }: { now: number; isRunning: boolean; temporary: string },
): AsyncGenerator<Finding> {
  if (existsSync(path.join(home, RESTORING))) {
    yield wrong(
      `${home} has a backup in it that was not restored to its end; all that is in it should be deleted, and the backup restored once more.`,
    )
  }
  for (const parent of new Set([home, temporary])) {
    const folders = await listAbandonedFolders(parent)
    if (folders.length === 0) continue
    yield remark(
      `${count(folders.length, 'folder')} of commands that were killed ${folders.length === 1 ? 'is' : 'are'} left, such as ${folders[0]}; the next start removes them.`,
      {
        action: `Remove ${count(folders.length, 'folder')} of commands that were killed`,
        isAlone: false,
        run: () => sweepTemporaryFolders(parent),
      },
    )
  }
  const left = await findLeft(home, { now, isRunning })
  if (left.length > 0) {
    yield remark(
      `${count(left.length, 'file')} that ${left.length === 1 ? 'was' : 'were'} not written to ${left.length === 1 ? 'its' : 'their'} end ${left.length === 1 ? 'is' : 'are'} left, such as ${left[0]}; the next start removes them.`,
      {
        action: `Remove ${count(left.length, 'file')} without an end`,
        isAlone: true,
        run: async () => void (await Promise.all(left.map((file) => rm(file, { force: true })))),
      },
    )
  }
  for (const folder of SET_ASIDE_OF.map((each) => asideOf(path.join(home, each)))) {
    if (!existsSync(folder)) continue
    const { files, bytes } = await measure(folder)
    if (files === 0) continue
    yield remark(
      `${folder} has ${count(files, 'file')} (${inUnits(bytes)}) that nothing named when a service was started; it may be deleted when nobody misses them.`,
    )
  }
}

async function findLeft(
  home: string,
  { now, isRunning }: { now: number; isRunning: boolean },
): Promise<string[]> {
  const drafts = await filesIn(home, DRAFT)
  const old: string[] = []
  for (const file of drafts) {
    const found = await stat(file).catch(() => undefined)
    if (found !== undefined && now - found.mtimeMs > YOUNG_MS) old.push(file)
  }
  if (isRunning) return old
  for (const folder of ['objects/parts', 'scene7/originals']) {
    old.push(...(await filesIn(path.join(home, folder), /\.unfinished$/)))
  }
  return old
}

async function filesIn(folder: string, called: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => [])
  return names.filter((name) => called.test(name)).map((name) => path.join(folder, name))
}

async function measure(folder: string): Promise<{ files: number; bytes: number }> {
  const sums = { files: 0, bytes: 0 }
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await stat(path.join(folder, name)).catch(() => undefined)
    if (found?.isFile() !== true) continue
    sums.files += 1
    sums.bytes += found.size
  }
  return sums
}
