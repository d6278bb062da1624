import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Writes a file, and the folders that it is in; `mode` is that of all but programs unless given. */
export async function write(file: string, content: string | Buffer, mode = 0o644): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, content)
  await chmod(file, mode)
}
