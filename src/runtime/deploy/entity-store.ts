import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import type { Log } from '../../base/log.ts'
import { openPrivateJson, syncFolder, writePrivateFile } from '../../home/private-file.ts'
import { removeTree } from '../../home/remove-tree.ts'
import { setAside } from '../../home/set-aside.ts'
import {
  type ActionEntity,
  actionEntitySchema,
  type PackageEntity,
  packageEntitySchema,
} from './entities.ts'

/** What is deployed, by name. */
export interface Entities {
  packages: ReadonlyMap<string, PackageEntity>
  actions: ReadonlyMap<string, ActionEntity>
}

/** What is deployed, on disk: one file that says what there is, and a folder for the code of each action. */
export interface EntityStore {
  /** What there is now. */
  current: () => Entities
  /** Replaces what there is. On return it is on disk; a process killed before leaves what there was. */
  commit: (entities: Entities) => Promise<void>
  /** A name for the folder of new code, see {@link EntityStore.pathOf}. It counts from when an action is committed with it. */
  newFolder: () => string
  pathOf: (folder: string) => string
  /** Removes a folder, unless an action has it. */
  discard: (folder: string) => Promise<void>
  /**
   * Removes every folder that no action has, and files that were not written to their end. Where the file that says what there is
   * was lost, what it would have named is set aside, see {@link setAside}.
   */
  sweep: (log: Log) => Promise<void>
}

/** What `deployed/entities.json` in the state folder has. */
export const entitiesSchema = z.object({
  packages: z.array(packageEntitySchema),
  actions: z.array(actionEntitySchema),
})

/**
 * Opens what is deployed.
 *
 * @param directory - a folder of its own
 * @throws {Error} when the file is there but is not what the service wrote
 */
export async function openEntityStore(directory: string): Promise<EntityStore> {
  const file = path.join(directory, 'entities.json')
  const code = path.join(directory, 'code')
  await mkdir(code, { recursive: true, mode: 0o700 })
  await syncFolder(path.dirname(directory))
  let isNew = false
  const { packages, actions } = await openPrivateJson(file, entitiesSchema, async () => {
    isNew = true
    return { packages: [], actions: [] }
  })
  let current: Entities = { packages: byName(packages), actions: byName(actions) }

  const isUsed = (folder: string): boolean =>
    [...current.actions.values()].some(({ exec }) => 'folder' in exec && exec.folder === folder)

  const pathOf = (folder: string): string => path.join(code, folder)

  async function discard(folder: string): Promise<void> {
    if (!isUsed(folder)) await removeTree(pathOf(folder))
  }

  return {
    current: () => current,
    async commit(entities) {
      const written = {
        packages: [...entities.packages.values()],
        actions: [...entities.actions.values()],
      }
      await writePrivateFile(file, JSON.stringify(written))
      current = entities
    },
    newFolder: () => randomBytes(16).toString('hex'),
    pathOf,
    discard,
    async sweep(log) {
      const folders = await readdir(code)
      const what = `could not be named by ${file}, which was missing,`
      if (isNew) await setAside(code, folders, { what, log })
      else for (const folder of folders) await discard(folder)
      for (const name of await readdir(directory)) {
        if (name.endsWith('.draft')) await rm(path.join(directory, name))
      }
    },
  }
}

function byName<T extends { name: string }>(entities: readonly T[]): Map<string, T> {
  return new Map(entities.map((entity) => [entity.name, entity]))
}
