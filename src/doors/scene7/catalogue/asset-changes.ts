import { type Insertable, sql } from 'kysely'
import { type Given, prepareQuery } from '../../../database/prepared-query.ts'
import type { AssetRow } from './asset-rows.ts'
import type { SetMember, SmartCrop } from './asset.ts'
import type { CatalogueTables, CatalogueWriting } from './catalogue-tables.ts'

/** What is kept of an asset beside its file; what is undefined stays as it is. */
export interface AssetDetails {
  readonly folder?: string | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly resolution?: number | undefined
  readonly modifier?: string | undefined
  readonly postModifier?: string | undefined
  readonly crops?: readonly SmartCrop[] | undefined
  readonly members?: readonly SetMember[] | undefined
}

/** An asset that is changed, and when: milliseconds of the epoch. */
export type ChangedAsset = {
  readonly company: string
  readonly name: string
  readonly now: number
}

/** The file of an asset, as it is kept. */
type KeptFile = {
  readonly file: string
  readonly fileName: string
  readonly mediaType: string
  readonly size: number
  readonly origin: string | null
  readonly type: AssetRow['type']
}

/** What is told of an asset beside crops and members, as it is kept. */
type KeptDetails = {
  readonly folder: string | null
  readonly width: number | null
  readonly height: number | null
  readonly resolution: number | null
  readonly modifier: string | null
  readonly postModifier: string | null
  readonly type: 'set' | null
}

const make = prepareQuery((tables: CatalogueWriting, given: Given<ChangedAsset>) =>
  tables
    .insertInto('assets')
    .values({
      company: given('company'),
      name: given('name'),
      folder: '',
      type: 'template',
      modified: given('now'),
      revision: 0,
    })
    .onConflict((conflict) => conflict.doNothing()),
)

const setFile = prepareQuery((tables: CatalogueWriting, given: Given<ChangedAsset & KeptFile>) =>
  tables
    .updateTable('assets')
    .set(({ eb }) => ({
      file: given('file'),
      file_name: given('fileName'),
      media_type: given('mediaType'),
      size: given('size'),
      origin: given('origin'),
      type: given('type'),
      modified: given('now'),
      width: null,
      height: null,
      revision: eb('revision', '+', 1),
    }))
    .where('company', '=', given('company'))
    .where('name', '=', given('name')),
)

/** What is null stays as it is; what has members and no file is a set. */
const setDetails = prepareQuery(
  (tables: CatalogueWriting, given: Given<ChangedAsset & KeptDetails>) =>
    tables
      .updateTable('assets')
      .set((eb) => ({
        folder: eb.fn.coalesce(given('folder'), eb.ref('folder')),
        width: eb.fn.coalesce(given('width'), eb.ref('width')),
        height: eb.fn.coalesce(given('height'), eb.ref('height')),
        resolution: eb.fn.coalesce(given('resolution'), eb.ref('resolution')),
        modifier: eb.fn.coalesce(given('modifier'), eb.ref('modifier')),
        post_modifier: eb.fn.coalesce(given('postModifier'), eb.ref('post_modifier')),
        type: sql<
          AssetRow['type']
        >`CASE WHEN file IS NULL THEN coalesce(${given('type')}, type) ELSE type END`,
        modified: given('now'),
        revision: eb('revision', '+', 1),
      }))
      .where('company', '=', given('company'))
      .where('name', '=', given('name')),
)

const dropCrops = prepareQuery(
  (tables: CatalogueWriting, given: Given<{ company: string; asset: string }>) =>
    tables
      .deleteFrom('crops')
      .where('company', '=', given('company'))
      .where('asset', '=', given('asset')),
)

const dropMembers = prepareQuery(
  (tables: CatalogueWriting, given: Given<{ company: string; asset: string }>) =>
    tables
      .deleteFrom('members')
      .where('company', '=', given('company'))
      .where('asset', '=', given('asset')),
)

const addMember = prepareQuery(
  (tables: CatalogueWriting, given: Given<Insertable<CatalogueTables['members']>>) =>
    tables.insertInto('members').values({
      company: given('company'),
      asset: given('asset'),
      position: given('position'),
      member: given('member'),
      swatch: given('swatch'),
    }),
)

/** Makes an asset unless there is one of the name. */
export async function makeAsset(tables: CatalogueWriting, asset: ChangedAsset): Promise<void> {
  await make.count(tables, asset)
}

/** Keeps which file an asset has; what was measured of the one before holds no more. */
export async function setAssetFile(
  tables: CatalogueWriting,
  asset: ChangedAsset,
  file: KeptFile,
): Promise<void> {
  await setFile.count(tables, { ...asset, ...file })
}

/** Keeps what is told of an asset. */
export async function setAssetDetails(
  tables: CatalogueWriting,
  { company, name: asset, now }: ChangedAsset,
  { crops, members, ...details }: AssetDetails,
): Promise<void> {
  const { folder, width, height, resolution, modifier, postModifier } = details
  await setDetails.count(tables, {
    company,
    name: asset,
    now,
    folder: folder ?? null,
    width: width ?? null,
    height: height ?? null,
    resolution: resolution ?? null,
    modifier: modifier ?? null,
    postModifier: postModifier ?? null,
    type: members === undefined ? null : 'set',
  })
  if (crops !== undefined) {
    await dropCrops.count(tables, { company, asset })
    for (const { forWidth, forHeight, ...crop } of crops) {
      const size = { for_width: forWidth, for_height: forHeight }
      await tables
        .insertInto('crops')
        .values({ company, asset, ...crop, ...size })
        .execute()
    }
  }
  if (members !== undefined) {
    await dropMembers.count(tables, { company, asset })
    for (const [position, { asset: member, swatch = null }] of members.entries()) {
      await addMember.count(tables, { company, asset, position, member, swatch })
    }
  }
}
