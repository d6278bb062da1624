import { constants } from 'node:fs'
import { copyFile, type FileHandle, open } from 'node:fs/promises'

/** Bytes that stand in place of others of a file. */
export interface Patch {
  /** Where in the file, in bytes; its end to put something behind it. */
  readonly at: number
  readonly bytes: Uint8Array
}

/** Copies a file, of which some bytes become others. */
export async function writePatched(
  path: string,
  mendedPath: string,
  patches: Iterable<Patch>,
): Promise<void> {
  // On many file systems the copy has the blocks of the original until something is written into them.
  await copyFile(path, mendedPath, constants.COPYFILE_FICLONE)
  await writePatches(mendedPath, 'r+', patches)
}

/** Writes a file of parts, one after the other. */
export async function writeParts(mendedPath: string, parts: Iterable<Uint8Array>): Promise<void> {
  await writePatches(mendedPath, 'w', placed(parts))
}

function* placed(parts: Iterable<Uint8Array>): Generator<Patch> {
  let at = 0
  for (const bytes of parts) {
    yield { at, bytes }
    at += bytes.length
  }
}

async function writePatches(
  path: string,
  flags: 'r+' | 'w',
  patches: Iterable<Patch>,
): Promise<void> {
  const file = await open(path, flags)
  try {
    for (const { at, bytes } of patches) await writeAt(file, bytes, at)
  } finally {
    await file.close()
  }
}

async function writeAt(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}
