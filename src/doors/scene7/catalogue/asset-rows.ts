import { type Selectable, sql } from 'kysely'
import { inPortions } from '../../../database/in-portions.ts'
import { type Given, prepareQuery } from '../../../database/prepared-query.ts'
import type { Asset, AssetSource } from './asset.ts'
import type { CatalogueReading, CatalogueTables } from './catalogue-tables.ts'
import { isObjectName } from './object-name.ts'
import type { Originals } from './originals.ts'

/** An asset as it is kept. */
export type AssetRow = Selectable<CatalogueTables['assets']>

/** Reads assets with all that belongs to them. */
export interface AssetRows extends AssetSource {
  readonly findOrigin: (company: string, origin: string) => Promise<Asset | undefined>
  /** All profiles of a company, in no order. */
  readonly profiles: (company: string) => Promise<readonly Asset[]>
  /** In no order. */
  readonly companies: () => Promise<readonly string[]>
  /** Another one whenever anything of any of them is changed. */
  readonly stamp: () => Promise<string>
}

/** Finds an asset as it is kept, without what belongs to it. */
export const findRow = prepareQuery(
  (tables: CatalogueReading, given: Given<{ company: string; name: string }>) =>
    tables
      .selectFrom('assets')
      .selectAll()
      .where('company', '=', given('company'))
      .where('name', '=', given('name')),
)

const cropsOf = prepareQuery(
  (tables: CatalogueReading, given: Given<{ company: string; name: string }>) =>
    selectCrops(tables).where('company', '=', given('company')).where('asset', '=', given('name')),
)

const membersOf = prepareQuery(
  (tables: CatalogueReading, given: Given<{ company: string; name: string }>) =>
    selectMembers(tables)
      .where('company', '=', given('company'))
      .where('asset', '=', given('name'))
      .orderBy('position'),
)

/** Goes from one company to the next, and so looks at no more rows than there are companies. */
const selectCompanies = sql<{ name: string }>`
  WITH RECURSIVE companies (name) AS (
    SELECT min(company) FROM assets
    UNION ALL
    SELECT (SELECT min(company) FROM assets WHERE company > companies.name) FROM companies WHERE companies.name IS NOT NULL
  )
  SELECT name FROM companies WHERE name IS NOT NULL`

