import type { AssetRecords } from '../assets/asset-records.ts'
import { readFolderPath } from '../assets/folder-path.ts'
import type { Folders } from '../assets/folders.ts'
import type { IpsAssets } from '../assets/ips-assets.ts'
import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import type { Value } from '../schema/types.ts'
import { chooseValue } from './choose-value.ts'

/** The code of a fault about one asset among several. */
const EXCEPTION = 30000

/** renameAsset, moveAsset, deleteAsset, deleteAssets, setUrlModifier and setAssetPublishState. */
export function createChangeOperations({
  assets,
  records,
  folders,
}: {
  readonly assets: IpsAssets
  readonly records: AssetRecords
  readonly folders: Folders
}) {
  return {
    async renameAsset({ assetHandle, newName }, { company }) {
      const known = await assets.demand(company, assetHandle)
      // Names are what requests of Image Serving find assets by, so that they are unique whether a client checks it or not.
      if (newName !== known.asset.name && (await assets.find(company, newName))) {
        throw new IpsFault(
          'invalidParameter',
          `There is an asset called ${JSON.stringify(newName.slice(0, 100))} in ${company} already.`,
        )
      }
      if (newName !== known.asset.name) await assets.rename(known, newName)
      return {}
    },
    async moveAsset({ assetHandle, folderHandle }, { company }) {
      const { asset } = await assets.demand(company, assetHandle)
      const folder = readFolderPath(folderHandle, company, 'folderHandle')
      if (!(await folders.has(company, folder))) {
        throw new IpsFault(
          'invalidParameter',
          `There is no folder with the handle ${JSON.stringify(folderHandle.slice(0, 100))} in ${company}.`,
        )
      }
      if (asset.folder === folder) return {}
      assets.demandOwn(asset)
      await assets.change(asset, { folder })
      return {}
    },
    async deleteAsset({ assetHandle }, { company }) {
      await assets.remove(await assets.demand(company, assetHandle))
      return {}
    },
    async deleteAssets({ assetHandleArray }, { company }) {
      const errors: Value<'AssetOperationFault'>[] = []
      let successCount = 0
      for (const assetHandle of new Set(assetHandleArray)) {
        try {
          await assets.remove(await assets.demand(company, assetHandle))
          successCount += 1
        } catch (error) {
          if (!(error instanceof IpsFault)) throw error
          errors.push({ assetHandle, code: EXCEPTION, reason: error.message })
        }
      }
      return {
        successCount,
        warningCount: 0,
        errorCount: errors.length,
        ...(errors.length > 0 && { errorDetailArray: errors }),
      }
    },
    async setUrlModifier({ assetHandle, urlModifier, urlPostApplyModifier }, { company }) {
      const { asset } = await assets.demand(company, assetHandle)
      await assets.change(asset, { modifier: urlModifier, postModifier: urlPostApplyModifier })
      return {}
    },
    async setAssetPublishState({ assetHandle, publishState, contextHandleArray }, { company }) {
      const { record } = await assets.demand(company, assetHandle)
      const state = chooseValue('publishState', publishState, [
        'MarkedForPublish',
        'NotMarkedForPublish',
      ])
      if (contextHandleArray !== undefined && contextHandleArray.length > 0) {
        throw new IpsFault(
          'invalidParameter',
          'There are no publish contexts here, so there must be none in contextHandleArray.',
        )
      }
      await records.setReady(record.number, state === 'MarkedForPublish')
      return {}
    },
  } satisfies Partial<Handlers>
}
