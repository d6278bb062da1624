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
  async function demandSet(company: string, handle: string): Promise<KnownAsset> {
    const known = await assets.demand(company, handle)
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
        thumbAssetHandle === undefined ? undefined : await assets.demand(company, thumbAssetHandle)
      if (await assets.find(company, name)) {
        throw new IpsFault(
          'invalidParameter',
          `There is an asset called ${JSON.stringify(name.slice(0, 100))} in ${company} already.`,
        )
      }
      const [told] = await assets.create(company, name, { folder, members: [] })
      const handle = told?.assetHandle ?? ''
      const { record } = await assets.demand(company, handle)
      await records.describeSet(record.number, { type: called, thumb: thumb?.record.number })
      return { assetHandle: handle }
    },
    async getImageSetMembers({ assetHandle }, { company }) {
      const { asset, record } = await demandSet(company, assetHandle)
      const members = await assetsInSet(assets, asset)
      const told = await assets.tell(company, members)
      // Every member of these begins a page.
      const pageReset = record.setType === 'Catalog' || record.setType === 'RenderSet'
      return { memberArray: told.map((member) => ({ asset: member, pageReset })) }
    },
    async setImageSetMembers({ assetHandle, memberArray }, { company }) {
      const { asset } = await demandSet(company, assetHandle)
      const swatches = new Map(asset.members.map(({ asset: name, swatch }) => [name, swatch]))
      const known = await assets.demandAll(
        company,
        memberArray.map((member) => member.assetHandle),
      )
      const members = known.map(({ asset: { name } }): SetMember => ({
        asset: name,
        swatch: swatches.get(name),
      }))
      await assets.change(asset, { members })
      return {}
    },
  } satisfies Partial<Handlers>
}

/** The assets that are in a set, without those that are not there any more. */
export async function assetsInSet(assets: IpsAssets, set: Asset): Promise<readonly Asset[]> {
  const [members = []] = await assetsInSets(assets, [set])
  return members
}

/**
 * The assets that are in sets of a company, of each set those that are there.
 *
 * @param known - assets by their names, which need not be looked for
 */
export async function assetsInSets(
  assets: IpsAssets,
  sets: readonly Asset[],
  known: ReadonlyMap<string, Asset> = new Map(),
): Promise<readonly (readonly Asset[])[]> {
  const names = sets.flatMap((set) => set.members.flatMap((member) => namesOfMember(set, member)))
  const unknown = names.filter((name) => !known.has(name))
  const found = new Map([...known, ...(await assets.several(sets[0]?.company ?? '', unknown))])
  return sets.map((set) =>
    set.members.flatMap((member) => {
      const [asset] = namesOfMember(set, member).flatMap((name) => found.get(name) ?? [])
      return asset ?? []
    }),
  )
}

/** A member may have the name of its company before its own. */
function namesOfMember({ company }: Asset, { asset }: SetMember): readonly string[] {
  return asset.startsWith(`${company}/`) ? [asset.slice(company.length + 1), asset] : [asset]
}
