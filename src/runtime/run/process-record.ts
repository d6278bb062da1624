import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { endSession, membersOf } from '../../programs/process-session.ts'
import { startOf } from '../../programs/process-table.ts'
import { isMark } from './process-mark.ts'

/** The processes of actions that live, on the disk: so they can be ended by whoever comes after a service that was killed. */
export interface ProcessRecord {
  /**
   * Notes a process that was just started. What cannot be noted, as the disk is full, is left out.
   *
   * @returns to be called when it has ended; resolves when it is noted no longer
   */
  readonly note: (process: NotedProcess) => () => Promise<void>
  /**
   * Ends what is left of the processes that are noted, which nobody may use any more.
   *
   * @returns how many there were, as far as the system tells
   */
  readonly sweep: () => Promise<number>
}

/** What is to know of a process of an action. */
export interface NotedProcess {
  readonly pid: number
  readonly mark: string
}

/** Actions run as who runs the service does, and may have written here: nobody else's process is ended for that. */
const notedSchema = z.object({
  pid: z.int().check(z.minimum(2)),
  mark: z.string().check(z.refine(isMark)),
  started: z.string(),
})

/**
 * Opens the record in a folder, a small file a process. It need not survive a power cut, which no process does; and a number
 * that has become another process's since is told by when that was started.
 */
export async function openProcessRecord(folder: string): Promise<ProcessRecord> {
  await mkdir(folder, { recursive: true, mode: 0o700 })

  async function endNoted(name: string): Promise<number> {
    const file = path.join(folder, name)
    const text = await readFile(file, 'utf8').catch(() => '')
    const { data: noted } = z.safeParse(notedSchema, parseJson(text))
    let ended = 0
    if (noted !== undefined) {
      const { pid, mark, started } = noted
      const isSame = (await startOf(pid)) === started
      const session = { leader: isSame ? pid : undefined, variable: mark }
      ended = Math.max(membersOf(session).length, isSame ? 1 : 0)
      endSession(session)
    }
    await rm(file, { recursive: true, force: true })
    return ended
  }

  return {
    note(process) {
      const file = path.join(folder, `${process.mark.split('=').at(-1)}.json`)
      const noted = write(file, process).catch(() => undefined)
      return async () => {
        await noted
        await rm(file, { force: true }).catch(() => undefined)
      }
    },
    async sweep() {
      let ended = 0
      for (const name of await readdir(folder)) ended += await endNoted(name)
      return ended
    },
  }
}

async function write(file: string, { pid, mark }: NotedProcess): Promise<void> {
  const started = await startOf(pid)
  if (started === undefined) return
  await writeFile(file, JSON.stringify({ pid, mark, started }), { mode: 0o600 })
}
