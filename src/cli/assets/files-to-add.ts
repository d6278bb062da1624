import path from 'node:path'
import { UsageError } from '../arguments.ts'
import { findFiles, type GivenFile } from '../given-files/find-files.ts'

/**
 * Finds the files that become assets.
 *
 * @throws {UsageError} as {@link findFiles} does, and when two files would be the same asset
 */
export function findFilesToAdd(subjects: readonly string[]): readonly GivenFile[] {
  const { files } = findFiles(subjects)
  checkNames(files)
  return files
}

/** The second would replace the first without a word. */
function checkNames(files: readonly GivenFile[]): void {
  const known = new Map<string, string>()
  for (const { file } of files) {
    const { name } = path.parse(file)
    const other = known.get(name)
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${file} would both be the asset ${name}, as names of assets have no extension and no folder.`,
      )
    }
    known.set(name, file)
  }
}