/** @param originals - where their files are */
export function createAssetRows(
  committed: CatalogueReading,
  originals: Pick<Originals, 'pathOf' | 'bring'>,
): AssetRows {
  function toAsset(
    row: AssetRow,
    crops: readonly Crop[] | undefined = [],
    members: readonly Member[] | undefined = [],
  ): Asset {
    const { file, file_name: fileName, media_type: mediaType } = row
    const isFile = file !== null && fileName !== null && mediaType !== null
    const { bring } = originals
    return {
      company: row.company,
      name: row.name,
      folder: row.folder,
      type: row.type,
      original: isFile
        ? {
            path: originals.pathOf(file),
            ...(bring && { bring: (signal: AbortSignal) => bring(file, signal) }),
            name: fileName,
            mediaType,
            size: row.size ?? 0,
          }
        : undefined,
      modified: row.modified,
      version: `${file ?? ''}:${row.revision}`,
      width: row.width ?? undefined,
      height: row.height ?? undefined,
      resolution: row.resolution ?? undefined,
      modifier: row.modifier ?? undefined,
      postModifier: row.post_modifier ?? undefined,
      crops: crops.map(({ asset, ...crop }) => crop).toSorted(byName),
      members: members.map(({ member, swatch }) => ({
        asset: member,
        swatch: swatch ?? undefined,
      })),
    }
  }

  async function read(row: AssetRow): Promise<Asset> {
    const [crops, members] = await Promise.all([
      cropsOf.all(committed, row),
      membersOf.all(committed, row),
    ])
    return toAsset(row, crops, members)
  }

  /** Adds what belongs to assets of a company; to all of them unless some are named. */
  async function readAll(
    company: string,
    rows: readonly AssetRow[],
    names?: readonly string[],
  ): Promise<readonly Asset[]> {
    if (rows.length === 0) return []
    const crops = selectCrops(committed).where('company', '=', company)
    const members = selectMembers(committed).where('company', '=', company).orderBy('position')
    const [foundCrops, foundMembers] = await Promise.all([
      (names === undefined ? crops : crops.where('asset', 'in', names)).execute(),
      (names === undefined ? members : members.where('asset', 'in', names)).execute(),
    ])
    const cropsByAsset = Map.groupBy(foundCrops, ({ asset }) => asset)
    const membersByAsset = Map.groupBy(foundMembers, ({ asset }) => asset)
    return rows.map((row) => toAsset(row, cropsByAsset.get(row.name), membersByAsset.get(row.name)))
  }

  async function find(company: string, name: string): Promise<Asset | undefined> {
    if (!isAssetName(company, name)) return undefined
    const row = await findRow.first(committed, { company, name })
    return row && read(row)
  }

  const ofCompany = (company: string) =>
    committed.selectFrom('assets').selectAll().where('company', '=', company)

  async function several(
    company: string,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, Asset>> {
    const possible = [...new Set(names)].filter((name) => isAssetName(company, name))
    if (possible.length === 1) {
      const asset = await find(company, possible[0] ?? '')
      return new Map(asset === undefined ? [] : [[asset.name, asset]])
    }
    const found = await inPortions(possible, async (some) => {
      const rows = await ofCompany(company).where('name', 'in', some).execute()
      return readAll(company, rows, some)
    })
    return new Map(found.map((asset) => [asset.name, asset]))
  }

  return {
    find,
    several,
    async findOrigin(company, origin) {
      const row = await ofCompany(company).where('origin', '=', origin).executeTakeFirst()
      return row && read(row)
    },
    async list(company) {
      if (!isCompanyName(company)) return []
      const all = await readAll(company, await ofCompany(company).execute())
      return all.toSorted(byName)
    },
    async profiles(company) {
      const rows = await ofCompany(company).where('type', '=', 'profile').execute()
      const found = await several(
        company,
        rows.map(({ name }) => name),
      )
      return [...found.values()]
    },
    async companies() {
      const { rows } = await selectCompanies.execute(committed)
      return rows.map(({ name }) => name)
    },
    async stamp() {
      const rows = await committed
        .selectFrom('assets')
        .select(({ fn }) => [
          'company',
          fn.countAll().as('count'),
          fn.sum('revision').as('revisions'),
          fn.max('modified').as('modified'),
        ])
        .groupBy('company')
        .orderBy('company')
        .execute()
      return JSON.stringify(rows)
    },
  }
}

type Crop = Awaited<ReturnType<ReturnType<typeof selectCrops>['execute']>>[number]
type Member = Awaited<ReturnType<ReturnType<typeof selectMembers>['execute']>>[number]

function selectCrops(tables: CatalogueReading) {
  return tables
    .selectFrom('crops')
    .select([
      'asset',
      'name',
      'x',
      'y',
      'width',
      'height',
      'for_width as forWidth',
      'for_height as forHeight',
    ])
}

function selectMembers(tables: CatalogueReading) {
  return tables.selectFrom('members').select(['asset', 'member', 'swatch'])
}

/** Whether a company may be called so. */
function isCompanyName(company: string): boolean {
  return isObjectName(company) && !company.includes('/')
}

/** Whether an asset of a company may be called so; others need not be looked for. */
export function isAssetName(company: string, name: string): boolean {
  return isCompanyName(company) && isObjectName(name)
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1
}

/** Those of some files that are originals of assets. */
export async function findFiles(
  tables: CatalogueReading,
  files: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await inPortions(files, (some) =>
    tables.selectFrom('assets').select('file').where('file', 'in', some).execute(),
  )
  return new Set(found.map(({ file }) => file ?? ''))
}
