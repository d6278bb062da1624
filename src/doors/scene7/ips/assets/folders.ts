import path from 'node:path'
import type { AssetSource } from '../../catalogue/asset.ts'
import type { IpsDatabase, IpsReading } from '../ips-tables.ts'
import { isBelow } from './folder-path.ts'

/** The folders of companies: those of assets, those above them, and those that were made for what is to come. */
export interface Folders {
  /** All of a company by their paths, the topmost first, which is empty. */
  readonly list: (company: string) => Promise<readonly string[]>
  readonly has: (company: string, folder: string) => Promise<boolean>
  readonly create: (company: string, folder: string) => Promise<void>
  /** Forgets one with all below it; those stay of which there are assets. */
  readonly remove: (company: string, folder: string) => Promise<void>
}

/** @param now - the clock, in milliseconds of the epoch */
export function createFolders(
  database: IpsDatabase,
  assets: AssetSource,
  now: () => number,
): Folders {
  async function list(company: string): Promise<readonly string[]> {
    const folders = new Set([''])
    const [empty, kept] = await Promise.all([
      made(database.committed, company),
      assets.list(company),
    ])
    for (const each of [...empty, ...kept.map(({ folder }) => folder)]) {
      for (let above = each; above !== '.' && above !== ''; above = path.posix.dirname(above)) {
        if (folders.has(above)) break
        folders.add(above)
      }
    }
    return [...folders].toSorted()
  }

  return {
    list,
    has: async (company, folder) => (await list(company)).includes(folder),
    async create(company, folder) {
      await database.write((tables) =>
        tables
          .insertInto('folders')
          .values({ company, path: folder, made: now() })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      )
    },
    remove: (company, folder) =>
      database.write(async (tables) => {
        for (const each of await made(tables, company)) {
          if (!isBelow(each, folder)) continue
          await tables
            .deleteFrom('folders')
            .where('company', '=', company)
            .where('path', '=', each)
            .execute()
        }
      }),
  }
}

async function made(tables: IpsReading, company: string): Promise<string[]> {
  const rows = await tables
    .selectFrom('folders')
    .select('path')
    .where('company', '=', company)
    .execute()
  return rows.map((row) => row.path)
}
