import { createHash } from 'node:crypto'
import { ServiceError } from '../../../base/errors.ts'
import { OperationError } from '../../../base/operation-error.ts'
import type { Asset, AssetSource, MountedAssets, SetMember, SmartCrop } from '../catalogue/asset.ts'
import { keepSentFile, readSentName, type SentFile } from '../catalogue/keep-sent-file.ts'
import type { KeptAssets } from '../catalogue/kept-assets.ts'
import { isSegment } from '../catalogue/object-name.ts'
import type { SmartCrops } from '../catalogue/smart-crops.ts'
import { withPrepared } from '../serving/unprepared.ts'

/** An asset as the developer page shows it. */
export interface InspectedAsset extends Asset {
  /** Whether its file is one of the mounted folder, which only its owner changes. */
  readonly isMounted: boolean
}

/** What is changed of an asset; what is undefined stays as it is. */
export interface AssetChanges {
  readonly folder?: string | undefined
  readonly crops?: readonly SmartCrop[] | undefined
  readonly members?: readonly SetMember[] | undefined
}

/** What the developer page shows and changes of the assets. */
export interface AssetInspection {
  /** All companies that have assets. */
  readonly companies: () => Promise<readonly string[]>
  /** The folder whose files are assets by their names, if one is mounted. */
  readonly mountedFolder: string | undefined
  readonly list: (company: string) => Promise<readonly InspectedAsset[]>
  readonly find: (company: string, name: string) => Promise<InspectedAsset | undefined>
  /**
   * The smart crops that an asset has without anybody having set them; none of what is no picture, or is damaged.
   *
   * @throws {ServiceError} `not_found`; the signal's reason when it aborts
   */
  readonly findCrops: (
    company: string,
    name: string,
    signal: AbortSignal,
  ) => Promise<readonly SmartCrop[]>
  /** Another one whenever an asset has come, changed or gone; looks at all files of the mounted folder. */
  readonly stamp: () => Promise<string>
  /**
   * Keeps a file as an asset.
   *
   * @param onTaken - what is done when there is an asset of its name
   * @throws {ServiceError} `invalid`, `conflict`, `too_large`, `disk_full`
   */
  readonly add: (
    company: string,
    file: Omit<SentFile, 'overwrites'>,
    onTaken: 'refuse' | 'replace' | 'number',
  ) => Promise<InspectedAsset>
  /**
   * Makes a set of assets.
   *
   * @throws {ServiceError} `invalid`, and `conflict` when there is an asset of its name
   */
  readonly addSet: (
    company: string,
    name: string,
    set: { readonly folder: string; readonly members: readonly SetMember[] },
  ) => Promise<InspectedAsset>
  /** @throws {ServiceError} `not_found`, `invalid`, and `conflict` for what only the mounted folder can have changed */
  readonly change: (company: string, name: string, changes: AssetChanges) => Promise<InspectedAsset>
  /** @throws {ServiceError} likewise, and `conflict` when there is an asset of that name */
  readonly rename: (company: string, name: string, to: string) => Promise<InspectedAsset>
  /** @throws {ServiceError} likewise */
  readonly remove: (company: string, name: string) => Promise<void>
}

/**
 * Makes what the developer page inspects.
 *
 * @param options.assets - all there are
 * @param options.mounted - those of the folder
 * @param options.mountedFolder - that folder, as it was given
 */
