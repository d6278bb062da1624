import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Catalogue } from '../../../../image-serving/catalogue.ts'
import { UNLIMITED } from '../../../../image-serving/catalogue.ts'
import { RequestError } from '../../../../image-serving/request-error.ts'
import type { Asset } from '../../catalogue/asset.ts'
import type { Catalogues, CompanyCatalogue } from '../../catalogue/catalogues.ts'
import type { FindFile } from '../../serving/asset-files.ts'
import type { Pictures } from '../../serving/pictures.ts'
import { planAsset } from '../../serving/plan-asset.ts'

/** A picture of an export, on the disk. */
export interface MadePicture {
  readonly file: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
}

/** What a picture of an export is made with. */
export interface PictureWish {
  readonly asset: Asset
  /** The query of a request of Image Serving. */
  readonly query: string
  /** Where the file goes; one that is there already is taken, as it was made of the same. */
  readonly folder: string
  readonly mostPixels: number
  readonly signal: AbortSignal
}

/**
 * Makes what makes the pictures of exports: the very ones that `/is/image` answers with, but of any size.
 *
 * @returns a function that throws a {@link RequestError}, a {@link MissingObjectError} or an {@link OperationError} when there is no
 *   such picture, and the signal's reason when it aborts
 */
export function createMakePicture({
  catalogues,
  pictures,
  findPicture,
}: {
  readonly catalogues: Catalogues
  readonly pictures: Pictures
  readonly findPicture: FindFile
}): (wish: PictureWish) => Promise<MadePicture> {
  return async ({ asset, query, folder, mostPixels, signal }) => {
    const catalogue = withoutSizes(catalogues.of(asset.company))
    const view = await planAsset({ asset, query, catalogue, findPicture, signal })
    const { mediaType } = view
    const file = path.join(folder, view.key)
    if (!existsSync(file)) {
      const { view: sizes } = await pictures.measure(view.job, signal)
      const pixels = sizes.width * sizes.height
      if (pixels > mostPixels) {
        throw new RequestError(
          `The picture would have ${sizes.width} × ${sizes.height} pixels, and at most ${mostPixels} are exported.`,
        )
      }
      const bytes = await pictures.make(view, { kept: 'on', signal })
      // Nobody takes a file that is half written: it has its name only when it is whole. Several assets may be one picture.
      const draft = `${file}.${randomUUID()}`
      await writeFile(draft, bytes, { mode: 0o600 })
      await rename(draft, file)
    }
    const { size } = await stat(file)
    return { file, mediaType, size }
  }
}

/** What a server limits for pages says nothing of what somebody exports. */
function withoutSizes(catalogue: CompanyCatalogue): Catalogue & CompanyCatalogue {
  const { maxPix, defaultPix } = UNLIMITED
  return { ...catalogue, attributes: { ...catalogue.attributes, maxPix, defaultPix } }
}
