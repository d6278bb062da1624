import type { Asset } from '../../catalogue/asset.ts'
import type { AssetRecords } from '../assets/asset-records.ts'
import { isBelow, readFolderPath } from '../assets/folder-path.ts'
import type { Folders } from '../assets/folders.ts'
import { toIpsAsset } from '../assets/ips-asset.ts'
import type { IpsAssets } from '../assets/ips-assets.ts'
import { ipsTypeOf, isAssetType } from '../assets/ips-type.ts'
import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import type { Takes } from '../schema/signatures.ts'
import { chooseValue } from './choose-value.ts'
import { readMatcher } from './search-conditions.ts'
import { readRows, sortAssets } from './search-pages.ts'

type Search = Takes<'searchAssets'>

/** How assets are looked for by what they are. */
type TypeFilter = Pick<
  Search,
  'assetTypeArray' | 'excludeAssetTypeArray' | 'assetSubTypeArray' | 'strictSubTypeCheck'
>

/** searchAssets, getAssets, getAssetsByName, getAssetCounts and checkAssetNames. */
export function createSearchOperations({
  assets,
  records,
  folders,
}: {
  readonly assets: IpsAssets
  readonly records: AssetRecords
  readonly folders: Folders
}) {
  async function search(company: string, takes: Search): Promise<readonly Asset[]> {
    const folder = readFolderPath(takes.folder ?? '', company, 'folder')
    if (folder !== '' && !(await folders.has(company, folder))) {
      throw new IpsFault(
        'invalidParameter',
        `There is no folder ${JSON.stringify((takes.folder ?? '').slice(0, 100))} in ${company}.`,
      )
    }
    refuseUnknown(takes)
    const trash = chooseValue('trashState', takes.trashState, [
      'NotInTrash',
      'InTrash',
      'InEmptiedTrash',
    ])
    // What is deleted is gone at once.
    if (trash !== undefined && trash !== 'NotInTrash') return []
    const state = chooseValue('publishState', takes.publishState, [
      'MarkedForPublish',
      'NotMarkedForPublish',
    ])
    const unready = state === undefined ? new Set() : await records.unready(company)
    const isType = await typeFilter(company, takes)
    const matches = readMatcher(takes)
    const all = await assets.list(company)
    return all.filter(
      (asset) =>
        (takes.includeSubfolders ? isBelow(asset.folder, folder) : asset.folder === folder) &&
        (state === undefined || unready.has(asset.name) === (state === 'NotMarkedForPublish')) &&
        isType(asset) &&
        matches(asset),
    )
  }

  async function typeFilter(
    company: string,
    takes: TypeFilter,
  ): Promise<(asset: Asset) => boolean> {
    const { assetTypeArray = [], excludeAssetTypeArray = [], assetSubTypeArray = [] } = takes
    const unknown = [...assetTypeArray, ...excludeAssetTypeArray].find((each) => !isAssetType(each))
    if (unknown !== undefined) {
      throw new IpsFault(
        'invalidParameter',
        `There is no asset type ${JSON.stringify(unknown.slice(0, 60))}; types are such as Image, Pdf and ImageSet.`,
      )
    }
    // No asset here has a subtype, so that a strict search for one finds none.
    if (assetSubTypeArray.length > 0 && takes.strictSubTypeCheck === true) return () => false
    const setTypes = await records.setTypes(company)
    return (asset) => {
      const type = ipsTypeOf(asset, setTypes.get(asset.name))
      const isWanted = assetTypeArray.length === 0 || assetTypeArray.includes(type)
      return isWanted && !excludeAssetTypeArray.includes(type)
    }
  }

  return {
    async searchAssets(takes, { company }) {
      const found = sortAssets(await search(company, takes), takes)
      const { from, to } = readRows(takes)
      return {
        totalRows: found.length,
        assetArray: await assets.tell(company, found.slice(from, to)),
      }
    },
    async getAssets({ assetHandleArray }, { company }) {
      const found = await assets.demandAll(company, assetHandleArray)
      return { assetArray: found.map(({ asset, record }) => toIpsAsset(asset, record)) }
    },
    async getAssetsByName(takes, { company }) {
      const isType = await typeFilter(company, takes)
      const all = await assets.several(company, takes.nameArray)
      const found = new Map([...all.values()].map((asset) => [asset.name, asset]))
      return { assetArray: await assets.tell(company, [...found.values()].filter(isType)) }
    },
    async getAssetCounts(_takes, { company }) {
      const setTypes = await records.setTypes(company)
      const counts = new Map<string, number>()
      for (const asset of await assets.list(company)) {
        const type = ipsTypeOf(asset, setTypes.get(asset.name))
        counts.set(type, (counts.get(type) ?? 0) + 1)
      }
      return { countArray: [...counts].map(([assetType, count]) => ({ assetType, count })) }
    },
    async checkAssetNames({ assetNameArray }, { company }) {
      const found = await assets.several(company, assetNameArray)
      return { inUseNameArray: assetNameArray.filter((name) => found.has(name)) }
    },
  } satisfies Partial<Handlers>
}

/** @throws {@link IpsFault} for what this house does not have */
function refuseUnknown(takes: Search): void {
  if (takes.projectHandle !== undefined) {
    throw new IpsFault(
      'invalidParameter',
      'There are no projects here, so there must be no projectHandle.',
    )
  }
  const [tag] = takes.tagConditionArray ?? []
  const [metadata] = takes.metadataConditionArray ?? []
  const handle = tag?.fieldHandle ?? metadata?.fieldHandle
  if (handle === undefined) return
  throw new IpsFault(
    'invalidParameter',
    `There is no metadata field with the handle ${JSON.stringify(handle.slice(0, 60))}.`,
  )
}
