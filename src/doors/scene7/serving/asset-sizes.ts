import { OperationError } from '../../../base/operation-error.ts'
import type { AssetType } from '../../../contract/asset-types.ts'
import { composeFile } from '../../../image-serving/compose-kind.ts'
import type { Asset } from '../catalogue/asset.ts'
import type { FindFile } from './asset-files.ts'
import type { Pictures } from './pictures.ts'

/** How many sizes are remembered. */
const MOST_REMEMBERED = 10_000

/** Assets that have a file, and no picture of it. */
export const WITHOUT_PICTURE: ReadonlySet<AssetType> = new Set(['static', 'audio', 'profile'])

/** How large the pictures of assets are. */
export interface AssetSizes {
  /**
   * In pixels.
   *
   * @returns undefined for what has no picture, or a damaged one
   * @throws the signal's reason when it aborts
   */
  readonly of: (
    asset: Asset,
    signal: AbortSignal,
  ) => Promise<{ readonly width: number; readonly height: number } | undefined>
}

/** Measures pictures, each once until it is another. */
export function createAssetSizes(
  pictures: Pick<Pictures, 'measure'>,
  findPicture: FindFile,
): AssetSizes {
  const known = new Map<string, { readonly width: number; readonly height: number } | undefined>()

  async function measure({ company, name }: Asset, signal: AbortSignal) {
    const object = `${company}/${name}`
    const { source } = findPicture(company, name)
    const job = {
      composition: composeFile(object),
      encoding: undefined,
      files: { [object]: source },
      client: company,
    }
    try {
      return (await pictures.measure(job, signal)).composite
    } catch (error) {
      if (error instanceof OperationError) return undefined
      throw error
    }
  }

  return {
    async of(asset, signal) {
      if (!asset.original || WITHOUT_PICTURE.has(asset.type)) return undefined
      const key = `${asset.company}/${asset.name} ${asset.version}`
      if (known.has(key)) return known.get(key)
      const size = await measure(asset, signal)
      if (known.size >= MOST_REMEMBERED) known.clear()
      known.set(key, size)
      return size
    },
  }
}
