import { type FileHandle, open as openFile, rm } from 'node:fs/promises'
import { OperationError } from '../../base/operation-error.ts'
import type { OpenSource } from '../../fetching/fetched-file.ts'
import { type RetryOptions, retrying } from '../../fetching/resume.ts'
import { blame } from './blame.ts'
import { Batch, ChunkWriter } from './chunk-writer.ts'
import { isDiskFull } from './disk-full.ts'
import { writeEntry } from './entry.ts'
import { createPlaces } from './places.ts'
import type { PlannedFile } from './plan-files.ts'
import { directoryEnd } from './zip-format.ts'

/** How far an archive is. */
export interface ArchiveProgress {
  /** How many files are in it. */
  readonly files: number
  /** What they have in all, before they were deflated. */
  readonly bytes: number
}

/** How an archive is made. */
export interface ArchiveWriting extends RetryOptions {
  readonly open: OpenSource
  /** How many files are fetched at the same time. */
  readonly parallel?: number
  /** The date of files whose source names none. */
  readonly now?: Date
  /** Called when a file is in the archive. */
  readonly onFile?: (progress: ArchiveProgress) => void
  /** Gives up all fetches; then there is no archive. */
  readonly signal?: AbortSignal
}

const PARALLEL = 4

/**
 * Writes a ZIP archive of `files`, in their order, to `path`. Several files are fetched at the same time, and each is
 * written straight to its place in the archive, so that nothing is kept in memory.
 *
 * When any file fails, the others are given up and there is no archive.
 *
 * @throws {@link OperationError} naming the first file that failed, and why
 */
export async function writeArchive(
  path: string,
  files: readonly PlannedFile[],
  options: ArchiveWriting,
): Promise<ArchiveProgress> {
  try {
    const archive = await openFile(path, 'w')
    try {
      return await writeEntries(path, archive, files, options)
    } finally {
      await archive.close()
    }
  } catch (error) {
    await rm(path, { force: true })
    if (!isDiskFull(error)) throw error
    throw new OperationError('archive_disk_full', {}, { cause: error })
  }
}

async function writeEntries(
  path: string,
  archive: FileHandle,
  files: readonly PlannedFile[],
  {
    open,
    parallel = PARALLEL,
    now = new Date(),
    onFile,
    signal: wanted,
    ...retries
  }: ArchiveWriting,
): Promise<ArchiveProgress> {
  const failure = new AbortController()
  const signal = wanted ? AbortSignal.any([failure.signal, wanted]) : failure.signal
  const openAgain = retrying(open, retries)
  const nextPlace = createPlaces()
  const headers: Buffer[] = []
  const progress = { files: 0, bytes: 0 }
  const waiting = files.entries()

  async function writeFile(index: number, file: PlannedFile): Promise<void> {
    const place = nextPlace()
    try {
      const source = await openAgain(file.url, { from: 0, signal })
      const spillPath = `${path}.${index}`
      const entry = { path: file.path, source, now, archive, place, spillPath, signal }
      const { directoryHeader, size } = await writeEntry(entry)
      headers[index] = directoryHeader
      progress.files += 1
      progress.bytes += size
      onFile?.({ ...progress })
    } catch (error) {
      // What comes after the first failure is only its consequence.
      if (!signal.aborted) failure.abort(blame(file, error))
      place.fail(error)
    }
  }

  // Each takes the next file as soon as it is done with one.
  const lanes = Array.from({ length: parallel }, async () => {
    for (const [index, file] of waiting) {
      if (!signal.aborted) await writeFile(index, file)
    }
  })
  await Promise.all(lanes)
  signal.throwIfAborted()
  await writeDirectory(archive, headers, await nextPlace().start)
  return progress
}

async function writeDirectory(
  archive: FileHandle,
  headers: readonly Buffer[],
  offset: number,
): Promise<void> {
  const writer = new ChunkWriter(archive, offset)
  const batch = new Batch()
  let size = 0
  for (const header of headers) {
    size += header.length
    batch.add(header)
    if (batch.isFull) await writer.write(batch.take())
  }
  batch.add(directoryEnd({ entries: headers.length, offset, size }))
  await writer.write(batch.take())
  await writer.finish()
}
