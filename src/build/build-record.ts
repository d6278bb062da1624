import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { parseJson } from '../base/json.ts'

const recordSchema = z.object({
  /** The fingerprint of what has built it. */
  builder: z.string(),
  /** Fingerprints of all that it was built of, by their paths in the project. */
  inputs: z.record(z.string(), z.string()),
  /** The fingerprint of what was built. */
  content: z.string(),
  /** That of its folder, see {@link stampFolder}. */
  stamp: z.string(),
  /** How large that is when it is zipped. */
  bytes: z.number(),
  /** The stamp of its archive, if it was zipped. */
  zip: z.optional(z.string()),
})

/** What is known of how an action was built the last time: one file an action, in `node_modules/.cache/darkroom/builds/`. */
export type BuildRecord = z.infer<typeof recordSchema>

function recordFolder(project: string): string {
  return path.join(project, 'node_modules', '.cache', 'darkroom', 'builds')
}

function recordFile(project: string, name: string): string {
  return path.join(recordFolder(project), `${name}.json`)
}

/** Reads what is known; undefined when that is nothing. */
export async function readRecord(project: string, name: string): Promise<BuildRecord | undefined> {
  const text = await readFile(recordFile(project, name), 'utf8').catch(() => '')
  return z.safeParse(recordSchema, parseJson(text)).data
}

/** Keeps what is known of an action in place of what was. */
export async function keepRecord(
  project: string,
  name: string,
  record: BuildRecord,
): Promise<void> {
  const file = recordFile(project, name)
  await mkdir(path.dirname(file), { recursive: true })
  // Another build may write the same at this moment.
  const part = `${file}.${process.pid}`
  await writeFile(part, JSON.stringify(record))
  await rename(part, file)
}

/** Knows nothing of an action any more. */
export async function forgetRecord(project: string, name: string): Promise<void> {
  await rm(recordFile(project, name), { force: true })
}

/** Knows nothing of other actions than these any more. */
export async function keepRecordsOf(project: string, names: readonly string[]): Promise<void> {
  const files = await readdir(recordFolder(project)).catch(() => [])
  const kept = names.map((name) => path.basename(recordFile(project, name)))
  const others = files.filter((file) => file.endsWith('.json') && !kept.includes(file))
  await Promise.all(
    others.map((file) => rm(path.join(recordFolder(project), file), { force: true })),
  )
}
