import type { Asset, AssetSource } from '../../catalogue/asset.ts'
import type { AssetDetails, KeptAssets } from '../../catalogue/kept-assets.ts'
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
  readonly find: (company: string, name: string) => Asset | undefined
  readonly list: (company: string) => readonly Asset[]
  /**
   * The asset of a handle.
   *
   * @throws {@link IpsFault} `invalidParameter` when the company has none of it, another company or not
   */
  readonly demand: (company: string, handle: string) => KnownAsset
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
  function demandOwn(asset: Asset): void {
    if (asset.original === undefined || kept.find(asset.company, asset.name)?.original) return
    throw new IpsFault(
      'missingPermission',
      `${asset.company}/${asset.name} is a file of the mounted folder: it can be moved, renamed, replaced and removed there alone.`,
    )
  }

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

  return {
    tell,
    find: assets.find,
    list: assets.list,
    demandOwn,
    demand(company, handle) {
      const number = /^a\|(\d{1,15})$/.exec(handle)?.[1]
      const record = number === undefined ? undefined : records.find(Number(number))
      const asset = record?.company === company ? assets.find(company, record.name) : undefined
      if (record && asset) return { record, asset }
      throw new IpsFault(
        'invalidParameter',
        `There is no asset with the handle ${JSON.stringify(handle.slice(0, 60))} in ${company}.`,
      )
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
