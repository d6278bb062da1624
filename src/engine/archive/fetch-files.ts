import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { retrying } from '../../fetching/resume.ts'
import { blame } from './blame.ts'
import type { PlannedFile } from './plan-files.ts'
import type { ArchiveProgress, ArchiveWriting } from './write-archive.ts'

const PARALLEL = 4

/**
 * Fetches files into a folder, each to its path; several at the same time. When one fails, the others are given up.
 *
 * @param pathOf - where in the folder
 * @throws {@link OperationError} naming the first file that failed, and why
 */
export async function fetchFiles(
  files: readonly PlannedFile[],
  pathOf: (file: PlannedFile) => string,
  { open, parallel = PARALLEL, onFile, signal: wanted, ...retries }: ArchiveWriting,
): Promise<ArchiveProgress> {
  const failure = new AbortController()
  const signal = wanted ? AbortSignal.any([failure.signal, wanted]) : failure.signal
  const openAgain = retrying(open, retries)
  const progress = { files: 0, bytes: 0 }
  const waiting = files.values()

  async function fetchOne(file: PlannedFile): Promise<void> {
    const path = pathOf(file)
    await mkdir(dirname(path), { recursive: true })
    const { content } = await openAgain(file.url, { from: 0, signal })
    const target = createWriteStream(path, { flags: 'wx' })
    await pipeline(content, target, { signal })
    progress.files += 1
    progress.bytes += target.bytesWritten
    onFile?.({ ...progress })
  }

  // Each takes the next file as soon as it is done with one.
  const lanes = Array.from({ length: parallel }, async () => {
    for (const file of waiting) {
      try {
        if (!signal.aborted) await fetchOne(file)
      } catch (error) {
        // What comes after the first failure is only its consequence.
        if (!signal.aborted) failure.abort(blame(file, error))
      }
    }
  })
  await Promise.all(lanes)
  signal.throwIfAborted()
  return progress
}
