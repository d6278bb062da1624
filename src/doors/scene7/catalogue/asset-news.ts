import * as z from 'zod/mini'
import { parseJson } from '../../../base/json.ts'
import type { CatalogueDatabase, CatalogueWriting } from './catalogue-tables.ts'

/** What has changed of the assets that are kept. */
export interface AssetChange {
  readonly company: string
  /** Of those that are others now, have come or have gone; undefined for any of the company. */
  readonly names?: readonly string[] | undefined
  /** Whether one may have gone. */
  readonly isGone: boolean
}

const TOPIC = 'assets'

/** So many letters of names are told; of more, only whose they are. */
const MOST_LETTERS = 1500

const changeSchema = z.object({
  company: z.string(),
  names: z.optional(z.array(z.string())),
  isGone: z.boolean(),
})

/** Tells all front ends of a change once it is committed. */
export async function tellOfAssets(
  database: CatalogueDatabase,
  tables: CatalogueWriting,
  { company, names = [], isGone }: AssetChange,
): Promise<void> {
  const isShort = names.join('').length <= MOST_LETTERS
  const change = { company, ...(isShort && { names }), isGone }
  await database.tell(tables, TOPIC, JSON.stringify(change))
}

/** Hears of changes; undefined when any asset may have changed. */
export function hearOfAssets(
  database: CatalogueDatabase,
  listener: (change: AssetChange | undefined) => void,
): () => void {
  return database.hear(TOPIC, (what) =>
    listener(what === undefined ? undefined : changeSchema.parse(parseJson(what))),
  )
}
