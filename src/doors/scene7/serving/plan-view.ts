import { createHash } from 'node:crypto'
import type { RenderJob } from '../../../image-pool/render-job.ts'
import { composeKind } from '../../../image-serving/compose-kind.ts'
import type { ImageRequest } from '../../../image-serving/image-request.ts'
import { usedObjects } from '../../../image-serving/used-objects.ts'
import type { AssetFile } from './asset-files.ts'

/** A picture that was asked for, before it is made. */
export interface PlannedView {
  readonly job: RenderJob
  readonly mediaType: string
  /** The hash of all that it is made of; equal ones are the same picture. */
  readonly key: string
  /** When the newest of its assets was changed, in milliseconds of the epoch. */
  readonly modified: number
}

/** Raised when the engine makes another picture of the same, so that none of before is served. */
const ENGINE_REVISION = 2

/**
 * Plans the picture of a request for `img`, `tmb` or `mask`.
 *
 * @param options.thumbnail - the size of a thumbnail unless the request says one
 * @param findFile - finds the file of an object
 */
export function planView(
  request: ImageRequest,
  {
    kind,
    thumbnail,
  }: { readonly kind: string; readonly thumbnail: { width: number; height: number } },
  findFile: (object: string) => AssetFile,
): PlannedView {
  const composition = composeKind(request.composition, kind, thumbnail)
  const found = usedObjects(composition).map((object) => ({ object, ...findFile(object) }))
  const [first] = found
  const { encoding, embedXmp, mediaType } = request
  const xmpOf = embedXmp ? first?.object : undefined
  const versions = found.map(({ object, version }) => [object, version])
  const parts = JSON.stringify([ENGINE_REVISION, composition, encoding, xmpOf ?? '', versions])
  return {
    job: {
      composition,
      encoding,
      files: Object.fromEntries(found.map(({ object, source }) => [object, source])),
      xmpOf,
      client: first?.asset.company,
    },
    mediaType,
    key: createHash('sha256').update(parts).digest('base64url'),
    modified: found.reduce((newest, { modified }) => Math.max(newest, modified), 0),
  }
}
