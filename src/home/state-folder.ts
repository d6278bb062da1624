import { existsSync } from 'node:fs'
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
} from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Part } from '../base/part.ts'
import { takeLock } from './file-lock.ts'
import { fileTrouble } from './file-trouble.ts'
import { changeFolder, DRAFT, writePrivateFile } from './private-file.ts'
import { removeTree } from './remove-tree.ts'

/** Held by the service that has the folder, as long as it lives. */
const LOCK = 'service.lock'

/** For how long somebody may hold the lock who only looks, in milliseconds. */
const LONGEST_LOOK_MS = 100

/** Which process that is, and since when; for those who come too late. */
const HOLDER = 'service.pid'

/** Where a backup is unpacked; what is there belongs to a state folder that is not whole. */
export const RESTORING = 'restoring'

/** What an empty state folder may have in it, or an empty disk. */
const OF_EMPTY = [LOCK, `${LOCK}-journal`, 'lost+found']

/** The bits of a mode that let others than the owner in. */
const OTHERS = 0o077

/**
 * Takes the state folder for this service alone, making it if need be, before anything else is read or written there; and
 * closes it to the other users of the machine, with all that is in it.
 *
 * @param options.passing - what in it is about to be deleted, and so is nobody's concern
 * @returns a part that gives it back when it closes
 * @throws {Error} one sentence: it cannot be made or written to, another service has it, it or something in it is somebody else's, or leads elsewhere
 */
export async function openStateFolder(
  home: string,
  options: { passing?: readonly string[]; now: () => number },
): Promise<Required<Pick<Part, 'close'>>> {
  const { passing = [], now } = options
  await mkdir(home, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw fileTrouble(`The state folder ${home}`, error)
  })
  for (const { uid } of [await lstat(home), await stat(home)]) refuseForeign(home, uid)
  const letGo = await takeOrWait(path.join(home, LOCK))
  if (letGo === undefined) throw await takenBy(home)
  try {
    if (existsSync(path.join(home, RESTORING))) throw unfinished(home)
    const { mode } = await stat(home)
    const isOpen = (mode & OTHERS) !== 0
    const entries = (await readdir(home)).filter((name) => !passing.includes(name))
    await closeEntries(home, entries, { home: await realpath(home), isDeep: isOpen })
    // In the end, so that what is refused before is looked for again.
    if (isOpen) await chmod(home, mode & 0o777 & ~OTHERS)
    // What a killed process had not finished has passwords in it as well.
    await changeFolder(home, async () => {
      const drafts = entries.filter((name) => DRAFT.test(name))
      await Promise.all(drafts.map((name) => rm(path.join(home, name), { force: true })))
    })
    const since = new Date(now()).toISOString()
    await writePrivateFile(path.join(home, HOLDER), `${process.pid} ${since}\n`)
  } catch (error) {
    letGo()
    throw error
  }
  return { close: letGo }
}

/** Takes a lock, also when somebody has it who only looks whether it is free. */
async function takeOrWait(lock: string): Promise<(() => void) | undefined> {
  const letGo = takeLock(lock)
  if (letGo !== undefined) return letGo
  await sleep(LONGEST_LOOK_MS)
  return takeLock(lock)
}

/**
 * Takes the state folder from services, of which there is none now.
 *
 * @returns what gives it back; undefined when a service has it
 */
export function holdStateFolder(home: string): (() => void) | undefined {
  return takeLock(path.join(home, LOCK))
}

/** Whether a service has the state folder, and so lives: the lock ends with it. */
export function isTaken(home: string): boolean {
  if (!existsSync(path.join(home, LOCK))) return false
  const letGo = holdStateFolder(home)
  letGo?.()
  return letGo === undefined
}

/** Tells which service has the state folder, or has had it last, in a few words; an empty text when nobody knows. */
export async function describeHolder(home: string): Promise<string> {
  const text = await readFile(path.join(home, HOLDER), 'utf8').catch(() => '')
  const [, pid, since] = /^(\d+) (\S+)/.exec(text) ?? []
  return pid === undefined ? '' : `process ${pid}, since ${since}`
}

/**
 * Takes a state folder that is to be made of a backup, making the folder if need be; what a restore that was killed has left of an
 * unpacked backup is removed.
 *
 * @returns what gives it back
 * @throws {Error} one sentence when it is not empty, or somebody else has it
 */
export async function takeEmptyStateFolder(home: string): Promise<() => void> {
  await mkdir(home, { recursive: true, mode: 0o700 })
  refuseForeign(home, (await stat(home)).uid)
  const before = await readdir(home)
  if (before.some((name) => ![...OF_EMPTY, RESTORING].includes(name))) {
    if (before.includes(RESTORING)) throw unfinished(home)
    throw new Error(
      `${home} is not empty; a backup is restored into an empty folder, and DARKROOM_HOME says which.`,
    )
  }
  const letGo = takeLock(path.join(home, LOCK))
  if (letGo === undefined) throw await takenBy(home)
  try {
    await chmod(home, 0o700)
    if (before.includes(RESTORING)) await removeTree(path.join(home, RESTORING))
  } catch (error) {
    letGo()
    throw error
  }
  return letGo
}

function unfinished(home: string): Error {
  return new Error(
    `${home} has a backup in it that was not restored to its end; delete what is in it, and restore the backup once more.`,
  )
}

async function takenBy(home: string): Promise<Error> {
  const holder = await describeHolder(home)
  return new Error(
    `Another service${holder === '' ? '' : ` (${holder})`} has the state folder ${home}; DARKROOM_HOME sets another one.`,
  )
}

/** @param options.isDeep - whether to go into folders, which is not needed where nobody could get into the outermost one */
async function closeEntries(
  folder: string,
  names: readonly string[],
  options: { home: string; isDeep: boolean },
): Promise<void> {
  for (const name of names) {
    const file = path.join(folder, name)
    const found = await lstat(file).catch(() => undefined)
    // A command may have finished with its draft meanwhile.
    if (found === undefined) continue
    refuseForeign(file, found.uid)
    if (found.isSymbolicLink()) await refuseLeadingOut(file, options.home)
    else {
      if ((found.mode & OTHERS) !== 0) await chmod(file, found.mode & 0o777 & ~OTHERS)
      if (found.isDirectory() && options.isDeep) {
        await closeEntries(file, await readdir(file), options)
      }
    }
  }
}

function refuseForeign(file: string, uid: number): void {
  const own = process.getuid?.()
  if (own === undefined || uid === own) return
  throw new Error(
    `${file} belongs to another user (${uid}), who could read and change it; it must belong to the one who starts the service (${own}).`,
  )
}

async function refuseLeadingOut(link: string, home: string): Promise<void> {
  // What is not there may be made by whoever writes to it.
  const target = await realpath(link).catch(async () =>
    path.resolve(await realpath(path.dirname(link)), await readlink(link)),
  )
  if (target.startsWith(home + path.sep)) return
  throw new Error(
    `${link} is a symbolic link that leads out of the state folder; what it leads to must be moved here.`,
  )
}
