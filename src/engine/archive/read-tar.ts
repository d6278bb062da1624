import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, type Header } from 'tar-stream'
import { corruptSource } from '../../base/operation-error.ts'
import type { ArchiveEntry, ReadableArchive } from './archive-entry.ts'
import { writeChunks } from './chunk-writer.ts'
import { cleanPath } from './paths.ts'
import { requireFew, requireHonest } from './unpack-limits.ts'

const KINDS: Readonly<Record<string, ArchiveEntry['kind']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'folder',
  link: 'link',
  symlink: 'link',
  'block-device': 'device',
  'character-device': 'device',
  fifo: 'device',
}

/**
 * Reads a TAR from front to back, as its bytes come.
 *
 * @param options.openStream - brings its bytes, from the first on
 * @param options.archiveBytes - the size of what was sent, which may be compressed
 */
export function tarArchive(options: {
  readonly openStream: () => Readable
  readonly archiveBytes: number
  readonly title: string
}): ReadableArchive {
  const { openStream, archiveBytes, title } = options

  return {
    async read(targets, signal) {
      const walker = extract()
      try {
        const [entries] = await Promise.all([
          walk(walker, targets),
          pipeline(openStream(), (chunks) => counted(chunks, archiveBytes), walker, { signal }),
        ])
        return entries
      } catch (error) {
        signal.throwIfAborted()
        throw isDamage(error) ? corruptSource(title, { cause: error }) : error
      }
    },
  }
}

async function walk(
  walker: ReturnType<typeof extract>,
  targets: ReadonlyMap<number, string>,
): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = []
  for await (const entry of walker) {
    const described = describe(entry.header, entries.length + 1)
    entries.push(described)
    requireFew(entries.length)
    const path = described.kind === 'file' ? targets.get(described.number) : undefined
    if (path === undefined) entry.resume()
    else await write(entry, path)
  }
  return entries
}

function describe({ name, size, type }: Header, number: number): ArchiveEntry {
  const kind = KINDS[type] ?? 'unclear'
  return { number, path: cleanPath(name), size: kind === 'file' ? size : 0, kind }
}

async function write(content: AsyncIterable<unknown>, path: string): Promise<void> {
  const file = await open(path, 'wx')
  try {
    let offset = 0
    for await (const chunk of content) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('a TAR consists of bytes')
      await writeChunks(file, [chunk], offset)
      offset += chunk.length
    }
  } finally {
    await file.close()
  }
}

/** Hands on no more than an archive of this size may have in it. */
export async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  archiveBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    requireHonest(bytes, archiveBytes)
    yield chunk
  }
}

/** What zlib and tar-stream throw about the bytes that they read: codes of theirs, or plain errors without one. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== 'Error') return false
  return !('code' in error) || /^(?:Z_|ERR_STREAM_PREMATURE_CLOSE)/.test(String(error.code))
}
