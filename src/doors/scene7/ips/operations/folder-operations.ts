import type { Asset } from '../../catalogue/asset.ts'
import type { AssetRecords } from '../assets/asset-records.ts'
import { handleOfFolder, isBelow, readFolderPath } from '../assets/folder-path.ts'
import type { Folders } from '../assets/folders.ts'
import type { IpsAssets } from '../assets/ips-assets.ts'
import { ipsTypeOf } from '../assets/ips-type.ts'
import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import type { Value } from '../schema/types.ts'

/** A folder as IPS tells of it. */
type IpsFolder = Value<'Folder'>

/** getFolders, getFolderTree, createFolder and deleteFolder. */
export function createFolderOperations({
  assets,
  records,
  folders,
}: {
  readonly assets: IpsAssets
  readonly records: AssetRecords
  readonly folders: Folders
}) {
  async function demand(company: string, text: string, member: string): Promise<string> {
    const folder = readFolderPath(text, company, member)
    if (await folders.has(company, folder)) return folder
    throw new IpsFault(
      'invalidParameter',
      `There is no folder ${JSON.stringify(text.slice(0, 100))} in ${company}.`,
    )
  }

  /** Folders of which each knows what is in it. */
  async function describe(company: string, types: readonly string[] | undefined) {
    const all = await folders.list(company)
    const setTypes = await records.setTypes(company)
    const newest = new Map<string, number>()
    const wanted = new Set<string>()
    for (const asset of await assets.list(company)) {
      newest.set(asset.folder, Math.max(newest.get(asset.folder) ?? 0, asset.modified))
      if (types?.includes(ipsTypeOf(asset, setTypes.get(asset.name)))) wanted.add(asset.folder)
    }
    const timeOf = (isMeant: (folder: string) => boolean): Date | undefined => {
      const times = [...newest].flatMap(([folder, time]) => (isMeant(folder) ? [time] : []))
      return times.length === 0 ? undefined : new Date(Math.max(...times))
    }
    return {
      below: (above: string) => all.filter((folder) => folder !== above && isBelow(folder, above)),
      /** Whether it has assets of the types that are asked for, or has a folder that does. */
      isWanted: (folder: string) =>
        types === undefined || [...wanted].some((each) => isBelow(each, folder)),
      tell: (folder: string): IpsFolder => ({
        folderHandle: handleOfFolder(company, folder),
        path: handleOfFolder(company, folder),
        lastModified: timeOf((each) => each === folder),
        childLastModified: timeOf((each) => isBelow(each, folder)),
        hasSubfolders: all.some((each) => each !== folder && isBelow(each, folder)),
      }),
    }
  }

  async function removeAll(company: string, folder: string): Promise<void> {
    const all = await assets.list(company)
    const within = all.filter((asset) => isBelow(asset.folder, folder))
    // All of them or none.
    for (const asset of within) assets.demandOwn(asset)
    const known = await records.of(
      company,
      within.map(({ name }: Asset) => name),
    )
    for (const asset of within) {
      const record = known.get(asset.name)
      if (record) await assets.remove({ asset, record })
    }
    await folders.remove(company, folder)
  }

  return {
    async getFolders({ folderPath, assetTypeArray }, { company }) {
      const top = await demand(company, folderPath ?? '', 'folderPath')
      const { below, isWanted, tell } = await describe(company, assetTypeArray)
      return { folderArray: [top, ...below(top)].filter(isWanted).map(tell) }
    },
    async getFolderTree({ folderPath, depth, assetTypeArray }, { company }) {
      const top = await demand(company, folderPath ?? '', 'folderPath')
      const { below, isWanted, tell } = await describe(company, assetTypeArray)
      const tree = (folder: string, levels: number): IpsFolder => {
        if (levels === 0) return tell(folder)
        const depthOf = folder === '' ? 1 : folder.split('/').length + 1
        const children = below(folder).filter((each) => each.split('/').length === depthOf)
        return {
          ...tell(folder),
          subfolderArray: children.filter(isWanted).map((child) => tree(child, levels - 1)),
        }
      }
      return { folders: tree(top, depth < 0 ? Number.POSITIVE_INFINITY : depth) }
    },
    async createFolder({ folderPath }, { company }) {
      const folder = readFolderPath(folderPath, company, 'folderPath')
      if (folder !== '') await folders.create(company, folder)
      return { folderHandle: handleOfFolder(company, folder) }
    },
    async deleteFolder({ folderHandle }, { company }) {
      const folder = await demand(company, folderHandle, 'folderHandle')
      if (folder === '') {
        throw new IpsFault('invalidParameter', 'The topmost folder of a company cannot be deleted.')
      }
      await removeAll(company, folder)
      return {}
    },
  } satisfies Partial<Handlers>
}
