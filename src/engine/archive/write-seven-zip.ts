import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationError } from '../../base/operation-error.ts'
import { fetchFiles } from './fetch-files.ts'
import type { PlannedFile } from './plan-files.ts'
import type { RunSevenZip } from './seven-zip.ts'
import type { ArchiveProgress, ArchiveWriting } from './write-archive.ts'
import { writeTar } from './write-tar.ts'

/** The name of the archive in its folder while it is made; without an extension, 7-Zip would add one. */
const RESULT = 'result.archive'

/**
 * Writes a 7z archive of `files` to `path`. They are fetched into a folder first, where 7-Zip orders them by their kinds:
 * that is what makes such archives small.
 *
 * @throws {@link OperationError} naming the first file that failed, and why
 */
export function writeSevenZip(
  path: string,
  files: readonly PlannedFile[],
  options: ArchiveWriting & { readonly run: RunSevenZip },
): Promise<ArchiveProgress> {
  return inFolder(path, async (folder) => {
    const tree = join(folder, 'files')
    await mkdir(tree)
    const progress = await fetchFiles(files, (file) => join(tree, file.path), options)
    const args = ['a', '-t7z', '-bd', '-y', `/work/${RESULT}`, '.']
    await pack(options.run, { args, folder, at: '/work/files' }, options.signal)
    return progress
  })
}

/**
 * Writes a TAR archive of `files` to `path`, and compresses it as a whole.
 *
 * @throws {@link OperationError} naming the first file that failed, and why
 */
export function writeCompressedTar(
  path: string,
  files: readonly PlannedFile[],
  options: ArchiveWriting & { readonly run: RunSevenZip; readonly type: 'bzip2' | 'xz' },
): Promise<ArchiveProgress> {
  return inFolder(path, async (folder) => {
    const progress = await writeTar(join(folder, 'files.tar'), files, { ...options, gzip: false })
    const args = ['a', `-t${options.type}`, '-bd', '-y', `/work/${RESULT}`, 'files.tar']
    await pack(options.run, { args, folder, at: '/work' }, options.signal)
    return progress
  })
}

/** Has a folder of its own beside the archive, of which nothing is left but that. */
async function inFolder(
  path: string,
  make: (folder: string) => Promise<ArchiveProgress>,
): Promise<ArchiveProgress> {
  const folder = `${path}.work`
  await mkdir(folder)
  try {
    const progress = await make(folder)
    await rename(join(folder, RESULT), path)
    return progress
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function pack(
  run: RunSevenZip,
  task: { readonly args: readonly string[]; readonly folder: string; readonly at: string },
  signal: AbortSignal | undefined,
): Promise<void> {
  const { args, folder, at } = task
  const { exitCode, errors } = await run({ args, folders: { '/work': folder }, at }, signal)
  if (exitCode === 0) return
  const said = errors.join('\n')
  if (/no space left|errno=51|disk/i.test(said)) throw new OperationError('archive_disk_full', {})
  throw new Error(`7-Zip has failed: ${said.slice(0, 1000)}`)
}
