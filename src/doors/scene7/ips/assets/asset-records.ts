import * as z from 'zod/mini'
import type { Database } from '../../../../home/database.ts'

/** What IPS keeps of an asset. */
export interface AssetRecord {
  readonly number: number
  readonly company: string
  readonly name: string
  /** Whether it is marked for publishing, which changes nothing of what is served. */
  readonly isReady: boolean
  /** What a set was called when it was made. */
  readonly setType: string | undefined
  /** The number of the asset that is shown in its place. */
  readonly thumb: number | undefined
}

/** The records of assets: each gets one when somebody is first told of it, and keeps it through changes of its name. */
export interface AssetRecords {
  /** Those of a company's assets by their names; who has none gets one. */
  readonly of: (
    company: string,
    names: readonly string[],
  ) => Promise<ReadonlyMap<string, AssetRecord>>
  readonly find: (number: number) => AssetRecord | undefined
  /** Names of those that are not marked for publishing. */
  readonly unready: (company: string) => ReadonlySet<string>
  /** What sets of a company were called when they were made, by their names. */
  readonly setTypes: (company: string) => ReadonlyMap<string, string>
  readonly setReady: (number: number, isReady: boolean) => Promise<void>
  /** Keeps what a set is called and which asset is shown in its place. */
  readonly describeSet: (
    number: number,
    set: { readonly type: string; readonly thumb: number | undefined },
  ) => Promise<void>
  readonly rename: (number: number, name: string) => Promise<void>
  readonly remove: (number: number) => Promise<void>
}

const recordSchema = z.pipe(
  z.object({
    number: z.number(),
    company: z.string(),
    name: z.string(),
    is_ready: z.number(),
    set_type: z.nullable(z.string()),
    thumb: z.nullable(z.number()),
  }),
  z.transform(({ is_ready, set_type, thumb, ...rest }): AssetRecord => ({
    ...rest,
    isReady: is_ready === 1,
    setType: set_type ?? undefined,
    thumb: thumb ?? undefined,
  })),
)

/** Opens the records in the database of IPS. */
export function createAssetRecords(database: Database): AssetRecords {
  const select = database.prepare('SELECT * FROM assets WHERE company = ? AND name = ?')
  const selectNumber = database.prepare('SELECT * FROM assets WHERE number = ?')
  const selectUnready = database.prepare('SELECT * FROM assets WHERE company = ? AND is_ready = 0')
  const selectSets = database.prepare(
    'SELECT * FROM assets WHERE company = ? AND set_type IS NOT NULL',
  )
  const insert = database.prepare(
    'INSERT INTO assets (company, name) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const ready = database.prepare('UPDATE assets SET is_ready = ? WHERE number = ?')
  const type = database.prepare('UPDATE assets SET set_type = ?, thumb = ? WHERE number = ?')
  const drop = database.prepare('DELETE FROM assets WHERE number = ?')
  const dropName = database.prepare(
    'DELETE FROM assets WHERE company = (SELECT company FROM assets WHERE number = ?) AND name = ?',
  )
  const name = database.prepare('UPDATE assets SET name = ? WHERE number = ?')

  function find(company: string, asset: string): AssetRecord | undefined {
    const row = select.get(company, asset)
    return row === undefined ? undefined : recordSchema.parse(row)
  }

  return {
    async of(company, names) {
      const unknown = names.filter((each) => !find(company, each))
      if (unknown.length > 0) {
        await database.write(() => {
          for (const each of unknown) insert.run(company, each)
        })
      }
      return new Map(
        names.flatMap((each) => {
          const record = find(company, each)
          return record ? [[each, record]] : []
        }),
      )
    },
    find(number) {
      const row = selectNumber.get(number)
      return row === undefined ? undefined : recordSchema.parse(row)
    },
    unready: (company) =>
      new Set(selectUnready.all(company).map((row) => recordSchema.parse(row).name)),
    setTypes: (company) =>
      new Map(
        selectSets.all(company).map((row) => {
          const { name: set, setType = '' } = recordSchema.parse(row)
          return [set, setType]
        }),
      ),
    setReady: (number, isReady) => database.write(() => void ready.run(isReady ? 1 : 0, number)),
    describeSet: (number, { type: called, thumb }) =>
      database.write(() => void type.run(called, thumb ?? null, number)),
    rename: (number, to) =>
      database.write(() => {
        // Of an asset that was removed by other means.
        dropName.run(number, to)
        name.run(to, number)
      }),
    remove: (number) => database.write(() => void drop.run(number)),
  }
}
