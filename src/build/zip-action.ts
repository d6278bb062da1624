import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { keepRecord, readRecord } from './build-record.ts'
import { stampFile } from './fingerprints.ts'

/** Writes a ZIP archive of files, each by its name in there. */
export type WriteZip = (
  to: string,
  files: readonly { readonly file: string; readonly name: string }[],
  signal: AbortSignal,
) => Promise<void>

/**
 * Zips an action that is built, unless the archive of what is in its folder is there already.
 *
 * @param options.project - that of the action, without symbolic links in its path
 * @param options.folder - where the action is
 * @param options.content - the fingerprint of what is in there
 * @param options.to - the path of the archive
 * @throws {Error} of the system, when it cannot be written; nothing of it is left then
 */
export async function zipAction(options: {
  project: string
  name: string
  folder: string
  content: string
  to: string
  writeZip: WriteZip
}): Promise<void> {
  const { project, name, folder, content, to, writeZip } = options
  const record = await readRecord(project, name)
  const isKnown = record?.zip !== undefined && record.content === content
  if (isKnown && stampFile(to) === record.zip) return
  await mkdir(path.dirname(to), { recursive: true })
  const part = await mkdtemp(`${to}.part-`)
  try {
    const archive = path.join(part, path.basename(to))
    await writeZip(archive, await listFiles(folder), new AbortController().signal)
    await rename(archive, to)
  } finally {
    await rm(part, { recursive: true, force: true })
  }
  if (record?.content !== content) return
  await keepRecord(project, name, { ...record, zip: stampFile(to) })
}

async function listFiles(folder: string): Promise<{ file: string; name: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => ({ file, name: path.relative(folder, file).replaceAll(path.sep, '/') }))
}
