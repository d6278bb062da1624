import type { Selectable } from 'kysely'
import { inPortions } from '../../../../database/in-portions.ts'
import { type Given, prepareQuery } from '../../../../database/prepared-query.ts'
import type { IpsDatabase, IpsReading, IpsTables } from '../ips-tables.ts'

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
  readonly find: (number: number) => Promise<AssetRecord | undefined>
  /** Those of these numbers that there are. */
  readonly several: (numbers: readonly number[]) => Promise<ReadonlyMap<number, AssetRecord>>
  /** Names of those that are not marked for publishing. */
  readonly unready: (company: string) => Promise<ReadonlySet<string>>
  /** What sets of a company were called when they were made, by their names. */
  readonly setTypes: (company: string) => Promise<ReadonlyMap<string, string>>
  readonly setReady: (number: number, isReady: boolean) => Promise<void>
  /** Keeps what a set is called and which asset is shown in its place. */
  readonly describeSet: (
    number: number,
    set: { readonly type: string; readonly thumb: number | undefined },
  ) => Promise<void>
  readonly rename: (number: number, name: string) => Promise<void>
  readonly remove: (number: number) => Promise<void>
}

const findByNumber = prepareQuery((tables: IpsReading, given: Given<{ number: number }>) =>
  tables.selectFrom('asset_records').selectAll().where('number', '=', given('number')),
)

const findByName = prepareQuery(
  (tables: IpsReading, given: Given<{ company: string; name: string }>) =>
    tables
      .selectFrom('asset_records')
      .selectAll()
      .where('company', '=', given('company'))
      .where('name', '=', given('name')),
)

/** Opens the records in the database of IPS. */
export function createAssetRecords(database: IpsDatabase): AssetRecords {
  const { committed } = database
  const records = () => committed.selectFrom('asset_records').selectAll()

  async function ofNames(
    company: string,
    names: readonly string[],
  ): Promise<Map<string, AssetRecord>> {
    const [name = ''] = names
    const rows =
      names.length === 1
        ? await findByName.all(committed, { company, name })
        : await inPortions(names, (some) =>
            records().where('company', '=', company).where('name', 'in', some).execute(),
          )
    return new Map(rows.map((row) => [row.name, toRecord(row)]))
  }

  async function change(
    number: number,
    set: Partial<Pick<Selectable<IpsTables['asset_records']>, 'is_ready' | 'set_type' | 'thumb'>>,
  ): Promise<void> {
    await database.write((tables) =>
      tables.updateTable('asset_records').set(set).where('number', '=', number).execute(),
    )
  }

  return {
    async of(company, names) {
      const known = await ofNames(company, names)
      const unknown = names.filter((each) => !known.has(each))
      if (unknown.length > 0) {
        await database.write(async (tables) => {
          for (const name of unknown) {
            await tables
              .insertInto('asset_records')
              .values({ company, name })
              .onConflict((conflict) => conflict.doNothing())
              .execute()
          }
        })
        for (const [name, record] of await ofNames(company, unknown)) known.set(name, record)
      }
      return known
    },
    async find(number) {
      const row = await findByNumber.first(committed, { number })
      return row && toRecord(row)
    },
    async several(numbers) {
      const [number = 0] = numbers
      const rows =
        numbers.length === 1
          ? await findByNumber.all(committed, { number })
          : await inPortions(numbers, (some) => records().where('number', 'in', some).execute())
      return new Map(rows.map((row) => [row.number, toRecord(row)]))
    },
    async unready(company) {
      const rows = await records()
        .where('company', '=', company)
        .where('is_ready', '=', 0)
        .execute()
      return new Set(rows.map(({ name }) => name))
    },
    async setTypes(company) {
      const rows = await records()
        .where('company', '=', company)
        .where('set_type', 'is not', null)
        .execute()
      return new Map(rows.map((row) => [row.name, row.set_type ?? '']))
    },
    setReady: (number, isReady) => change(number, { is_ready: isReady ? 1 : 0 }),
    describeSet: (number, { type, thumb = null }) => change(number, { set_type: type, thumb }),
    rename: (number, to) =>
      database.write(async (tables) => {
        const row = await findByNumber.first(tables, { number })
        if (row === undefined) return
        // Of an asset that was removed by other means.
        await tables
          .deleteFrom('asset_records')
          .where('company', '=', row.company)
          .where('name', '=', to)
          .execute()
        await tables
          .updateTable('asset_records')
          .set({ name: to })
          .where('number', '=', number)
          .execute()
      }),
    async remove(number) {
      await database.write((tables) =>
        tables.deleteFrom('asset_records').where('number', '=', number).execute(),
      )
    },
  }
}

function toRecord(row: Selectable<IpsTables['asset_records']>): AssetRecord {
  const { number, company, name, is_ready: isReady, set_type: setType, thumb } = row
  return {
    number,
    company,
    name,
    isReady: isReady === 1,
    setType: setType ?? undefined,
    thumb: thumb ?? undefined,
  }
}
