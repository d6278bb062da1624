import path from 'node:path'
import * as z from 'zod/mini'
import type { Database } from '../../../../home/database.ts'
import type { AssetSource } from '../../catalogue/asset.ts'
import { isBelow } from './folder-path.ts'

/** The folders of companies: those of assets, those above them, and those that were made for what is to come. */
export interface Folders {
  /** All of a company by their paths, the topmost first, which is empty. */
  readonly list: (company: string) => readonly string[]
  readonly has: (company: string, folder: string) => boolean
  readonly create: (company: string, folder: string) => Promise<void>
  /** Forgets one with all below it; those stay of which there are assets. */
  readonly remove: (company: string, folder: string) => Promise<void>
}

const pathSchema = z.object({ path: z.string() })

/** @param now - the clock, in milliseconds of the epoch */
export function createFolders(database: Database, assets: AssetSource, now: () => number): Folders {
  const selectAll = database.prepare('SELECT path FROM folders WHERE company = ?')
  const insert = database.prepare('INSERT INTO folders VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const drop = database.prepare('DELETE FROM folders WHERE company = ? AND path = ?')
  const made = (company: string): string[] =>
    selectAll.all(company).map((row) => pathSchema.parse(row).path)

  function list(company: string): readonly string[] {
    const folders = new Set([''])
    const all = [...made(company), ...assets.list(company).map(({ folder }) => folder)]
    for (const each of all) {
      for (let above = each; above !== '.' && above !== ''; above = path.posix.dirname(above)) {
        if (folders.has(above)) break
        folders.add(above)
      }
    }
    return [...folders].toSorted()
  }

  return {
    list,
    has: (company, folder) => list(company).includes(folder),
    create: (company, folder) => database.write(() => void insert.run(company, folder, now())),
    remove: (company, folder) =>
      database.write(() => {
        for (const each of made(company)) if (isBelow(each, folder)) drop.run(company, each)
      }),
  }
}
