import { copyFile, link, mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { GivenFile } from '../given-files/find-files.ts'

/**
 * Makes a folder of files from anywhere, each in a folder of its own, so that two of the same name are two assets. It takes no room
 * where a link can be made.
 *
 * @returns the folder
 */
export async function mountFiles(home: string, files: readonly GivenFile[]): Promise<string> {
  const folder = path.join(home, 'files')
  await mkdir(folder, { recursive: true })
  for (const [index, { file }] of files.entries()) {
    const own = path.join(folder, String(index + 1))
    await mkdir(own)
    const target = path.join(own, path.basename(file))
    await link(file, target).catch(() => copyFile(file, target))
  }
  return folder
}
