import type { Asset } from '../catalogue/asset.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import type { FindFile } from './asset-files.ts'
import type { Pictures } from './pictures.ts'
import { planAsset } from './plan-asset.ts'

/** Width and height of a thumbnail, in pixels: twice what it is shown at, as screens have it. */
export const THUMBNAIL_PIXELS = 240

/** All are as large, and not enlarged; what is transparent in the picture is white. */
const QUERY = `wid=${THUMBNAIL_PIXELS}&hei=${THUMBNAIL_PIXELS}&fit=fit,0&bgc=ffffff&fmt=jpeg&qlt=75,0`

/** The most bytes of a thumbnail: an asset may have commands of its own that win over these. */
const MOST_BYTES = 64 * 1024

/**
 * Makes a small picture of an asset, a JPEG, for who shows several beside each other.
 *
 * @returns undefined when it has none, whatever the reason is
 */
export type MakeThumbnail = (asset: Asset, signal: AbortSignal) => Promise<Uint8Array | undefined>

/** Makes what makes them: the pool that answers requests for pictures, which keeps them as it keeps those. */
export function createMakeThumbnail({
  catalogues,
  pictures,
  findPicture,
}: {
  readonly catalogues: Catalogues
  readonly pictures: Pictures
  readonly findPicture: FindFile
}): MakeThumbnail {
  return async (asset, signal) => {
    try {
      const catalogue = catalogues.of(asset.company)
      const view = await planAsset({ asset, query: QUERY, catalogue, findPicture, signal })
      if (view.mediaType !== 'image/jpeg') return undefined
      const bytes = await pictures.make(view, { kept: 'on', signal })
      return bytes.length > MOST_BYTES ? undefined : bytes
    } catch {
      return undefined
    }
  }
}
