import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import type { Database } from '../../../../home/database.ts'

/** A ZIP that may be fetched. */
export interface KeptExport {
  readonly token: string
  /** Of the file, such as `My Job.zip`. */
  readonly name: string
  readonly file: string
  /** In milliseconds of the epoch. */
  readonly expires: number
}

/** What is exported, in a folder a job, and who may have it: whoever knows the token. */
export interface KeptExports {
  /** The folder of a job, for what it is made of on the way. */
  readonly workOf: (job: number) => Promise<string>
  /** Where the ZIP of a job goes. */
  readonly fileOf: (job: number) => string
  /** Has the ZIP of a job fetched from now on, and lets go of what it was made of. */
  readonly publish: (job: number, name: string) => Promise<KeptExport>
  /** Finds one that has not expired, with its size in bytes. */
  readonly find: (
    token: string,
    name: string,
  ) => Promise<(KeptExport & { size: number }) | undefined>
  /** The one of a job, whether it has expired or not; undefined before there is one. */
  readonly ofJob: (job: number) => KeptExport | undefined
  /** Removes what nobody can fetch, and what belongs to no job that goes on. */
  readonly sweep: (isOpen: (job: number) => boolean) => Promise<void>
}

/** How long a ZIP may be fetched, in milliseconds. */
export const EXPORT_KEPT_MS = 7 * 24 * 60 * 60_000

/** 24 random bytes in base64url are 32 letters, which nobody guesses. */
const TOKEN_BYTES = 24

const WORK = 'work'

const rowSchema = z.object({
  job: z.number(),
  token: z.string(),
  name: z.string(),
  expires: z.number(),
})

/**
 * Opens them.
 *
 * @param options.folder - of the files
 * @param options.now - the clock, in milliseconds of the epoch
 */
export async function openKeptExports(
  database: Database,
  { folder, now }: { readonly folder: string; readonly now: () => number },
): Promise<KeptExports> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const select = database.prepare('SELECT * FROM exports WHERE token = ?')
  const selectJob = database.prepare('SELECT * FROM exports WHERE job = ?')
  const insert = database.prepare(`
    INSERT INTO exports (job, token, name, expires) VALUES (?, ?, ?, ?)
    ON CONFLICT (job) DO UPDATE SET token = excluded.token, name = excluded.name, expires = excluded.expires
  `)
  const folderOf = (job: number): string => path.join(folder, String(job))
  const fileOf = (job: number): string => path.join(folderOf(job), 'export.zip')

  function ofJob(number: number): KeptExport | undefined {
    const row = selectJob.get(number)
    if (row === undefined) return undefined
    const { job, ...kept } = rowSchema.parse(row)
    return { ...kept, file: fileOf(job) }
  }

  return {
    fileOf,
    ofJob,
    async workOf(job) {
      const work = path.join(folderOf(job), WORK)
      await mkdir(work, { recursive: true, mode: 0o700 })
      return work
    },
    async publish(job, name) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url')
      const expires = now() + EXPORT_KEPT_MS
      await database.write(() => void insert.run(job, token, name, expires))
      await rm(path.join(folderOf(job), WORK), { recursive: true, force: true })
      return { token, name, file: fileOf(job), expires }
    },
    async find(token, name) {
      const row = select.get(token)
      if (row === undefined) return undefined
      const { job, ...kept } = rowSchema.parse(row)
      if (kept.name !== name || kept.expires <= now()) return undefined
      const file = fileOf(job)
      const found = await stat(file).catch(() => undefined)
      return found && { ...kept, file, size: found.size }
    },
    async sweep(isOpen) {
      const isDead = (each: string): boolean =>
        (ofJob(Number(each))?.expires ?? 0) <= now() && !isOpen(Number(each))
      const dead = (await readdir(folder)).filter(isDead)
      await Promise.all(
        dead.map((each) => rm(path.join(folder, each), { recursive: true, force: true })),
      )
    },
  }
}
