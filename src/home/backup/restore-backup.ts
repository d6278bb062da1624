import { open, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder } from '../private-file.ts'
import { removeTree } from '../remove-tree.ts'
import { RESTORING, takeEmptyStateFolder } from '../state-folder.ts'
import type { BackupHeader } from './backup-format.ts'
import { unpackBackup } from './unpack-backup.ts'

/** What became of a restored backup. */
export interface RestoredBackup extends BackupHeader {
  /** How many files of the state folder were in it. */
  readonly files: number
  /** In bytes, of those files. */
  readonly bytes: number
}

/**
 * Makes a state folder of what `writeBackup` has written, as a whole or not at all; nobody but its owner may read it. No service
 * can be started there meanwhile, nor when this is killed before its end.
 *
 * @throws {Error} one sentence, when the folder is not empty, or the backup is damaged or none
 */
export async function restoreBackup(options: {
  home: string
  file: string
  signal: AbortSignal
}): Promise<RestoredBackup> {
  const { home, file, signal } = options
  const archive = await open(file).catch((cause: unknown) => {
    throw new Error(`${file} cannot be read; it must be what npm run backup has written.`, {
      cause,
    })
  })
  try {
    const letGo = await takeEmptyStateFolder(home)
    const folder = path.join(home, RESTORING)
    try {
      const content = path.join(folder, 'content')
      const restored = await unpackBackup(archive, { file, folder, content, signal })
      // The folder goes last: while it is there, nobody takes half a state folder for a whole one.
      for (const name of await readdir(content)) {
        await rename(path.join(content, name), path.join(home, name))
      }
      await syncFolder(home)
      await removeTree(folder)
      return restored
    } finally {
      letGo()
    }
  } finally {
    await archive.close()
  }
}
