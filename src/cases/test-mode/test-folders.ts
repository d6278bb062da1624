import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import type { MappedFolders } from './mapped-paths.ts'

/** Schema of {@link MappedFolders}. */
export const foldersSchema = z.object({ '/in': z.string(), '/out': z.string() })

/** The folders of a run in test mode, for one case at a time. */
export interface TestFolders {
  /** What the processes of actions have to have in their environment. */
  readonly environment: Readonly<Record<string, string>>
  /** Where renditions are written. */
  readonly out: string
  /** Puts the files of a case there, and removes those of the one before. */
  readonly begin: (caseFolder: string) => Promise<void>
}

/**
 * Makes the folders.
 *
 * @param folder - one that need not be there yet
 */
export async function makeTestFolders(folder: string): Promise<TestFolders> {
  const folders: MappedFolders = {
    '/in': path.join(folder, 'in'),
    '/out': path.join(folder, 'out'),
  }
  const file = path.join(folder, 'folders.json')
  await mkdir(folder, { recursive: true })
  await writeFile(file, JSON.stringify(folders))
  const module = new URL('./redirect-files.ts', import.meta.url)
  module.searchParams.set('folders', pathToFileURL(file).href)
  return {
    environment: { WORKER_TEST_MODE: 'true', NODE_OPTIONS: `--import=${module.href}` },
    out: folders['/out'],
    async begin(caseFolder) {
      for (const each of Object.values(folders)) await rm(each, { recursive: true, force: true })
      await mkdir(folders['/out'])
      await cp(caseFolder, folders['/in'], { recursive: true, dereference: true })
    },
  }
}
