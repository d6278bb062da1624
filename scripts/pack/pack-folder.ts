import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod/mini'

/** What npm has made of a folder. */
export interface PackedFolder {
  /** The path of the archive. */
  readonly archive: string
  /** The files in it, relative to the folder. */
  readonly files: readonly string[]
  readonly bytes: number
  readonly unpackedBytes: number
}

const packedSchema = z.tuple([
  z.object({
    filename: z.string(),
    size: z.number(),
    unpackedSize: z.number(),
    files: z.array(z.object({ path: z.string() })),
  }),
])

/**
 * Has npm make the archive of a package, as it would publish it.
 *
 * @param folder - of the package
 * @param to - the folder that the archive goes to
 */
export async function packFolder(folder: string, to: string): Promise<PackedFolder> {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', to]
  const { stdout } = await promisify(execFile)('npm', args, { cwd: folder, maxBuffer: 2 ** 24 })
  const [{ filename, size, unpackedSize, files }] = packedSchema.parse(JSON.parse(stdout))
  return {
    archive: path.join(to, path.basename(filename)),
    files: files.map((file) => file.path),
    bytes: size,
    unpackedBytes: unpackedSize,
  }
}
