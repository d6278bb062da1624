import { mkdirSync, rmSync } from 'node:fs'

/**
 * Makes of `fs-extra` one that makes and removes folders at once. What waits for each folder and file of an activation in turn, of which
 * there are a dozen, waits far longer than all of it takes.
 *
 * @param exported - what `fs-extra` exports, all else of which stays
 */
export function takeFoldersAtOnce(exported: object): object {
  return Object.assign(Object.create(exported), {
    mkdirs: async (path: string): Promise<string | undefined> =>
      mkdirSync(path, { recursive: true }),
    remove: async (path: string): Promise<void> => rmSync(path, { recursive: true, force: true }),
  })
}
