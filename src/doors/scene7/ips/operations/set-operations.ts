import type { Asset, SetMember } from '../../catalogue/asset.ts'
import type { AssetRecords } from '../assets/asset-records.ts'
import { readFolderPath } from '../assets/folder-path.ts'
import type { IpsAssets, KnownAsset } from '../assets/ips-assets.ts'
import { SET_TYPES } from '../assets/ips-type.ts'
import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import { chooseValue } from './choose-value.ts'

/** createImageSet, getImageSetMembers and setImageSetMembers. */
export function createSetOperations({
  assets,
  records,
}: {
  readonly assets: IpsAssets
  readonly records: AssetRecords
}) {
  function demandSet(company: string, handle: string): KnownAsset {
    const known = assets.demand(company, handle)
    if (known.asset.type === 'set') return known
    throw new IpsFault(
      'invalidParameter',
      `The asset ${company}/${known.asset.name} is no set, so it has no members.`,
    )
  }

  return {
    async createImageSet({ folderHandle, name, type, thumbAssetHandle }, { company }) {
      const called = chooseValue('type', type, SET_TYPES) ?? 'ImageSet'
      const folder = readFolderPath(folderHandle, company, 'folderHandle')
      const thumb =
        thumbAssetHandle === undefined ? undefined : assets.demand(company, thumbAssetHandle)
      if (assets.find(company, name)) {
        throw new IpsFault(
          'invalidParameter',
          `There is an asset called ${JSON.stringify(name.slice(0, 100))} in ${company} already.`,
        )
      }
      const [told] = await assets.create(company, name, { folder, members: [] })
      const handle = told?.assetHandle ?? ''
      const { record } = assets.demand(company, handle)
      await records.describeSet(record.number, { type: called, thumb: thumb?.record.number })
      return { assetHandle: handle }
    },
    async getImageSetMembers({ assetHandle }, { company }) {
      const { asset, record } = demandSet(company, assetHandle)
      const members = assetsInSet(assets, asset)
      const told = await assets.tell(company, members)
      // Every member of these begins a page.
      const pageReset = record.setType === 'Catalog' || record.setType === 'RenderSet'
      return { memberArray: told.map((member) => ({ asset: member, pageReset })) }
    },
    async setImageSetMembers({ assetHandle, memberArray }, { company }) {
      const { asset } = demandSet(company, assetHandle)
      const swatches = new Map(asset.members.map(({ asset: name, swatch }) => [name, swatch]))
      const members = memberArray.map((member): SetMember => {
        const { name } = assets.demand(company, member.assetHandle).asset
        return { asset: name, swatch: swatches.get(name) }
      })
      await assets.change(asset, { members })
      return {}
    },
  } satisfies Partial<Handlers>
}

/** The assets that are in a set, without those that are not there any more. */
export function assetsInSet(assets: IpsAssets, { company, members }: Asset): readonly Asset[] {
  return members.flatMap(({ asset }) => {
    const name = asset.startsWith(`${company}/`) ? asset.slice(company.length + 1) : asset
    return assets.find(company, name) ?? assets.find(company, asset) ?? []
  })
}
