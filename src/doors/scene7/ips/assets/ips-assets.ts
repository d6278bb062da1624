import type { AssetDetails } from '../../catalogue/asset-changes.ts'
import type { Asset, AssetSource } from '../../catalogue/asset.ts'
import type { KeptAssets } from '../../catalogue/kept-assets.ts'
import { IpsFault } from '../ips-fault.ts'
import type { AssetRecord, AssetRecords } from './asset-records.ts'
import { type IpsAsset, toIpsAsset } from './ips-asset.ts'

/** An asset, and what IPS keeps of it. */
export interface KnownAsset {
  readonly asset: Asset
  readonly record: AssetRecord
}

/** The assets of companies by their handles. */
export interface IpsAssets {
  readonly find: (company: string, name: string) => Promise<Asset | undefined>
  readonly several: AssetSource['several']
  readonly list: (company: string) => Promise<readonly Asset[]>
  /**
   * The asset of a handle.
   *
   * @throws {@link IpsFault} `invalidParameter` when the company has none of it, another company or not
   */
  readonly demand: (company: string, handle: string) => Promise<KnownAsset>
  /** The assets of handles, in their order; undefined for those that there are not. */
  readonly findAll: (
    company: string,
    handles: readonly string[],
  ) => Promise<readonly (KnownAsset | undefined)[]>
  /**
   * The assets of handles, in their order.
   *
   * @throws {@link IpsFault} likewise
   */
  readonly demandAll: (
    company: string,
    handles: readonly string[],
  ) => Promise<readonly KnownAsset[]>
  /** Tells of assets of a company, which get their handles if they have none yet. */
  readonly tell: (company: string, assets: readonly Asset[]) => Promise<readonly IpsAsset[]>
  /** Makes an asset without a file. @returns what is told of it */
  readonly create: (
    company: string,
    name: string,
    details: AssetDetails,
  ) => Promise<readonly IpsAsset[]>
  /** Keeps what is told of an asset. */
  readonly change: (asset: Asset, details: AssetDetails) => Promise<void>
  /**
   * Makes sure that the file of an asset is ours to change.
   *
   * @throws {@link IpsFault} `missingPermission` when it is one of a mounted folder
   */
  readonly demandOwn: (asset: Asset) => void
  readonly rename: (known: KnownAsset, name: string) => Promise<void>
  readonly remove: (known: KnownAsset) => Promise<void>
}

/** @param options.assets - all there are; `kept` are those of them that may be changed */
export function createIpsAssets({
  assets,
  kept,
  records,
}: {
  readonly assets: AssetSource
  readonly kept: KeptAssets
  readonly records: AssetRecords
}): IpsAssets {
  async function tell(company: string, told: readonly Asset[]): Promise<readonly IpsAsset[]> {
    const found = await records.of(
      company,
      told.map(({ name }) => name),
    )
    return told.flatMap((asset) => {
      const record = found.get(asset.name)
      return record ? [toIpsAsset(asset, record)] : []
    })
  }

  async function findAll(
    company: string,
    handles: readonly string[],
  ): Promise<readonly (KnownAsset | undefined)[]> {
    const found = await records.several(handles.flatMap((handle) => numberOf(handle) ?? []))
    const own = [...found.values()].filter((record) => record.company === company)
    const byName = await assets.several(
      company,
      own.map(({ name }) => name),
    )
    return handles.map((handle) => {
      const record = found.get(numberOf(handle) ?? Number.NaN)
      const asset = record?.company === company ? byName.get(record.name) : undefined
      return record && asset && { record, asset }
    })
  }

  return {
    tell,
    find: assets.find,
    several: assets.several,
    list: assets.list,
    demandOwn,
    async demand(company, handle) {
      const number = numberOf(handle)
      const record = number === undefined ? undefined : await records.find(number)
      const asset =
        record?.company === company ? await assets.find(company, record.name) : undefined
      if (record && asset) return { record, asset }
      throw refuseHandle(company, handle)
    },
    findAll,
    async demandAll(company, handles) {
      const found = await findAll(company, handles)
      return found.map((known, index) => {
        if (known) return known
        throw refuseHandle(company, handles[index] ?? '')
      })
    },
    create: async (company, name, details) =>
      tell(company, [await kept.describe(company, name, details)]),
    async change({ company, name, folder }, details) {
      await kept.describe(company, name, { folder, ...details })
    },
    async rename({ asset, record }, name) {
      demandOwn(asset)
      await kept.rename(asset.company, asset.name, name)
      await records.rename(record.number, name)
    },
    async remove({ asset, record }) {
      demandOwn(asset)
      await kept.remove(asset.company, asset.name)
      await records.remove(record.number)
    },
  }
}

/** The number in the handle of an asset; undefined in what is none. */
function numberOf(handle: string): number | undefined {
  const number = /^a\|(\d{1,15})$/.exec(handle)?.[1]
  return number === undefined ? undefined : Number(number)
}

function refuseHandle(company: string, handle: string): IpsFault {
  return new IpsFault(
    'invalidParameter',
    `There is no asset with the handle ${JSON.stringify(handle.slice(0, 60))} in ${company}.`,
  )
}

function demandOwn(asset: Asset): void {
  if (asset.isMounted !== true) return
  throw new IpsFault(
    'missingPermission',
    `${asset.company}/${asset.name} is a file of the mounted folder: it can be moved, renamed, replaced and removed there alone.`,
  )
}
