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
import type { PlannedView } from '../../serving/plan-view.ts'

/** A picture of an export, on the disk. */
export interface MadePicture {
  readonly file: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
}

/** What picture of an asset is meant. */
export interface MeantPicture {
  readonly asset: Asset
  /** The query of a request of Image Serving. */
  readonly query: string
  /** Which page of it is shown, from 1. */
  readonly page: number
  readonly signal: AbortSignal
}

/** What a picture of an export is made with. */
export interface PictureWish extends MeantPicture {
  /** Where the file goes; one that is there already is taken, as it was made of the same. */
  readonly folder: string
  readonly mostPixels: number
}

/** Plans a picture of an asset; it may be of any size, and throws as {@link createMakePicture} says. */
export type PlanPicture = (meant: MeantPicture) => Promise<PlannedView>

/** Makes what plans the pictures of exports: the very ones that `/is/image` answers with, but of any size. */
export function createPlanPicture(catalogues: Catalogues, findPicture: FindFile): PlanPicture {
  return ({ asset, query, page, signal }) => {
    const catalogue = withoutSizes(catalogues.of(asset.company))
    const findPage: FindFile = (company, object) =>
      atPage(findPicture(company, object), asset, page)
    return planAsset({ asset, query, catalogue, findPicture: findPage, signal })
  }
}

/**
 * Makes what makes the pictures of exports.
 *
 * @returns a function that throws a {@link RequestError}, a {@link MissingObjectError} or an {@link OperationError} when there is no
 *   such picture, and the signal's reason when it aborts
 */
export function createMakePicture(
  planPicture: PlanPicture,
  pictures: Pick<Pictures, 'write'>,
): (wish: PictureWish) => Promise<MadePicture> {
  return async ({ folder, mostPixels, ...meant }) => {
    const view = await planPicture(meant)
    const { signal } = meant
    const { mediaType } = view
    const file = path.join(folder, view.key)
    if (!existsSync(file)) {
      // Nobody takes a file that is half written: it has its name only when it is whole.
      const draft = `${file}.${randomUUID()}`
      const size = await pictures
        .write(view, { file: draft, mostPixels, signal })
        .catch(async (error: unknown) => {
          await rm(draft, { force: true })
          throw error
        })
      demandSize(size, mostPixels)
      await rename(draft, file)
    }
    const { size } = await stat(file)
    return { file, mediaType, size }
  }
}

/** @throws {@link RequestError} when a picture is too large to be exported */
export function demandSize(
  { width, height }: { readonly width: number; readonly height: number },
  mostPixels: number,
): void {
  if (width * height <= mostPixels) return
  throw new RequestError(
    `The picture would have ${width} × ${height} pixels, and at most ${mostPixels} are exported.`,
  )
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
