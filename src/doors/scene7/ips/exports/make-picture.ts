import { existsSync } from 'node:fs'
import { rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Catalogue } from '../../../../image-serving/catalogue.ts'
import { UNLIMITED } from '../../../../image-serving/catalogue.ts'
import { readImageRequest } from '../../../../image-serving/image-request.ts'
import { RequestError } from '../../../../image-serving/request-error.ts'
import type { Asset } from '../../catalogue/asset.ts'
import type { Catalogues, CompanyCatalogue } from '../../catalogue/catalogues.ts'
import type { FindFile } from '../../serving/asset-files.ts'
import type { Pictures } from '../../serving/pictures.ts'
import { type PlannedView, planView } from '../../serving/plan-view.ts'
import { withPrepared } from '../../serving/unprepared.ts'

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

/** What requests ask pictures for by `req`. */
const PICTURE_KINDS: ReadonlySet<string> = new Set(['img', 'tmb', 'mask'])

/** Plans the picture of an asset by a query; it may be of any size, and throws as {@link createMakePicture} says. */
export type PlanPicture = (
  asset: Pick<Asset, 'company' | 'name'>,
  query: string,
  signal: AbortSignal,
) => Promise<PlannedView>

/** Makes what plans the pictures of exports: the very ones that `/is/image` answers with, but of any size. */
export function createPlanPicture(catalogues: Catalogues, findPicture: FindFile): PlanPicture {
  return ({ company, name }, query, signal) => {
    const catalogue = withoutSizes(catalogues.of(company))
    return withPrepared(signal, () => {
      const image = readImageRequest({ object: `${company}/${name}`, query }, catalogue)
      if (!PICTURE_KINDS.has(image.kind)) {
        throw new RequestError(`req=${image.kind} asks for no picture.`, 'req')
      }
      const thumbnail = catalogue.attributes.defaultThumbPix
      return planView(image, { kind: image.kind, thumbnail }, (each) => findPicture(company, each))
    })
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
  pictures: Pick<Pictures, 'measure' | 'make'>,
): (wish: PictureWish) => Promise<MadePicture> {
  return async ({ asset, query, folder, mostPixels, signal }) => {
    const view = await planPicture(asset, query, signal)
    const { mediaType } = view
    const file = path.join(folder, view.key)
    if (!existsSync(file)) {
      demandSize((await pictures.measure(view.job, signal)).view, mostPixels)
      const bytes = await pictures.make(view, { kept: 'on', signal })
      // Nobody takes a file that is half written: it has its name only when it is whole.
      const draft = `${file}.unfinished`
      await writeFile(draft, bytes, { mode: 0o600 })
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

/** What a server limits for pages says nothing of what somebody exports. */
function withoutSizes(catalogue: CompanyCatalogue): Catalogue & CompanyCatalogue {
  const { maxPix, defaultPix } = UNLIMITED
  return { ...catalogue, attributes: { ...catalogue.attributes, maxPix, defaultPix } }
}
