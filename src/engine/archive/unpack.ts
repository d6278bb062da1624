import { copyFile, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import * as z from 'zod/mini'
import { OperationError } from '../../base/operation-error.ts'
import { formatOfExtension } from '../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { type Job, type Operation, onlySource, startEach } from '../operation.ts'
import type { ArchiveEntry } from './archive-entry.ts'
import { isDiskFull } from './disk-full.ts'
import { openArchive } from './open-archive.ts'
import { runSevenZip } from './seven-zip.ts'

const options = z.object({
  /** The number of the entry that is taken out, from 1; without one, a report of all entries is made. */
  entry: z.optional(z.int().check(z.gte(1))),
  /** What opens an encrypted archive; the same for all that is wanted. */
  password: z.optional(z.string()),
})

/** What is taken out of an archive. */
export type UnpackOptions = Readonly<z.infer<typeof options>>

/** What a report says of an entry. */
export interface ReportedEntry {
  readonly entry: number
  /** Null when the archive has no name for it. */
  readonly path: string | null
  readonly size: number
  readonly kind: ArchiveEntry['kind']
}

/** Takes files out of an archive, or tells what is in it. However many are wanted, the archive is read once. */
export const unpack: Operation<UnpackOptions> = {
  options,
  run(job) {
    const { wanted, folder } = job
    const places = wanted.map((_, index) => join(folder, `unpacked${index}`))
    const reading = read(job, places)
    // Each of those who want something is told.
    reading.catch(() => undefined)
    return startEach(job, 'entry', async ({ entry }, path, index) => {
      const entries = await reading
      if (entry === undefined) {
        await writeFile(path, JSON.stringify({ entries: entries.map(report) }))
        return [{ path, mediaType: KNOWN_FORMATS.json.mediaType }]
      }
      const found = entries[entry - 1]
      if (found?.kind !== 'file') {
        throw new OperationError('entry_missing', { entry, entries: entries.length })
      }
      return [{ path: places[index] ?? '', mediaType: mediaTypeOf(found.path ?? '') }]
    })
  },
}

/** Reads an archive, and writes what is wanted of it to `places`. */
async function read(
  job: Job<UnpackOptions>,
  places: readonly string[],
): Promise<readonly ArchiveEntry[]> {
  const { wanted, folder, signal } = job
  const targets = new Map<number, string>()
  for (const [index, { entry }] of wanted.entries()) {
    if (entry !== undefined && !targets.has(entry)) targets.set(entry, places[index] ?? '')
  }
  const unpackedPath = join(folder, 'unpacked')
  const { path } = onlySource(job)
  try {
    const source = { path, password: wanted[0]?.password, unpackedPath }
    const archive = await openArchive(source, runSevenZip, signal)
    const entries = await archive.read(targets, signal)
    for (const [index, { entry = 0 }] of wanted.entries()) {
      const target = targets.get(entry)
      const place = places[index] ?? ''
      if (target === undefined || target === place || entries[entry - 1]?.kind !== 'file') continue
      await copyFile(target, place)
    }
    return entries
  } catch (error) {
    await Promise.all(places.map((each) => rm(each, { force: true })))
    if (!isDiskFull(error)) throw error
    throw new OperationError('archive_disk_full', {}, { cause: error })
  } finally {
    await rm(unpackedPath, { force: true })
  }
}

function report({ number, path, size, kind }: ArchiveEntry): ReportedEntry {
  return { entry: number, path: path ?? null, size, kind }
}

function mediaTypeOf(path: string): string {
  const id = formatOfExtension(extname(path).slice(1).toLowerCase())
  return id === undefined ? 'application/octet-stream' : KNOWN_FORMATS[id].mediaType
}
