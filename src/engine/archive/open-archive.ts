import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { findZip } from '../../packages/open-zip.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { identifySource } from '../../sources/identify.ts'
import { readPart, unzipStart } from '../../sources/open-file.ts'
import { isTar } from '../../sources/signatures.ts'
import type { ReadableArchive } from './archive-entry.ts'
import { sevenZipArchive } from './read-seven-zip.ts'
import { singleFile } from './read-single.ts'
import { tarArchive } from './read-tar.ts'
import type { RunSevenZip } from './seven-zip.ts'
import { mostUnpacked, requireHonest } from './unpack-limits.ts'

/** What files are taken out of, for sentences. */
const TAKEN = (['zip', '7z', 'rar', 'tar', 'gzip', 'bzip2', 'xz'] as const).map(
  (id) => KNOWN_FORMATS[id].title,
)

/** The header of a TAR is this long, in bytes. */
const TAR_START_BYTES = 512

/** An archive to be opened. */
export interface ArchiveSource {
  readonly path: string
  readonly password?: string | undefined
  /** A file of this path may be made, for what was compressed as a whole, or has something in front. */
  readonly unpackedPath: string
}

/**
 * Opens an archive, by its content.
 *
 * @throws {@link OperationError} source_no_archive, or source_corrupt when the layer around it is damaged
 */
export async function openArchive(
  source: ArchiveSource,
  run: RunSevenZip,
  signal: AbortSignal,
): Promise<ReadableArchive> {
  const { path, password } = source
  const { content, start } = await identifySource(path)
  const bytes = (await stat(path)).size
  if (content === 'package') {
    const from = await cutZip(source)
    return sevenZipArchive(
      { path: from, type: 'zip', title: KNOWN_FORMATS.zip.title, password },
      run,
    )
  }
  if (content === '7z' || content === 'rar') {
    // The eighth byte of a RAR is 1 since version 5.
    const type = content === 'rar' && start[6] === 1 ? 'rar5' : content
    return sevenZipArchive({ path, type, title: KNOWN_FORMATS[content].title, password }, run)
  }
  if (content === 'tar') {
    const { title } = KNOWN_FORMATS.tar
    return tarArchive({ openStream: () => createReadStream(path), archiveBytes: bytes, title })
  }
  if (content === 'gzip') {
    const { title } = KNOWN_FORMATS.gzip
    const options = { openStream: () => unzipping(path), archiveBytes: bytes, title }
    return isTar(unzipStart(Buffer.from(start))) ? tarArchive(options) : singleFile(options)
  }
  if (content !== 'bzip2' && content !== 'xz') {
    throw new OperationError('source_no_archive', { taken: TAKEN })
  }
  const { title } = KNOWN_FORMATS[content]
  await unpackWhole({ ...source, type: content, title, bytes }, run, signal)
  const unpacked = readPart(source.unpackedPath, 0, TAR_START_BYTES)
  const options = {
    openStream: () => createReadStream(source.unpackedPath),
    archiveBytes: bytes,
    title,
  }
  return isTar(unpacked) ? tarArchive(options) : singleFile(options)
}

/** Writes what is of a zip file that has something in front, since 7-Zip wants to see it begin. */
async function cutZip({ path, unpackedPath }: ArchiveSource): Promise<string> {
  const { start, end } = findZip(path)
  if (start === 0) return path
  await pipeline(createReadStream(path, { start, end: end - 1 }), createWriteStream(unpackedPath))
  return unpackedPath
}

function unzipping(path: string): Readable {
  const file = createReadStream(path)
  const unzipped = file.pipe(createGunzip())
  file.on('error', (error) => unzipped.destroy(error))
  unzipped.on('close', () => file.destroy())
  return unzipped
}

/** Takes the layer off that is around all of an archive. */
async function unpackWhole(
  source: ArchiveSource & { readonly type: string; readonly title: string; readonly bytes: number },
  run: RunSevenZip,
  signal: AbortSignal,
): Promise<void> {
  const { path, unpackedPath, type, title, bytes } = source
  const folder = path.slice(0, path.lastIndexOf('/'))
  const most = mostUnpacked(bytes)
  const { exitCode, pieces } = await run(
    {
      args: ['x', '-so', '-bd', `-t${type}`, `/source/${path.slice(folder.length + 1)}`],
      folders: { '/source': folder },
      at: '/source',
      pieces: [{ path: unpackedPath, bytes: most, isLimit: true }],
    },
    signal,
  )
  if (pieces === 'exceeded') requireHonest(most + 1, bytes)
  if (exitCode > 0) throw corruptSource(title)
}
