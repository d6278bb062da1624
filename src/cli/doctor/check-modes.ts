import type { Stats } from 'node:fs'
import { chmod, lstat, opendir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { count, type Finding, remark, sound, wrong } from './finding.ts'

/** The bits of a mode that let others than the owner in. */
const OTHERS = 0o077

/**
 * Looks whether nobody but its owner can get at a state folder, and nothing in it is somebody else's.
 *
 * @param own - the user who looks; null on Windows, which has neither such users nor modes
 */
export async function* checkModes(
  home: string,
  own = process.getuid?.() ?? null,
): AsyncGenerator<Finding> {
  if (own === null) {
    yield remark(
      `Who can get at the state folder ${home} is up to its permissions in Windows, which are not looked at; in the folder of a user it is theirs alone.`,
    )
    return
  }
  const open: string[] = []
  const foreign: string[] = []
  const leadingOut: string[] = []
  const root = await realpath(home)
  const isOpen = ((await lstat(root)).mode & OTHERS) !== 0
  for await (const { file, found } of walk(root)) {
    if (found.uid !== own) foreign.push(file)
    else if (found.isSymbolicLink()) {
      const target = await realpath(file).catch(() => root)
      if (target !== root && !target.startsWith(root + path.sep)) leadingOut.push(file)
    } else if ((found.mode & OTHERS) !== 0) open.push(file)
  }
  const [first = ''] = open
  if (open.length > 0) {
    const sentence = `Other users of the machine ${isOpen ? 'can get at' : 'are named in the modes of'} ${count(open.length, 'file')} in the state folder, such as ${first}; they should be for their owner alone (700 and 600).`
    const repair = {
      action: `Close ${count(open.length, 'file')} to other users`,
      isAlone: false,
      run: () => close(open),
    }
    // Nobody comes past a folder that is closed.
    yield isOpen ? wrong(sentence, repair) : remark(sentence, repair)
  }
  for (const file of foreign.slice(0, 1)) {
    yield wrong(
      `${file} belongs to another user, as ${count(foreign.length, 'file')} of the state folder; all of it should belong to who runs the service (chown -R).`,
    )
  }
  for (const file of leadingOut.slice(0, 1)) {
    yield wrong(
      `${file} is a link that leads out of the state folder (${count(leadingOut.length, 'link')}); what it leads to should be moved there.`,
    )
  }
  if (open.length + foreign.length + leadingOut.length === 0) {
    yield sound('Nobody but its owner can get at the state folder.')
  }
}

async function* walk(file: string): AsyncGenerator<{ file: string; found: Stats }> {
  const found = await lstat(file).catch(() => undefined)
  // A service that runs may have removed it.
  if (found === undefined) return
  yield { file, found }
  if (!found.isDirectory()) return
  const folder = await opendir(file).catch(() => undefined)
  if (folder === undefined) return
  for await (const { name } of folder) yield* walk(path.join(file, name))
}

async function close(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const found = await lstat(file).catch(() => undefined)
    if (found !== undefined) await chmod(file, found.mode & 0o777 & ~OTHERS)
  }
}