export function createAssetInspection({
  kept,
  assets,
  smartCrops,
  mounted,
  mountedFolder,
  company: ownCompany,
}: {
  readonly kept: KeptAssets
  readonly assets: AssetSource
  readonly smartCrops: SmartCrops
  readonly mounted: MountedAssets | undefined
  readonly mountedFolder: string | undefined
  readonly company: string
}): AssetInspection {
  async function find(company: string, name: string): Promise<InspectedAsset | undefined> {
    const asset = await assets.find(company, name)
    return asset && inspect(asset)
  }

  async function demand(company: string, name: string): Promise<InspectedAsset> {
    const asset = await find(company, name)
    if (asset) return asset
    throw new ServiceError(
      'not_found',
      `There is no asset ${JSON.stringify(name.slice(0, 100))} of ${JSON.stringify(company.slice(0, 100))}.`,
    )
  }

  /** @param what - is to be done with it, such as "delete" */
  async function demandKept(company: string, name: string, what: string): Promise<void> {
    if (!(await demand(company, name)).isMounted) return
    throw new ServiceError(
      'conflict',
      `${name} is a file of the mounted folder ${mountedFolder}: ${what} it there.`,
    )
  }

  async function demandFree(company: string, name: string): Promise<void> {
    if (!(await assets.find(company, name))) return
    throw new ServiceError('conflict', `There is an asset ${JSON.stringify(name)} already.`)
  }

  async function checkMembers(
    company: string,
    set: string,
    members: readonly SetMember[],
  ): Promise<void> {
    if (members.some(({ asset }) => asset === set)) {
      throw new ServiceError('invalid', 'A set cannot be a member of itself.')
    }
    const names = members.flatMap(({ asset, swatch = asset }) => [asset, swatch])
    const localOf = (name: string): string =>
      name.startsWith(`${company}/`) ? name.slice(company.length + 1) : name
    const found = await assets.several(company, [...names, ...names.map(localOf)])
    const missing = names.find((name) => !found.has(name) && !found.has(localOf(name)))
    if (missing === undefined) return
    throw new ServiceError(
      'invalid',
      `A set has assets that are there, and ${JSON.stringify(missing.slice(0, 100))} is not.`,
    )
  }

  return {
    companies: async () => (await kept.companies()).toSorted(),
    mountedFolder,
    find,
    list: async (company) => (await assets.list(company)).map(inspect),
    async findCrops(company, name, signal) {
      const asset = await demand(company, name)
      try {
        const all = await withPrepared(signal, () => smartCrops.all(asset))
        return all.filter((crop) => asset.crops.every((own) => own.name !== crop.name))
      } catch (error) {
        if (error instanceof OperationError) return []
        throw error
      }
    },
    async stamp() {
      const versions = mounted?.list(ownCompany).map(({ name, version }) => [name, version])
      const hash = createHash('sha256').update(JSON.stringify(versions ?? []))
      return `${await kept.stamp()} ${hash.digest('base64url')}`
    },
    async add(company, file, onTaken) {
      checkFolder(file.folder)
      const { asset: name } = readSentName(file.fileName)
      if (onTaken === 'refuse') await demandFree(company, name)
      if (onTaken === 'replace' && (await assets.find(company, name))) {
        await demandKept(company, name, 'replace')
      }
      const overwrites = onTaken === 'replace'
      const added = await keepSentFile({ kept, mounted }, company, { ...file, overwrites })
      return inspect(added)
    },
    async addSet(company, name, { folder, members }) {
      checkFolder(folder)
      await demandFree(company, name)
      await checkMembers(company, name, members)
      return inspect(await kept.describe(company, name, { folder, members }))
    },
    async change(company, name, changes) {
      const { folder, members } = changes
      const { isMounted, type } = await demand(company, name)
      if (folder !== undefined) {
        checkFolder(folder)
        await demandKept(company, name, 'move')
      }
      if (members) {
        if (isMounted || type !== 'set') {
          throw new ServiceError('conflict', `${name} is no set, so that it has no members.`)
        }
        await checkMembers(company, name, members)
      }
      await kept.describe(company, name, changes)
      return demand(company, name)
    },
    async rename(company, name, to) {
      await demandKept(company, name, 'rename')
      if (to !== name) await demandFree(company, to)
      return to === name ? demand(company, name) : inspect(await kept.rename(company, name, to))
    },
    async remove(company, name) {
      await demandKept(company, name, 'delete')
      await kept.remove(company, name)
    },
  }
}

function inspect(asset: Asset): InspectedAsset {
  return { ...asset, isMounted: asset.isMounted === true }
}

function checkFolder(folder: string): void {
  if (folder === '' || folder.split('/').every(isSegment)) return
  throw new ServiceError(
    'invalid',
    `A folder is a path such as summer/shoes, and ${JSON.stringify(folder.slice(0, 100))} is none.`,
  )
}
