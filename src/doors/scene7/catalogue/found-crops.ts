import * as z from 'zod/mini'
import type { Database } from '../../../home/database.ts'
import type { Asset, SmartCrop } from './asset.ts'
import type { CropProfile } from './attributes.ts'

/** Parts of pictures that were found to draw attention, each kept until its picture is another. */
export interface FoundCrops {
  readonly get: (asset: Asset, profile: CropProfile) => SmartCrop | undefined
  readonly put: (asset: Asset, crops: readonly SmartCrop[]) => Promise<void>
}

/** Where a part of a picture begins, and how large it is; each in parts of the picture. */
const VERSION_1 = `
  CREATE TABLE found_crops (
    company TEXT NOT NULL,
    asset TEXT NOT NULL,
    for_width INTEGER NOT NULL,
    for_height INTEGER NOT NULL,
    version TEXT NOT NULL,
    x REAL NOT NULL,
    y REAL NOT NULL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    PRIMARY KEY (company, asset, for_width, for_height)
  ) STRICT, WITHOUT ROWID;
`

/** See {@link SqliteOptions.migrations}. */
export const FOUND_CROPS_MIGRATIONS: readonly string[] = [VERSION_1]

const partSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** @param database - with {@link FOUND_CROPS_MIGRATIONS} */
export function createFoundCrops(database: Database): FoundCrops {
  const select = database.prepare(`
    SELECT x, y, width, height FROM found_crops
    WHERE company = ? AND asset = ? AND for_width = ? AND for_height = ? AND version = ?
  `)
  const insert = database.prepare(
    'INSERT OR REPLACE INTO found_crops VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )

  return {
    get({ company, name, version }, profile) {
      const row = select.get(company, name, profile.width, profile.height, version)
      if (row === undefined) return undefined
      const part = partSchema.parse(row)
      return { name: profile.name, ...part, forWidth: profile.width, forHeight: profile.height }
    },
    put: ({ company, name, version }, crops) =>
      database.write(() => {
        for (const { forWidth, forHeight, x, y, width, height } of crops) {
          insert.run(company, name, forWidth, forHeight, version, x, y, width, height)
        }
      }),
  }
}
