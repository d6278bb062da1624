import { stat } from 'node:fs/promises'
import type { WriteZip } from '../doors/scene7/ips/exports/write-zip.ts'
import { writeArchive } from '../engine/archive/write-archive.ts'
import type { OpenSource } from '../fetching/fetched-file.ts'
import { readSlices } from '../storage/file-slices.ts'

/** Writes the ZIPs of exports as archives are written; most of what is in them is stored as it is. */
export const writeZip: WriteZip = async (to, files, signal) => {
  const planned = files.map(({ file, name }, index) => ({ index, url: file, path: name }))
  await writeArchive(to, planned, { open: openFile, signal })
}

const openFile: OpenSource = async (path, { from }) => {
  const { size, mtime } = await stat(path)
  const content = readSlices([{ path, start: from, end: size }], async () => undefined)
  return { content, size, date: mtime, start: from, version: undefined }
}
