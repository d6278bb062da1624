import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { writeNew, writeWhole } from '../../client/write-whole.ts'
import type { SavedFile } from '../jobs-api/save-exports.ts'
import { createSavedNames, findExisting } from '../jobs-api/saved-names.ts'
import { fetchFrom } from '../scene7/fetch-from.ts'

/**
 * Fetches a ZIP and saves the files in it: all, or none when one of their places is taken.
 *
 * @param options.origin - of the service; nothing is fetched from elsewhere, whatever the URL says
 * @throws {Error} one sentence
 */
export async function saveZip(
  url: string,
  options: {
    readonly origin: string
    readonly out: string
    readonly force: boolean
    readonly signal: AbortSignal
  },
): Promise<readonly SavedFile[]> {
  const { origin, out, signal } = options
  const file = path.join(out, `.export-${randomUUID()}.zip`)
  try {
    const response = await fetchFrom(origin, new URL(url).pathname, { signal })
    if (!response.ok || !response.body) {
      throw new Error(`The ZIP of the export was answered ${response.status}.`)
    }
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file), { signal })
    const zip = await openPromise(file, { autoClose: false })
    try {
      return await saveEntries(zip, options)
    } finally {
      zip.close()
    }
  } finally {
    await rm(file, { force: true })
  }
}

async function saveEntries(
  zip: ZipFile,
  { out, force, signal }: { out: string; force: boolean; signal: AbortSignal },
): Promise<readonly SavedFile[]> {
  const names = createSavedNames(out)
  const placed: [Entry, string][] = []
  for await (const entry of zip.eachEntry()) placed.push([entry, names.claim(entry.fileName)])
  const existing = force ? undefined : findExisting(placed.map(([, file]) => file))
  if (existing !== undefined) {
    throw new Error(`${existing} is there already; --force overwrites it.`)
  }
  const write = force ? writeWhole : writeNew
  const saved: SavedFile[] = []
  for (const [entry, file] of placed) {
    const content = await zip.openReadStreamPromise(entry)
    await write(file, (target) =>
      pipeline(content, createWriteStream(target, { flags: 'wx' }), { signal }),
    )
    saved.push({ file, bytes: entry.uncompressedSize })
  }
  return saved
}
