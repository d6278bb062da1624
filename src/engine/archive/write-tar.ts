import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Pack, pack } from 'tar-stream'
import type { FetchedFile } from '../../fetching/fetched-file.ts'
import { retrying } from '../../fetching/resume.ts'
import { blame } from './blame.ts'
import type { PlannedFile } from './plan-files.ts'
import type { ArchiveProgress, ArchiveWriting } from './write-archive.ts'

/** Whoever unpacks it may read and change the files; none is a program. */
const MODE = 0o644

/**
 * Writes a TAR archive of `files`, in their order, to `path`, as they come. Only a file whose size nobody says is kept on
 * the disk before, since its size comes first in a TAR.
 *
 * @param options.gzip - whether it is compressed on the way
 * @throws {@link OperationError} naming the first file that failed, and why
 */
export async function writeTar(
  path: string,
  files: readonly PlannedFile[],
  options: ArchiveWriting & { readonly gzip: boolean },
): Promise<ArchiveProgress> {
  const { gzip, signal } = options
  const packed = pack()
  const target = createWriteStream(path)
  const ending = signal ? { signal } : {}
  const written = gzip
    ? pipeline(bytesOf(packed), createGzip(), target, ending)
    : pipeline(bytesOf(packed), target, ending)
  const filled = fill(packed, files, { ...options, spillPath: `${path}.spill` })
  // One that fails ends the other, and what comes of that says less.
  filled.catch((error: Error) => packed.destroy(error))
  written.catch(() => packed.destroy())
  const [progress] = await Promise.all([filled, written])
  return progress
}

/** What a TAR consists of. */
export async function* bytesOf(packed: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of packed) {
    if (chunk instanceof Uint8Array) yield chunk
  }
}

async function fill(
  packed: Pack,
  files: readonly PlannedFile[],
  options: ArchiveWriting & { readonly spillPath: string },
): Promise<ArchiveProgress> {
  const { open, now = new Date(), onFile, parallel: _one, signal, spillPath, ...retries } = options
  const ending = signal ?? new AbortController().signal
  const openAgain = retrying(open, retries)
  const progress = { files: 0, bytes: 0 }
  for (const file of files) {
    ending.throwIfAborted()
    try {
      const fetched = await openAgain(file.url, { from: 0, signal: ending })
      const { size, content } = await sized(fetched, spillPath, ending)
      const mtime = fetched.date ?? now
      const entry = packed.entry({ name: file.path, size, mtime, mode: MODE })
      await pipeline(content, entry, { signal: ending })
      progress.files += 1
      progress.bytes += size
      onFile?.({ ...progress })
    } catch (error) {
      throw blame(file, error)
    } finally {
      await rm(spillPath, { force: true })
    }
  }
  packed.finalize()
  return progress
}

/** The content of a file with its size, for which one that does not say is fetched as a whole. */
async function sized(
  { size, content }: FetchedFile,
  spillPath: string,
  signal: AbortSignal,
): Promise<{ size: number; content: AsyncIterable<Uint8Array> }> {
  if (size !== undefined) return { size, content }
  await pipeline(content, createWriteStream(spillPath), { signal })
  return { size: (await stat(spillPath)).size, content: createReadStream(spillPath) }
}
