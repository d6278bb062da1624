import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Log } from '../base/log.ts'
import type { Part } from '../base/part.ts'

/** How long files of mails are kept, in milliseconds: what they link to is gone long before. */
export const MAIL_KEPT_MS = 30 * 24 * 60 * 60_000

/** Between two sweeps, in milliseconds. */
const SWEEP_INTERVAL_MS = 60 * 60_000

/**
 * Removes files of mails that are older than {@link MAIL_KEPT_MS}.
 *
 * @param options.folder - see {@link MailSettings.folder}
 * @returns a part, whose `sweep` is what it does at the start and each hour
 */
export function createMailSweep(options: {
  folder: string
  log: Pick<Log, 'error'>
  now: () => number
}): Required<Pick<Part, 'start' | 'close'>> & { sweep: () => Promise<void> } {
  const { folder, log, now } = options
  let timer: NodeJS.Timeout | undefined

  async function removeOld(): Promise<void> {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      // Nobody was sent one yet.
      if (error.code === 'ENOENT') return []
      throw error
    })
    for (const name of names.filter((each) => each.endsWith('.eml'))) {
      const file = path.join(folder, name)
      const { mtimeMs } = await stat(file)
      if (now() - mtimeMs > MAIL_KEPT_MS) await rm(file, { force: true })
    }
  }

  const sweep = (): Promise<void> =>
    removeOld().catch((error: unknown) =>
      log.error(`Old mails could not be removed: ${String(error)}`),
    )

  return {
    sweep,
    start() {
      timer = setInterval(() => void sweep(), SWEEP_INTERVAL_MS).unref()
      void sweep()
    },
    close: () => clearInterval(timer),
  }
}
