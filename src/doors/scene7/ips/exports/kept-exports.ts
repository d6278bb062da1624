import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { inPortions } from '../../../../database/in-portions.ts'
import type { ObjectStore } from '../../../../storage/object-store.ts'
import type { ObjectUrls } from '../../../../storage/object-urls.ts'
import type { IpsDatabase } from '../ips-tables.ts'

/** A ZIP that may be fetched. */
export interface KeptExport {
  readonly token: string
  /** Of the file, such as `My Job.zip`. */
  readonly name: string
  /** In milliseconds of the epoch. */
  readonly expires: number
}

/** Where a ZIP is: a file of this machine, or an object elsewhere, for which the client is given a URL. */
export type ExportPlace =
  | { readonly file: string; readonly size: number }
  | { readonly toRead: (options: Parameters<ObjectUrls['toRead']>[1]) => string }

/** An object store elsewhere that has the ZIPs, which all front ends reach. */
export type ExportsElsewhere = Pick<ObjectStore, 'put' | 'stat' | 'list' | 'remove'> & {
  readonly urls: Pick<ObjectUrls, 'toRead'>
}

/** How the keys begin of ZIPs that are elsewhere. */
export const EXPORTS = 'scene7-exports/'

/** What is exported, in a folder a job, and who may have it: whoever knows the token. */
export interface KeptExports {
  /** The folder of a job, for what it is made of on the way. */
  readonly workOf: (job: number) => Promise<string>
  /** Where the ZIP of a job goes. */
  readonly fileOf: (job: number) => string
  /**
   * Has the ZIP of a job fetched from now on, and lets go of what it was made of.
   *
   * @throws {ServiceError} `storage_unavailable` when it cannot be put where it is fetched from
   */
  readonly publish: (job: number, name: string) => Promise<KeptExport>
  /** Finds one that has not expired. */
  readonly find: (
    token: string,
    name: string,
  ) => Promise<(KeptExport & { readonly place: ExportPlace }) | undefined>
  /** The one of a job, whether it has expired or not; undefined before there is one. */
  readonly ofJob: (job: number) => Promise<KeptExport | undefined>
  /** Those of several jobs, by their numbers. */
  readonly ofJobs: (jobs: readonly number[]) => Promise<ReadonlyMap<number, KeptExport>>
  /**
   * Removes what nobody can fetch, and what belongs to no job that goes on.
   *
   * @param isFirst - whether this front end does what is done once for all
   */
  readonly sweep: (isOpen: (job: number) => Promise<boolean>, isFirst: boolean) => Promise<void>
}

/** How long a ZIP may be fetched, in milliseconds. */
export const EXPORT_KEPT_MS = 7 * 24 * 60 * 60_000

/** 24 random bytes in base64url are 32 letters, which nobody guesses. */
const TOKEN_BYTES = 24

const WORK = 'work'

/**
 * Opens them.
 *
 * @param options.folder - of the files
 * @param options.elsewhere - what has the ZIPs, where it is not this folder
 * @param options.now - the clock, in milliseconds of the epoch
 */
export async function openKeptExports(
  database: IpsDatabase,
  {
    folder,
    elsewhere,
    now,
  }: {
    readonly folder: string
    readonly elsewhere?: ExportsElsewhere | undefined
    readonly now: () => number
  },
): Promise<KeptExports> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const folderOf = (job: number): string => path.join(folder, String(job))
  const fileOf = (job: number): string => path.join(folderOf(job), 'export.zip')
  const exports = () =>
    database.committed.selectFrom('exports').select(['job', 'token', 'name', 'expires'])

  async function ofJob(number: number): Promise<KeptExport | undefined> {
    const row = await exports().where('job', '=', number).executeTakeFirst()
    return row && { token: row.token, name: row.name, expires: row.expires }
  }

  /** Puts the file of a job elsewhere, where it takes the place of none: a client may be fetching that. */
  async function putElsewhere(job: number, token: string): Promise<void> {
    if (elsewhere === undefined) return
    const file = fileOf(job)
    const { size: announced } = await stat(file)
    const body = createReadStream(file)
    try {
      const upload = { key: keyOfExport(job, token), body, size: { announced } }
      await elsewhere.put({ ...upload, contentType: 'application/zip' })
    } finally {
      body.destroy()
    }
  }

  async function placeOf(job: number, token: string): Promise<ExportPlace | undefined> {
    if (elsewhere !== undefined) {
      const key = keyOfExport(job, token)
      const { urls } = elsewhere
      const found = await elsewhere.stat(key)
      if (found) return { toRead: (options) => urls.toRead(key, options) }
    }
    const file = fileOf(job)
    const found = await stat(file).catch(() => undefined)
    return found && { file, size: found.size }
  }

  /** Whether neither a client nor a job needs it. */
  async function isDead(
    job: number,
    isOpen: (job: number) => Promise<boolean>,
    token?: string,
  ): Promise<boolean> {
    const kept = await ofJob(job)
    const isKept =
      kept !== undefined && kept.expires > now() && (token === undefined || kept.token === token)
    return !isKept && !(await isOpen(job))
  }

  return {
    fileOf,
    ofJob,
    async ofJobs(jobs) {
      const rows = await inPortions(jobs, (some) => exports().where('job', 'in', some).execute())
      return new Map(rows.map(({ job, ...kept }) => [job, kept]))
    },
    async workOf(job) {
      const work = path.join(folderOf(job), WORK)
      await mkdir(work, { recursive: true, mode: 0o700 })
      return work
    },
    async publish(job, name) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url')
      await putElsewhere(job, token)
      const kept = { token, name, expires: now() + EXPORT_KEPT_MS }
      await database.write((tables) =>
        tables
          .insertInto('exports')
          .values({ job, ...kept })
          .onConflict((conflict) => conflict.column('job').doUpdateSet(kept))
          .execute(),
      )
      const passing = elsewhere === undefined ? path.join(folderOf(job), WORK) : folderOf(job)
      await rm(passing, { recursive: true, force: true })
      return kept
    },
    async find(token, name) {
      const row = TOKEN.test(token)
        ? await exports().where('token', '=', token).executeTakeFirst()
        : undefined
      if (row === undefined || row.name !== name || row.expires <= now()) return undefined
      const place = await placeOf(row.job, token)
      return place && { token, name, expires: row.expires, place }
    },
    async sweep(isOpen, isFirst) {
      for (const each of await readdir(folder)) {
        if (await isDead(Number(each), isOpen)) {
          await rm(path.join(folder, each), { recursive: true, force: true })
        }
      }
      if (elsewhere === undefined || !isFirst) return
      for await (const { key } of elsewhere.list(EXPORTS)) {
        const { job, token } = readKey(key) ?? {}
        if (job !== undefined && (await isDead(job, isOpen, token))) await elsewhere.remove([key])
      }
    },
  }
}

/** A token of ours. */
const TOKEN = /^[\w-]{32}$/

/** The key of the ZIP of an export, where that is elsewhere. */
export function keyOfExport(job: number, token: string): string {
  return `${EXPORTS}${job}/${token}.zip`
}

/** What a key is of; undefined for what somebody else has put there. */
function readKey(key: string): { readonly job: number; readonly token: string } | undefined {
  const [, job, token] = /^(\d{1,15})\/([\w-]{32})\.zip$/.exec(key.slice(EXPORTS.length)) ?? []
  return job === undefined || token === undefined ? undefined : { job: Number(job), token }
}
