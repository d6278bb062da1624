import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Catalogue } from '../../../../image-serving/catalogue.ts'
import { UNLIMITED } from '../../../../image-serving/catalogue.ts'
import { RequestError } from '../../../../image-serving/request-error.ts'
import type { Asset } from '../../catalogue/asset.ts'
import type { Catalogues, CompanyCatalogue } from '../../catalogue/catalogues.ts'
import type { AssetFile, FindFile } from '../../serving/asset-files.ts'
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
  /** Which page of it is shown, from 1. */
  readonly page: number
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
  return async ({ asset, query, page, folder, mostPixels, signal }) => {
    const catalogue = withoutSizes(catalogues.of(asset.company))
    const findPage: FindFile = (company, object) =>
      atPage(findPicture(company, object), asset, page)
    const view = await planAsset({ asset, query, catalogue, findPicture: findPage, signal })
    const { mediaType } = view
    const file = path.join(folder, view.key)
    if (!existsSync(file)) {
      // Nobody takes a file that is half written: it has its name only when it is whole.
      const draft = `${file}.${randomUUID()}`
      const { width, height } = await pictures
        .write(view, { file: draft, mostPixels, signal })
        .catch(async (error: unknown) => {
          await rm(draft, { force: true })
          throw error
        })
      if (width * height > mostPixels) {
        throw new RequestError(
          `The picture would have ${width} × ${height} pixels, and at most ${mostPixels} are exported.`,
        )
      }
      await rename(draft, file)
    }
    const { size } = await stat(file)
    return { file, mediaType, size }
  }
}

/** Shows another page than the first of the one asset. */
function atPage(found: AssetFile, { company, name }: Asset, page: number): AssetFile {
  if (page === 1 || found.asset.company !== company || found.asset.name !== name) return found
  const { source, version } = found
  return { ...found, source: { ...source, page }, version: `${version}, page ${page}` }
}

/** What a server limits for pages says nothing of what somebody exports. */
function withoutSizes(catalogue: CompanyCatalogue): Catalogue & CompanyCatalogue {
  const { maxPix, defaultPix } = UNLIMITED
  return { ...catalogue, attributes: { ...catalogue.attributes, maxPix, defaultPix } }
}
