import { makeOutFolder } from './files-of-call.ts'
import { STANDARD_OUTPUT, writeOnlyFile } from './standard-output.ts'
import { withTemporaryFolder } from './with-temporary-folder.ts'

/**
 * Has the folder of `--out` for some work; where that is the standard output, one for the time being, of which the only file goes
 * there.
 *
 * @param filesOf - those that were made
 * @throws {UsageError} when the folder cannot be made
 * @throws {Error} when there are several files for the standard output
 */
export async function withOutFolder<T>(
  out: string,
  make: (folder: string) => Promise<T>,
  filesOf: (made: T) => readonly string[],
): Promise<T> {
  if (out !== STANDARD_OUTPUT) {
    await makeOutFolder(out)
    return make(out)
  }
  return withTemporaryFolder(async (folder) => {
    const made = await make(folder)
    await writeOnlyFile(filesOf(made))
    return made
  })
}
