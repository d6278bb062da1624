import type { Catalogue } from '../../../image-serving/catalogue.ts'
import { readImageRequest } from '../../../image-serving/image-request.ts'
import { RequestError } from '../../../image-serving/request-error.ts'
import type { Asset } from '../catalogue/asset.ts'
import type { CompanyCatalogue } from '../catalogue/catalogues.ts'
import type { FindFile } from './asset-files.ts'
import { type PlannedView, planView } from './plan-view.ts'
import { withPrepared } from './unprepared.ts'

/** What requests ask pictures for by `req`. */
const PICTURE_KINDS: ReadonlySet<string> = new Set(['img', 'tmb', 'mask'])

/**
 * Plans the picture of an asset that a request of Image Serving would have, for who makes one without a request; what has to be
 * made for it first is made.
 *
 * @param options.query - that of the request
 * @throws {@link RequestError} and {@link MissingObjectError} when there is no such picture, and the signal's reason when it aborts
 */
export function planAsset({
  asset: { company, name },
  query,
  catalogue,
  findPicture,
  signal,
}: {
  readonly asset: Asset
  readonly query: string
  readonly catalogue: Catalogue & CompanyCatalogue
  readonly findPicture: FindFile
  readonly signal: AbortSignal
}): Promise<PlannedView> {
  return withPrepared(signal, () => {
    const image = readImageRequest({ object: `${company}/${name}`, query }, catalogue)
    if (!PICTURE_KINDS.has(image.kind)) {
      throw new RequestError(`req=${image.kind} asks for no picture.`, 'req')
    }
    const thumbnail = catalogue.attributes.defaultThumbPix
    return planView(image, { kind: image.kind, thumbnail }, (each) => findPicture(company, each))
  })
}
