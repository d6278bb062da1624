import { type ExportedFile, exportedFiles, type JobAnswer } from '../../client/jobs/job-answer.ts'
import type { JobsClient } from '../../client/jobs/jobs-client.ts'
import { findExisting, type SavedNames } from './saved-names.ts'

/** A file that was downloaded. */
export interface SavedFile {
  /** Where it is. */
  file: string
  bytes: number
}

/** The files that a job makes available, each with the place where it goes. */
export function placesOf(job: JobAnswer, names: SavedNames): [ExportedFile, string][] {
  return exportedFiles(job).map((exported) => [exported, names.claim(exported.filename)])
}

/**
 * Downloads files to their places: all, or none when one of the places is taken.
 *
 * @throws {Error} one sentence
 */
export async function savePlaced(
  client: Pick<JobsClient, 'download'>,
  placed: readonly (readonly [ExportedFile, string])[],
  options: { force: boolean; signal?: AbortSignal | undefined },
): Promise<SavedFile[]> {
  const { force: overwrite, signal } = options
  const existing = overwrite ? undefined : findExisting(placed.map(([, file]) => file))
  if (existing !== undefined) {
    throw new Error(`${existing} is there already; --force overwrites it.`)
  }
  const saved: SavedFile[] = []
  for (const [exported, file] of placed) {
    saved.push({ file, bytes: await client.download(exported, file, { overwrite, signal }) })
  }
  return saved
}
